import { beforeEach, describe, expect, it } from 'vitest';
import { Failure } from '../../../src/domain/failure/failure.ts';
import { createMemoryStore } from '../../../src/store/memory.ts';
import type { Store } from '../../../src/store/store.ts';
import { VirtualClock } from '../../support/clock.ts';
import { ToyVendor } from '../../support/toy-vendor.ts';
import { budgetNamed, type Gateway, openGateway, type Told } from './gateway.ts';
import { mortalStore } from './mortal-store.ts';
import { type Mishap, type ToyBudgetOptions, ToyBudgets } from './toy-budgets.ts';

let clock: VirtualClock;
let store: Store;
let toy: ToyBudgets;
let vendor: ToyVendor;
let gateway: Gateway;

const begin = (options: ToyBudgetOptions = {}) => {
  clock = new VirtualClock();
  store = createMemoryStore(clock);
  toy = new ToyBudgets(clock, options);
  vendor = new ToyVendor(clock, { currencies: ['USD'], capabilities: { budgets: toy.source } });
  gateway = openGateway({ vendor, clock, store });
};
beforeEach(() => begin());

/** The answer, after as much virtual time as it takes. */
const within = async (milliseconds: number, work: Promise<Told>): Promise<Told> => {
  let answer: Told | null = null;
  void work.then((value) => {
    answer = value;
  });
  for (let passed = 0; answer === null && passed <= milliseconds; passed += 250) await clock.advance(250);
  if (answer === null) throw new TypeError(`no answer within ${milliseconds} ms`);
  return answer;
};
const post = (name: string, key: string | null = `key-${name}`, at = gateway) =>
  within(20_000, at.post(budgetNamed(name), { key }));
const always = (mishap: Mishap) => {
  toy.mishap = () => mishap;
};
const nextProcess = () => openGateway({ vendor, clock, store });

describe('a write that goes well', () => {
  it('is made once, answered with 201 and its Location, and written to the log', async () => {
    const answer = await post('core');
    expect(answer).toMatchObject({ status: 201, headers: { location: '/v1/budgets/toy%3Ab-1' } });
    expect(answer.json).toMatchObject({ data: { id: 'toy:b-1', name: 'core', managedBy: 'vendor' } });
    expect(toy.effectsOf('core')).toBe(1);
    expect(gateway.audit).toEqual([
      expect.objectContaining({ consumer: 'tester', operation: 'createBudget', connection: 'toy', outcome: 'done' }),
    ]);
    expect(JSON.stringify(gateway.audit)).not.toContain('core');
  });

  it('is told again to whoever repeats it with its key, by any process', async () => {
    const first = await post('core');
    expect(await post('core')).toEqual(first);
    expect(await post('core', 'key-core', nextProcess())).toEqual(first);
    expect(toy.sends).toHaveLength(1);
  });

  it('is a new one when its key is 25 hours old, and the same one before 24 (G11)', async () => {
    const first = await post('core');
    clock.jump(23.9 * 3_600_000);
    expect(await post('core')).toEqual(first);
    expect(toy.effectsOf('core')).toBe(1);
    clock.jump(1.1 * 3_600_000);
    expect((await post('core')).status).toBe(201);
    expect(toy.effectsOf('core')).toBe(2);
  });
});

describe('an answer that never came', () => {
  it('is found by sending the same key again where the vendor knows it (G1)', async () => {
    begin({ deduplicates: true });
    toy.mishap = (_name, send) => (send === 0 ? 'silent-after' : 'none');
    const answer = await post('core');
    expect(answer.status).toBe(201);
    expect(toy.sends).toHaveLength(2);
    expect(new Set(toy.sends.map((send) => send.key)).size).toBe(1);
    expect(toy.effectsOf('core')).toBe(1);
  });

  it('is found by looking where the vendor does not, without sending again', async () => {
    always('dropped-after');
    const answer = await post('core');
    expect(answer).toMatchObject({ status: 201, json: { data: { id: 'toy:b-1' } } });
    expect(toy.sends).toHaveLength(1);
  });

  it('is said to be unknown when nothing is to be seen, after three looks (G2)', async () => {
    always('late');
    const answer = await post('core');
    expect(answer).toMatchObject({ status: 504, kind: 'outcome-unknown' });
    expect(answer.detail).toMatch(/operation [0-9a-f]{32}/);
    expect(toy.sends).toHaveLength(1);
    expect(toy.lists).toBe(1 + 3);
  });

  it('is settled by looking again, and told to a retry with its key, which sends nothing (G2, G3)', async () => {
    always('late');
    expect((await post('core')).kind).toBe('outcome-unknown');
    await clock.advance(10_000);
    expect(await post('core')).toMatchObject({ status: 201, json: { data: { name: 'core' } } });
    expect(toy.sends).toHaveLength(1);
    expect(gateway.audit).toContainEqual(expect.objectContaining({ outcome: 'seen to be done' }));
  });

  it('is a 409 for a retry while it is not settled (G3)', async () => {
    always('silent-before');
    expect((await post('core')).kind).toBe('outcome-unknown');
    expect(await post('core')).toMatchObject({ status: 409, kind: 'idempotency-conflict' });
    expect(toy.sends).toHaveLength(1);
  });

  it('counts as not done when nothing of it was to be seen within a minute, and is never sent under its key again', async () => {
    always('silent-before');
    expect((await post('core')).kind).toBe('outcome-unknown');
    await clock.advance(60_000);
    always('none');
    expect(await post('core')).toMatchObject({ status: 502, kind: 'vendor-unavailable' });
    expect(toy.sends).toHaveLength(1);
    expect((await post('core', 'another key')).status).toBe(201);
  });

  it('stays unknown for as long as the vendor cannot be looked at', async () => {
    toy.mishap = () => {
      toy.listFailure = new Failure('vendor-unavailable', { public: 'Down.' });
      return 'dropped-after';
    };
    expect((await post('core')).kind).toBe('outcome-unknown');
    await clock.advance(600_000);
    expect((await post('core')).kind).toBe('idempotency-conflict');
    toy.listFailure = null;
    await clock.advance(150_000);
    expect((await post('core')).status).toBe(201);
    expect(toy.effectsOf('core')).toBe(1);
  });

  it('is not taken for an equal budget that was there before', async () => {
    await post('core', 'first');
    always('silent-before');
    expect((await post('core', 'second')).kind).toBe('outcome-unknown');
    await clock.advance(60_000);
    expect((await post('core', 'second')).kind).toBe('vendor-unavailable');
    expect(toy.effectsOf('core')).toBe(1);
  });

  it('keeps equal writes under other keys waiting until it is settled', async () => {
    always('late');
    expect((await post('core', 'first')).kind).toBe('outcome-unknown');
    expect(await post('core', 'second')).toMatchObject({ status: 409, kind: 'conflict' });
    expect(toy.sends).toHaveLength(1);
    await clock.advance(20_000);
    always('none');
    expect((await post('core', 'second')).status).toBe(201);
  });

  it('without a key is a 504, journalled, and not sent again (G12)', async () => {
    always('late');
    expect((await post('core', null)).kind).toBe('outcome-unknown');
    expect(await store.keys('write/1/open/', 10)).toHaveLength(1);
    await clock.advance(60_000);
    expect(await store.keys('write/1/open/', 10)).toEqual([]);
    expect(toy.sends).toHaveLength(1);
  });

  it('is waited for no longer than the caller said, while the write goes on to its end (G16)', async () => {
    always('silent-after');
    const answer = await within(5_000, gateway.post(budgetNamed('core'), { key: 'k', deadlineMs: 1_000 }));
    expect(answer).toMatchObject({ status: 504, kind: 'outcome-unknown' });
    expect(await within(1_000, gateway.post(budgetNamed('core'), { key: 'k' }))).toMatchObject({ status: 409 });
    await clock.advance(15_000);
    expect((await within(1_000, gateway.post(budgetNamed('core'), { key: 'k' }))).status).toBe(201);
    expect(toy.sends).toHaveLength(1);
  });
});

describe('the same key', () => {
  it('fifty times at once, over eight processes, is one write: the others are 409 or told the same (G4)', async () => {
    always('silent-after');
    const gateways = Array.from({ length: 8 }, nextProcess);
    const asked = Array.from({ length: 50 }, (_, index) =>
      (gateways[index % 8] ?? gateway).post(budgetNamed('core'), { key: 'k' }),
    );
    const all = Promise.all(asked);
    await clock.advance(20_000);
    const statuses = (await all).map((answer) => answer.status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect(statuses.filter((status) => status === 409)).toHaveLength(49);
    expect(toy.sends).toHaveLength(1);
  });

  it('with another body, path or operation is a 422, and of another consumer another key (G5)', async () => {
    await post('core', 'k');
    expect((await post('other', 'k')).kind).toBe('idempotency-mismatch');
    expect((await within(1_000, gateway.post(budgetNamed('core'), { key: 'k', path: '/other' }))).kind).toBe(
      'idempotency-mismatch',
    );
    const removal = gateway.run('removeBudget', ['toy:b-1'], { key: 'k' }, (ask) =>
      gateway.budgets.remove('toy:b-1', ask),
    );
    expect(await within(1_000, removal)).toMatchObject({ status: 422, json: null });
    expect(toy.sends).toHaveLength(1);
    expect((await within(1_000, gateway.post(budgetNamed('core'), { key: 'k', consumer: 'b' }))).status).toBe(201);
  });

  it('is kept with the refusal of the vendor, and told again (G8)', async () => {
    always('refused');
    const first = await post('core');
    expect(first).toMatchObject({ status: 502, kind: 'vendor-rejected' });
    always('none');
    expect(await post('core')).toEqual(first);
    expect(toy.sends).toHaveLength(1);
  });

  it('may go again after the vendor turned it away for a while (G9)', async () => {
    always('throttled');
    expect((await post('core')).kind).toBe('vendor-throttled');
    always('none');
    expect((await post('core')).status).toBe(201);
    expect(toy.effectsOf('core')).toBe(1);
  });

  it('reaches a vendor that keeps failures by key as a new key after each known failure, for a day', async () => {
    begin({ deduplicates: true });
    toy.mishap = (_name, send) => (send < 2 ? 'throttled' : 'none');
    expect((await post('core')).kind).toBe('vendor-throttled');
    expect((await post('core')).kind).toBe('vendor-throttled');
    clock.jump(3_600_000);
    expect((await post('core', 'key-core', nextProcess())).status).toBe(201);
    expect(new Set(toy.sends.map((send) => send.key)).size).toBe(3);
    expect(toy.effectsOf('core')).toBe(1);
  });

  it('reaches the vendor as the same key within one attempt, also in one that follows a known failure', async () => {
    begin({ deduplicates: true });
    toy.mishap = (_name, send) => (send === 0 ? 'throttled' : send === 1 ? 'dropped-after' : 'none');
    expect((await post('core')).kind).toBe('vendor-throttled');
    expect((await post('core')).status).toBe(201);
    const [first, second, third] = toy.sends.map((send) => send.key);
    expect(second).not.toBe(first);
    expect(third).toBe(second);
    expect(toy.effectsOf('core')).toBe(1);
  });

  it('is free again when the request was refused before anything was sent', async () => {
    const wrong = gateway.post(budgetNamed('core', { connection: 'nobody' }), { key: 'k' });
    expect((await within(1_000, wrong)).kind).toBe('invalid-request');
    expect((await post('core', 'k')).status).toBe(201);
  });
});

describe('a process that dies', () => {
  const dyingAt = (state: string, when: 'before' | 'after') =>
    openGateway({
      vendor,
      clock,
      store: mortalStore(store, { when, at: (_key, value) => value.includes(`"state":"${state}"`) }).store,
    });
  const settle = async () => {
    const next = nextProcess();
    next.writes.start();
    await clock.advance(60_000);
    return next;
  };

  it.each([
    ['before the journal', 'started', 'before'],
    ['after the journal', 'started', 'after'],
    ['before it was marked as sent', 'sent', 'before'],
  ] as const)('%s has sent nothing, and its key may be sent by another (G6)', async (_where, state, when) => {
    void dyingAt(state, when).post(budgetNamed('core'), { key: 'k' });
    await clock.advance(11_000);
    expect(toy.sends).toHaveLength(0);
    expect((await post('core', 'k', nextProcess())).status).toBe(201);
    expect(toy.effectsOf('core')).toBe(1);
  });

  it.each([
    ['before it was marked as sent', 'sent', 'before', 10_500],
    ['before the reply left', 'done', 'after', 0],
  ] as const)('%s stands in the way of no equal write under another key', async (_where, state, when, wait) => {
    void dyingAt(state, when).post(budgetNamed('core'), { key: 'first' });
    await clock.advance(wait);
    expect((await post('core', 'second', nextProcess())).status).toBe(201);
  });

  it('leaves its key to others within ten seconds', async () => {
    void dyingAt('started', 'after').post(budgetNamed('core'), { key: 'k' });
    await clock.advance(5_000);
    expect((await within(500, nextProcess().post(budgetNamed('core'), { key: 'k' }))).status).toBe(409);
    await clock.advance(5_500);
    expect((await post('core', 'k', nextProcess())).status).toBe(201);
  });

  it('after it marked the write as sent leaves it unknown, and the next one sees that nothing was done (G6)', async () => {
    void dyingAt('sent', 'after').post(budgetNamed('core'), { key: 'k' });
    await clock.advance(0);
    const next = await settle();
    expect(await post('core', 'k', next)).toMatchObject({ status: 502, kind: 'vendor-unavailable' });
    expect(toy.effectsOf('core')).toBe(0);
  });

  it.each([
    ['before the answer was written down', 'before', 'seen to be done'],
    ['before the reply left', 'after', null],
  ] as const)('%s leaves a write that the next one knows to be done (G6)', async (_where, when, seen) => {
    void dyingAt('done', when).post(budgetNamed('core'), { key: 'k' });
    await clock.advance(0);
    const next = await settle();
    expect(await post('core', 'k', next)).toMatchObject({ status: 201, json: { data: { id: 'toy:b-1' } } });
    expect(toy.effectsOf('core')).toBe(1);
    expect(next.audit.map((line) => ({ ...line })).filter((line) => 'outcome' in line)).toHaveLength(
      seen === null ? 0 : 1,
    );
  });

  it('and wakes up after another has taken over sends nothing', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const sleepy: Store = {
      ...store,
      compareAndSet: async (key, expected, next, options) => {
        if (Buffer.from(next).toString('utf8').includes('"state":"sent"')) await promise;
        // While it sleeps nothing is renewed either.
        if (key.startsWith('write/1/claim/') && expected !== null) await promise;
        return store.compareAndSet(key, expected, next, options);
      },
    };
    const slow = openGateway({ vendor, clock, store: sleepy }).post(budgetNamed('core'), {
      key: 'k',
      deadlineMs: 60_000,
    });
    await clock.advance(15_000);
    expect((await post('core', 'k')).status).toBe(201);
    resolve();
    expect((await within(1_000, slow)).status).toBe(409);
    expect(toy.sends).toHaveLength(1);
    expect((await post('core', 'k')).status).toBe(201);
  });
});

describe('a store that is lost (G7)', () => {
  const cutOff = (lostFrom: (key: string, value: string) => boolean) =>
    openGateway({ vendor, clock, store: mortalStore(store, null, lostFrom).store });

  it('before the write refuses it, and nothing is sent', async () => {
    const lost = cutOff((key) => key.startsWith('write/'));
    expect(await post('core', 'k', lost)).toMatchObject({ status: 503, kind: 'idempotency-unavailable' });
    expect(await post('core', null, lost)).toMatchObject({ status: 503, kind: 'idempotency-unavailable' });
    expect(toy.sends).toHaveLength(0);
  });

  it('lets through what the vendor itself protects', async () => {
    begin({ deduplicates: true });
    const lost = cutOff((key) => key.startsWith('write/'));
    expect((await post('core', 'k', lost)).status).toBe(201);
    expect((await post('core', 'k', lost)).status).toBe(201);
    expect(toy.effectsOf('core')).toBe(1);
    expect(new Set(toy.sends.map((send) => send.key)).size).toBe(1);
  });

  it('lets through a removal, which is harmless to repeat', async () => {
    await post('core');
    const lost = cutOff((key) => key.startsWith('write/'));
    const removal = lost.run('removeBudget', [], { key: 'r' }, (ask) => lost.budgets.remove('toy:b-1', ask));
    expect((await within(1_000, removal)).status).toBe(204);
  });

  it('after the write is told its outcome when it is back, although the thing is gone by then', async () => {
    let isFirst = true;
    const { store: mortal, restore } = mortalStore(store, null, (_key, value) => {
      const from = isFirst && value.includes('"state":"done"');
      if (from) isFirst = false;
      return from;
    });
    const lost = openGateway({ vendor, clock, store: mortal });
    const first = await post('core', 'k', lost);
    expect(first.status).toBe(201);
    await clock.advance(3_000);
    toy.budgets.clear();
    restore();
    await clock.advance(120_000);
    expect(await post('core', 'k', nextProcess())).toEqual(first);
    expect(toy.effectsOf('core')).toBe(1);
  });

  it('after the write still gives its answer, and settles the journal when it is back', async () => {
    const lost = cutOff((_key, value) => value.includes('"state":"done"'));
    expect((await post('core', 'k', lost)).status).toBe(201);
    expect((await post('core', 'k', lost)).kind).toBe('idempotency-unavailable');
    const healed = nextProcess();
    healed.writes.start();
    await clock.advance(60_000);
    expect((await post('core', 'k', healed)).status).toBe(201);
    expect(toy.effectsOf('core')).toBe(1);
  });

  it('by flag, where others share it, refuses what only it would protect', async () => {
    const alone = openGateway({ vendor, clock, store, storeLost: () => true });
    expect(await post('core', 'k', alone)).toMatchObject({ status: 503, kind: 'idempotency-unavailable' });
    expect((await post('core', 'k')).status).toBe(201);
    expect(toy.effectsOf('core')).toBe(1);
  });
});

describe('changing and removing', () => {
  const replace = (name: string, key: string | null = null) =>
    within(
      20_000,
      gateway.run('replaceBudget', [name], { key }, (ask) =>
        gateway.budgets.replace('toy:b-1', budgetNamed(name), ask),
      ),
    );
  const remove = (key: string | null = null) =>
    within(
      20_000,
      gateway.run('removeBudget', [], { key }, (ask) => gateway.budgets.remove('toy:b-1', ask)),
    );

  it('shows its effect in the next read', async () => {
    await post('core');
    expect(await replace('renamed')).toMatchObject({ status: 200, json: { data: { id: 'toy:b-1', name: 'renamed' } } });
    expect(await gateway.budgets.get('toy:b-1', await askOf())).toMatchObject({ data: { name: 'renamed' } });
  });

  it('lets the later of two changes hold (G13)', async () => {
    await post('core');
    await Promise.all([replace('one'), replace('two')]);
    expect(toy.budgets.get('b-1')?.name).toBe('two');
    expect(toy.sends.filter((send) => send.act === 'replace')).toHaveLength(2);
  });

  it('is a 204 once and a 404 afterwards, also when the answer was lost (G14)', async () => {
    await post('core');
    toy.mishap = () => 'dropped-after';
    expect((await remove('r')).status).toBe(204);
    expect((await remove('r')).status).toBe(204);
    expect((await remove()).status).toBe(404);
    expect(toy.sends.filter((send) => send.act === 'remove')).toHaveLength(1);
  });

  it('is a 404 when somebody else removed it meanwhile', async () => {
    await post('core');
    await replace('renamed');
    await gateway.budgets.get('toy:b-1', await askOf());
    toy.budgets.clear();
    expect((await remove()).status).toBe(404);
  });
});

const askOf = async () => ({
  consumer: { name: 'tester', scopes: new Set<never>(), connections: null },
  accept: 'application/json',
  noCache: false,
  deadline: clock.monotonic() + 15_000,
});
