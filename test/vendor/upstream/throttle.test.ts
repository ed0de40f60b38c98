import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSlots } from '../../../src/vendor/upstream/slots.ts';
import { VirtualClock } from '../../support/clock.ts';
import { failureOf, kindOf, openRig } from './rig.ts';
import { good, hang, inTurn, json, status } from './vendor-stub.ts';

const slowDown = (retryAfter?: string, code = 429) =>
  status(code, '', retryAfter === undefined ? {} : { 'retry-after': retryAfter });

describe('quotas', () => {
  const quotas = [{ name: 'cost-queries', limit: 4, windowMs: 86_400_000 }];

  test('every attempt is charged, and one beyond the quota is never sent (D6)', async () => {
    const rig = await openRig({ limits: { quotas } });
    rig.stub.answer(inTurn(status(500), good));
    await rig.get('/x', { quota: 'cost-queries' });
    await rig.get('/x', { quota: 'cost-queries' });
    await rig.get('/free');
    await rig.get('/x', { quota: 'cost-queries' });
    const failure = await failureOf(rig.get('/x', { quota: 'cost-queries' }));
    expect(failure.kind).toBe('quota-exhausted');
    expect(failure.details.retryAfterMs).toBeGreaterThan(86_000_000);
    expect(rig.stub.seen).toHaveLength(5);
    expect((await rig.upstream.state()).quotas[0]).toMatchObject({ spent: 4, left: 0, window: 'PT24H' });
  });

  test('the purpose decides how much may be used up', async () => {
    const rig = await openRig({ limits: { quotas } });
    await rig.get('/x', { quota: 'cost-queries' });
    await rig.get('/x', { quota: 'cost-queries' }, { purpose: 'export' });
    expect(await kindOf(rig.get('/x', { quota: 'cost-queries' }, { purpose: 'export' }))).toBe('quota-exhausted');
    await rig.get('/x', { quota: 'cost-queries' }, { purpose: 'refresh' });
    expect(await kindOf(rig.get('/x', { quota: 'cost-queries' }, { purpose: 'refresh' }))).toBe('quota-exhausted');
    await rig.get('/x', { quota: 'cost-queries' });
  });

  test('neither a pause nor a full queue nor a caller who gave up while waiting costs a unit', async () => {
    const clock = new VirtualClock();
    const rig = await openRig({ clock, limits: { quotas, concurrency: 1, queue: 1 } });
    rig.stub.answer(inTurn(hang, slowDown('60')));
    const controller = new AbortController();
    const first = kindOf(rig.get('/x', { quota: 'cost-queries' }, { signal: controller.signal }));
    await rig.stub.saw(1);
    const queued = kindOf(rig.get('/x', { quota: 'cost-queries' }, { deadline: 100 }));
    await clock.advance(1);
    expect(await kindOf(rig.get('/x', { quota: 'cost-queries' }))).toBe('overloaded');
    await clock.advance(99);
    expect(await queued).toBe('overloaded');
    controller.abort();
    await first;
    expect(await kindOf(rig.get('/x', { quota: 'cost-queries' }))).toBe('vendor-throttled');
    expect(await kindOf(rig.get('/x', { quota: 'cost-queries' }))).toBe('vendor-throttled');
    expect((await rig.upstream.state()).quotas[0]).toMatchObject({ spent: 2 });
  });

  test('a hundred at once spend no more than there is (D9)', async () => {
    const rig = await openRig({ limits: { quotas, concurrency: 8, queue: 200 } });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 100 }, () => rig.get('/x', { quota: 'cost-queries' })),
    );
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(4);
    expect(rig.stub.seen).toHaveLength(4);
  });
});

describe('calls at once', () => {
  test('no more than agreed are under way, and the rest go in order', async () => {
    const rig = await openRig({ limits: { concurrency: 2, queue: 20 } });
    let running = 0;
    let most = 0;
    rig.stub.answer((_request, response) => {
      running += 1;
      most = Math.max(most, running);
      setImmediate(() => {
        running -= 1;
        json(response, 200, {});
      });
    });
    const order: number[] = [];
    await Promise.all(Array.from({ length: 12 }, (_, index) => rig.get().then(() => order.push(index))));
    expect(most).toBe(2);
    expect(order).toHaveLength(12);
  });

  test('a pause that begins while calls wait in the queue holds for them as well', async () => {
    const clock = new VirtualClock();
    const rig = await openRig({ clock, limits: { concurrency: 1, queue: 20 } });
    rig.stub.answer(slowDown('60'));
    const kinds = await Promise.all(Array.from({ length: 10 }, () => kindOf(rig.get('/x'))));
    expect(new Set(kinds)).toEqual(new Set(['vendor-throttled']));
    expect(rig.stub.seen).toHaveLength(1);
  });

  test('a full queue says so at once', async () => {
    const rig = await openRig({ clock: new VirtualClock(), limits: { concurrency: 1, queue: 2 } });
    rig.stub.answer(hang);
    const controller = new AbortController();
    const waiting = Array.from({ length: 3 }, () => kindOf(rig.get('/x', {}, { signal: controller.signal })));
    await rig.stub.saw(1);
    const failure = await failureOf(rig.get());
    expect(failure.kind).toBe('overloaded');
    expect(failure.details.retryAfterMs).toBeGreaterThan(0);
    expect(rig.events).toContainEqual({ kind: 'queue-full', operation: 'list-costs' });
    controller.abort();
    expect(await Promise.all(waiting)).toEqual(Array(3).fill('deadline-exceeded'));
    expect(rig.stub.seen).toHaveLength(1);
  });

  test('slots are never lost and never doubled, whoever leaves when', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 60 }), async (leaves) => {
        const slots = createSlots(3, 100);
        let held = 0;
        await Promise.all(
          leaves.map(async (leave) => {
            const controller = new AbortController();
            const taking = slots.take(controller.signal);
            if (leave) controller.abort(new Error('left'));
            const release = await taking.catch(() => null);
            if (release === null) return;
            held += 1;
            expect(held).toBeLessThanOrEqual(3);
            await Promise.resolve();
            held -= 1;
            release();
            release();
          }),
        );
        expect(slots.free).toBe(true);
        const all = await Promise.all([1, 2, 3].map(() => slots.take(new AbortController().signal)));
        expect(slots.free).toBe(false);
        for (const release of all) release();
      }),
    );
  });
});
