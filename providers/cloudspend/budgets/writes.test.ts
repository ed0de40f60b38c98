import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { BudgetInput } from '../../../src/domain/nouns.ts';
import { type Connector, Failure, type Session } from '../../../src/vendor/kit/index.ts';
import type { RunningSandbox } from '../../../src/vendor/sandbox/server.ts';
import { VirtualClock } from '../../../test/support/clock.ts';
import { connectTo, plainSession } from '../../../test/support/session.ts';
import { cloudspend } from '../manifest.ts';
import { contactsOf } from '../policies/contacts.ts';
import { createBudgetRequest } from './requests.ts';
import { cannotHold, matches } from './writes.ts';

const clock = new VirtualClock();
let sandbox: RunningSandbox;
let connector: Connector;
let session: Session;
beforeAll(async () => {
  sandbox = await cloudspend.sandbox({ clock });
  connector = connectTo(cloudspend, sandbox);
  session = plainSession(connector, clock);
});
afterAll(() => sandbox.close());
afterEach(() => sandbox.faults.clear());

const retail = '33240000000059001';
const input = (more: Partial<BudgetInput> = {}): BudgetInput => ({
  name: 'Core platform',
  period: 'monthly',
  limit: { amount: '25000.5', currency: 'USD' },
  alerts: [{ thresholdPercent: '80', recipients: [] }],
  scope: { account: retail },
  ...more,
});
const writes = () => {
  const found = connector.capabilities.budgets?.writes;
  if (found?.create === undefined) throw new TypeError('budgets can be created');
  return { ...found, create: found.create };
};
const create = (wanted: BudgetInput) => writes().create.send(session, { input: wanted }, 'key');
const listed = async (nativeId: string) =>
  (await connector.capabilities.budgets?.list(session))?.items.find((budget) => budget.nativeId === nativeId);
const failureOf = async (promise: Promise<unknown>): Promise<Failure> => {
  const thrown: unknown = await promise.catch((reason: unknown) => reason);
  if (thrown instanceof Failure) return thrown;
  throw new TypeError('expected a failure');
};
const paths = {
  policy: '/cs/api/cost/budget/budget_policy',
  details: '/cs/api/cost/budget/budget_details',
  currency: '/cs/api/cost/display_currency',
  accounts: '/cs/api/cost/reports/accounts_data',
};
/** The POST requests sent during `work`. */
const postsOf = async (work: () => Promise<unknown>): Promise<string[]> => {
  const before = sandbox.calls.length;
  await work().catch(() => undefined);
  return sandbox.calls
    .slice(before)
    .filter((call) => call.method === 'POST' && !call.path.startsWith('/oauth'))
    .map((call) => call.path);
};

test('budgets are created, and neither changed nor removed; a key is not recognised', () => {
  expect(writes()).not.toHaveProperty('replace');
  expect(writes()).not.toHaveProperty('remove');
  expect(writes().create.deduplicates).toBe(false);
});

describe('a created budget', () => {
  test.each([
    ['a cost account', { account: retail }],
    ['an account of another cloud', { account: '33240000000011003' }],
    ['a cost center', { costCenter: '33240000000925017' }],
  ])('of %s is listed as it was asked for', async (_name, scope) => {
    const wanted = input({ scope });
    const budget = await create(wanted);
    expect(budget).toMatchObject({ name: wanted.name, period: 'monthly', limit: wanted.limit, scope, spent: null });
    const shown = await listed(budget.nativeId);
    expect(shown !== undefined && matches(shown, wanted)).toBe(true);
    expect(shown).toMatchObject({ scope });
    expect(Number(shown?.spent?.amount)).toBeGreaterThan(0);
    for (const other of [
      input({ scope, name: 'Other' }),
      input({ scope, limit: { amount: '25000.51', currency: 'USD' } }),
      input({ scope, limit: { amount: '25000.5', currency: 'EUR' } }),
      input({ scope, period: 'annual' }),
      input({ scope: { account: 'another' } }),
    ]) {
      expect(shown !== undefined && matches(shown, other)).toBe(false);
    }
  });

  test('takes one policy and one budget, nothing else', async () => {
    expect(await postsOf(() => create(input()))).toEqual([paths.policy, paths.details]);
  });

  test('loses no digit of its limit', async () => {
    const limit = { amount: '123456789012345678.012345678', currency: 'USD' };
    const { nativeId } = await create(input({ limit }));
    expect((await listed(nativeId))?.limit).toEqual(limit);
  });
});

describe('what cannot be held', () => {
  test.each([
    ['a quarter', input({ period: 'quarterly' }), /monthly/],
    ['a year', input({ period: 'annual' }), /monthly/],
    ['everything', input({ scope: {} }), /account or one cost center/],
    ['a service', input({ scope: { account: retail, service: 's' } }), /account or one cost center/],
    ['a region', input({ scope: { region: 'r' } }), /account or one cost center/],
    ['a view', input({ scope: { view: 'v' } }), /account or one cost center/],
    ['an account and a cost center', input({ scope: { account: retail, costCenter: 'c' } }), /account or/],
    [
      'recipients that differ from threshold to threshold',
      input({
        alerts: [
          { thresholdPercent: '80', recipients: ['nadia@example.com'] },
          { thresholdPercent: '100', recipients: [] },
        ],
      }),
      /recipients/,
    ],
  ])('%s is said beforehand', (_name, wanted, words) => {
    expect(cannotHold(input())).toBeNull();
    expect(cannotHold(wanted)).toMatch(words);
  });

  test('an account that is not listed, after the list was read again, and a scope that is none', async () => {
    const before = sandbox.calls.length;
    const posts = await postsOf(async () => {
      for (const scope of [{ account: 'nobody' }, {}]) {
        expect(await failureOf(create(input({ scope })))).toMatchObject({
          kind: 'capability-unsupported',
          details: { effect: 'never' },
        });
      }
    });
    expect(posts).toEqual([]);
    expect(sandbox.calls.slice(before).some((call) => call.path === paths.accounts)).toBe(true);
  });

  test('a billing account, because budgets cover whole cost accounts', async () => {
    const posts = await postsOf(async () => {
      expect(await failureOf(create(input({ scope: { account: '33240000000059021' } })))).toMatchObject({
        kind: 'capability-unsupported',
        details: { effect: 'never', public: expect.stringContaining(`cost account ${retail}`) },
      });
    });
    expect(posts).toEqual([]);
  });

  test('a recipient whom the vendor does not know', async () => {
    const posts = await postsOf(async () => {
      const alerts = [{ thresholdPercent: '80', recipients: ['nadia@example.com', 'stranger@example.com'] }];
      expect(await failureOf(create(input({ alerts })))).toMatchObject({
        kind: 'capability-unsupported',
        details: { effect: 'never', public: expect.stringMatching(/none with the address stranger@example\.com\.$/) },
      });
    });
    expect(posts).toEqual([]);
  });

  test('another currency than the display currency of the moment', async () => {
    sandbox.faults.set([{ path: paths.currency, kind: 'body', body: '{"code":0,"data":{"display_currency":"CAD"}}' }]);
    const posts = await postsOf(async () => {
      expect(await failureOf(create(input()))).toMatchObject({
        kind: 'capability-unsupported',
        details: { effect: 'never', public: expect.stringContaining('CAD') },
      });
    });
    expect(posts).toEqual([]);
  });
});

describe('who is notified', () => {
  const target = { accountType: 0, accountId: retail, costType: 0 } as const;
  const bodyOf = (contacts: readonly string[], wanted: BudgetInput) =>
    JSON.stringify(createBudgetRequest(wanted, { target, policyId: '1', contacts }).json);

  test('are the users with the addresses of the recipients, else the user of the refresh token', async () => {
    expect(await contactsOf(session, 'budget', [])).toEqual(['53565000000014003']);
    expect(await contactsOf(session, 'budget', ['WIM@example.com', 'wim@example.com '])).toEqual(['53565000000014005']);
    expect(bodyOf(['7'], input({ alerts: [] }))).toMatch(/"alert_configs":\[\],"contact_type":1,"contact_ids":\["7"\]/);
    expect(bodyOf(['7'], input())).toContain('"alert_configs":[{"notify_percentage":80}]');
  });

  test('are told in the answer, and read before anything is written', async () => {
    const alerts = [{ thresholdPercent: '80', recipients: ['wim@example.com'] }];
    const before = sandbox.calls.length;
    expect((await create(input({ alerts }))).alerts).toEqual(alerts);
    const paths = sandbox.calls.slice(before).map(({ path }) => path);
    expect(paths.indexOf('/cs/api/cost/budget/users')).toBeLessThan(paths.indexOf('/cs/api/cost/budget/budget_policy'));
  });

  test('fail the creation before it where they cannot be read', async () => {
    sandbox.faults.set([{ path: '/cs/api/cost/budget/users', kind: 'body', status: 403, body: '{"code":403}' }]);
    const posts = await postsOf(async () => {
      expect(await failureOf(create(input()))).toMatchObject({ details: { effect: 'never' } });
    });
    expect(posts).toEqual([]);
  });
});

describe('a creation that fails', () => {
  test.each([
    ['refused', { kind: 'body', status: 400, body: '{"code":1,"message":"Invalid policy configuration"}' }, 'rejected'],
    ['refused with a 200', { kind: 'body', body: '{"code":1001,"message":"no"}' }, 'rejected'],
    ['answered with nothing that can be read', { kind: 'body', body: '{"code":0,"data":{}}' }, 'malformed'],
  ] as const)('at the policy, %s, has created no budget and says so', async (_name, fault, kind) => {
    sandbox.faults.set([{ path: paths.policy, ...fault }]);
    const posts = await postsOf(async () => {
      const failure = await failureOf(create(input()));
      expect(failure).toMatchObject({ kind: `vendor-${kind}`, details: { effect: 'never' } });
    });
    expect(posts).toEqual([paths.policy]);
  });

  test.each([
    [{ kind: 'body', status: 403, body: '{"code":403,"message":"Forbidden"}' }, 'permission-missing'],
    [{ kind: 'body', status: 400, body: '{"code":400,"message":"Bad Request"}' }, 'vendor-rejected'],
    [{ kind: 'body', body: '{"code":0,"data":{"budget_id":null}}' }, 'vendor-malformed'],
    [{ kind: 'throttle', status: 400 }, 'vendor-throttled'],
  ] as const)('at the budget, with %o, keeps its kind and tells of the policy that stays', async (fault, kind) => {
    sandbox.faults.set([{ path: paths.details, ...fault }]);
    const posts = await postsOf(async () => {
      const failure = await failureOf(create(input({ name: `Ends as ${kind}` })));
      expect(failure.kind).toBe(kind);
      expect(failure.details.effect).toBeUndefined();
      expect(failure.details.public).toMatch(/The policy \d+ \(Ends as [a-z-]+\) that was made for the budget stays/);
      if (kind === 'vendor-throttled') expect(failure.details.retryAfterMs).toBe(22 * 60_000);
      if (kind === 'permission-missing') expect(failure.details.public).toContain('CloudSpend.Internal.Create');
    });
    expect(posts).toEqual([paths.policy, paths.details]);
  });

  test('leaves a policy that the next attempt uses, and that is not made again', async () => {
    const wanted = input({ name: 'Second attempt' });
    sandbox.faults.set([{ path: paths.details, kind: 'body', status: 400, body: '{"code":400}', times: 1 }]);
    const failure = await failureOf(create(wanted));
    const [, policy] = /The policy (\d+)/.exec(failure.details.public) ?? [];
    expect(await postsOf(() => create(wanted))).toEqual([paths.details]);
    const again = input({ name: 'Second attempt', scope: { costCenter: '33240000000925017' } });
    expect(await postsOf(() => create(again))).toEqual([paths.policy, paths.details]);
    expect(await postsOf(() => create(wanted))).toEqual([paths.policy, paths.details]);
    expect(Number(policy)).toBeGreaterThan(0);
  });

  test('makes a policy where the list of policies cannot be read', async () => {
    sandbox.faults.set([
      { path: '/cs/api/cost/budget/budget_policys', kind: 'body', status: 400, body: '{"code":400}' },
    ]);
    expect(await postsOf(() => create(input()))).toEqual([paths.policy, paths.details]);
  });

  test('before anything is sent says so', async () => {
    sandbox.faults.set([{ path: paths.currency, kind: 'body', body: '{"code":500,"message":"down"}' }]);
    expect(await failureOf(create(input()))).toMatchObject({
      kind: 'vendor-unavailable',
      details: { effect: 'never' },
    });
  });
});
