import { afterEach, describe, expect, test } from 'vitest';
import type { BudgetInput } from '../../../src/domain/nouns.ts';
import { Failure, type Session, type VendorRequest } from '../../../src/vendor/kit/index.ts';
import type { RunningSandbox } from '../../../src/vendor/sandbox/server.ts';
import { VirtualClock } from '../../../test/support/clock.ts';
import { connectTo, plainSession } from '../../../test/support/session.ts';
import { cloudzero } from '../manifest.ts';

const running: RunningSandbox[] = [];
afterEach(async () => {
  for (const sandbox of running.splice(0)) await sandbox.close();
});

const open = async (variant: string, settings: Record<string, string> = {}) => {
  const clock = new VirtualClock();
  const sandbox = await cloudzero.sandbox({ clock, variant });
  running.push(sandbox);
  const connector = connectTo(cloudzero, sandbox, settings);
  const sent: VendorRequest[] = [];
  const plain = plainSession(connector, clock);
  const session: Session = {
    ...plain,
    call: (request) => {
      sent.push(request);
      return plain.call(request);
    },
  };
  const { budgets } = connector.capabilities;
  const writes = budgets?.writes;
  const { create, replace, remove } = writes ?? {};
  if (!(budgets && writes && create && replace && remove)) throw new TypeError('all three writes are expected');
  const effects = () => sent.filter((request) => request.effect === 'write');
  const listed = async (nativeId: string) =>
    (await budgets.list(session)).items.find((budget) => budget.nativeId === nativeId);
  return { sandbox, session, writes, create, replace, remove, effects, listed };
};

const input = (more: Partial<BudgetInput> = {}): BudgetInput => ({
  name: 'Core platform',
  period: 'monthly',
  limit: { amount: '25000.5', currency: 'USD' },
  alerts: [
    { thresholdPercent: '80', recipients: [] },
    { thresholdPercent: '99', recipients: [] },
  ],
  scope: { view: 'view-8c7be914' },
  ...more,
});
const failureOf = async (promise: Promise<unknown>): Promise<Failure> => {
  const thrown: unknown = await promise.catch((reason: unknown) => reason);
  if (thrown instanceof Failure) return thrown;
  throw new TypeError('expected a failure');
};

describe.each(['live', 'published'])('%s', (variant) => {
  test('a budget that is created, replaced and removed is listed as it was asked for each time', async () => {
    const { session, writes, create, replace, remove, effects, listed } = await open(variant);
    // The published dialect documents no key.
    const keyed = (key: string) => (variant === 'live' ? key : undefined);
    const first = input();
    const created = await create.send(session, { input: first }, 'k1');
    expect(created).toMatchObject({ name: 'Core platform', limit: first.limit, alerts: first.alerts });
    const { nativeId } = created;
    const shown = await listed(nativeId);
    expect(shown !== undefined && writes.matches(shown, first)).toBe(true);

    const scope = { view: 'view-e4480d1b' };
    const second = input({ name: 'Core', limit: { amount: '7', currency: 'USD' }, alerts: [], scope });
    expect(await replace.send(session, { nativeId, input: second }, 'k2')).toMatchObject({ nativeId, scope });
    const after = await listed(nativeId);
    expect(after !== undefined && writes.matches(after, second)).toBe(true);
    expect(after !== undefined && writes.matches(after, first)).toBe(false);

    expect(await remove.send(session, { nativeId }, 'k3')).toBeNull();
    expect(await listed(nativeId)).toBeUndefined();
    expect(await failureOf(remove.send(session, { nativeId }, 'k4'))).toMatchObject({ kind: 'vendor-not-found' });
    expect(effects().map((request) => [request.method, request.headers?.['cloudzero-idempotency-key']])).toEqual([
      ['POST', keyed('k1')],
      [variant === 'live' ? 'PATCH' : 'PUT', keyed('k2')],
      ['DELETE', keyed('k3')],
      ['DELETE', keyed('k4')],
    ]);
  });

  test('the same write sent twice is one budget exactly where the vendor is said to deduplicate', async () => {
    const { session, create, listed } = await open(variant);
    const one = await create.send(session, { input: input() }, 'same');
    const two = await create.send(session, { input: input() }, 'same');
    const three = await create.send(session, { input: input({ name: 'Another' }) }, 'other');
    const { deduplicates } = create;
    const said = typeof deduplicates === 'boolean' ? deduplicates : await deduplicates(session);
    expect(said).toBe(variant === 'live');
    expect(two.nativeId === one.nativeId).toBe(said);
    expect(three.nativeId).not.toBe(one.nativeId);
    expect(await listed(one.nativeId)).toBeDefined();
  });

  test('no digit of a limit is lost, on the way there and back', async () => {
    const { session, create, listed } = await open(variant);
    const limit = { amount: '123456789012345678.0123456789', currency: 'USD' };
    const { nativeId } = await create.send(session, { input: input({ limit }) }, 'k');
    expect((await listed(nativeId))?.limit).toEqual(limit);
  });

  test('what the vendor refuses keeps its kind, and is sent once', async () => {
    const { session, create, effects } = await open(variant);
    const refused = await failureOf(create.send(session, { input: input({ scope: { view: 'none' } }) }, 'k'));
    expect(refused.kind).toBe('vendor-rejected');
    expect(refused.details.public).toContain('refused the change');
    expect(effects()).toHaveLength(1);
  });

  test('an answer that cannot be read says nothing of the effect', async () => {
    const { sandbox, session, create, effects } = await open(variant);
    for (const body of ['{}', '{"budget":{"id":"b"}}', '{"data":{"id":"b"}}', '[]']) {
      sandbox.faults.set([{ path: '/v2/budgets', method: 'POST', kind: 'body', body }]);
      const failure = await failureOf(create.send(session, { input: input() }, body));
      expect(failure.kind).toBe('vendor-malformed');
      expect(failure.details.effect).toBeUndefined();
    }
    expect(effects()).toHaveLength(4);
  });

  test('a failure before anything is sent says so', async () => {
    const { sandbox, session, create, effects } = await open(variant);
    sandbox.faults.set([{ path: '/v2/billing/dimensions', kind: 'throttle' }]);
    expect(await failureOf(create.send(session, { input: input() }, 'k'))).toMatchObject({
      kind: 'vendor-throttled',
      details: { effect: 'never' },
    });
    expect(effects()).toEqual([]);
  });

  test('a key that may not read dimensions finds the dialect by reading budgets, never by writing', async () => {
    const { sandbox, session, create, effects } = await open(variant);
    sandbox.faults.set([{ path: '/v2/billing/dimensions', kind: 'body', status: 403, body: '{"message":"no"}' }]);
    const created = await create.send(session, { input: input() }, 'k');
    expect(created.limit?.amount).toBe('25000.5');
    expect(effects()).toHaveLength(1);
  });
});

test('a dialect that is no longer spoken is forgotten, and the write is not sent again in the other', async () => {
  const { sandbox, session, create, effects } = await open('published', { dialect: 'auto' });
  sandbox.faults.set([{ path: '/v2/billing/dimensions', kind: 'body', body: '{"dimensions":[]}', times: 1 }]);
  expect((await failureOf(create.send(session, { input: input() }, 'k'))).kind).toBe('vendor-rejected');
  expect(effects()).toHaveLength(1);
  expect((await create.send(session, { input: input() }, 'k2')).limit?.amount).toBe('25000.5');
});

test('a live budget is created with the documented fields and no others', async () => {
  const { session, create, effects } = await open('live');
  await create.send(session, { input: input() }, 'k');
  expect(JSON.parse(JSON.stringify(effects()[0]?.json))).toEqual({
    name: 'Core platform',
    planned_limits: { monthly: { '2026-11-01T00:00:00+00:00': { amount: '25000.5' } } },
    view: { id: 'view-8c7be914' },
    alerts: { '80': 'Y', '99': 'Y' },
  });
});

test('a name that another budget of the view has is said to be taken, and in another view it is free', async () => {
  const { session, create, replace } = await open('live');
  const { nativeId } = await create.send(session, { input: input() }, 'k1');
  const again = await failureOf(create.send(session, { input: input() }, 'k2'));
  expect(again).toMatchObject({ kind: 'conflict', details: { effect: 'never' } });
  expect(again.details.public).toContain('another budget of this name');
  const other = input({ scope: { view: 'view-e4480d1b' } });
  const elsewhere = await create.send(session, { input: other }, 'k3');
  const moved = await failureOf(replace.send(session, { nativeId: elsewhere.nativeId, input: input() }, 'k4'));
  expect(moved.kind).toBe('conflict');
  expect((await replace.send(session, { nativeId, input: input() }, 'k5')).name).toBe('Core platform');
});

test.each([
  ['POST', 'budgets:create_budget'],
  ['PATCH', 'budgets:update_budget'],
  ['DELETE', 'budgets:delete_budget'],
])('a key that lacks the scope for %s is told its name', async (method, scope) => {
  const { sandbox, session, create, replace, remove } = await open('live', { dialect: 'live' });
  sandbox.faults.set([{ path: '/v2/budgets', method, kind: 'body', status: 403, body: '{"message":"Forbidden"}' }]);
  const nativeId = 'budget-5b70d3';
  const attempts = {
    POST: () => create.send(session, { input: input() }, 'k'),
    PATCH: () => replace.send(session, { nativeId, input: input() }, 'k'),
    DELETE: () => remove.send(session, { nativeId }, 'k'),
  };
  const attempt = Object.entries(attempts).find(([name]) => name === method)?.[1];
  if (attempt === undefined) throw new TypeError('an attempt is expected');
  const failure = await failureOf(attempt());
  expect(failure.kind).toBe('permission-missing');
  expect(failure.details.public).toContain(scope);
});

describe('a live replacement', () => {
  test('keeps the limits of past months and leaves no other to come, whether they are merged or replaced', async () => {
    const { session, replace, effects } = await open('live');
    await replace.send(session, { nativeId: 'budget-9ad284', input: input() }, 'k');
    expect(JSON.parse(JSON.stringify(effects()[0]?.json))).toEqual({
      name: 'Core platform',
      planned_limits: {
        monthly: {
          '2026-05-01T00:00:00+00:00': { amount: expect.stringMatching(/\.00$/) },
          '2026-11-01T00:00:00+00:00': { amount: '25000.5' },
          '2027-02-01T00:00:00+00:00': { amount: '25000.5' },
        },
      },
      view: { id: 'view-8c7be914' },
      alerts: { '75': 'N', '80': 'Y', '90': 'N', '99': 'Y' },
    });
  });

  test('of a budget that is not there is sent nothing', async () => {
    const { session, replace, effects } = await open('live');
    const failure = await failureOf(replace.send(session, { nativeId: 'no/such', input: input() }, 'k'));
    expect(failure).toMatchObject({ kind: 'vendor-not-found', details: { effect: 'never' } });
    expect(effects()).toEqual([]);
  });
});
