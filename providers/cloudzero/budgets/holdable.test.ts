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

describe('what cannot be held', () => {
  const mail = input({ alerts: [{ thresholdPercent: '80', recipients: ['ops@example.com'] }] });
  const common: [string, BudgetInput, RegExp][] = [
    ['an account', input({ scope: { account: '1' } }), /view/],
    ['a service beside a view', input({ scope: { view: 'v', service: 's' } }), /view/],
    ['a region', input({ scope: { region: 'r' } }), /view/],
    ['a cost center', input({ scope: { costCenter: 'c' } }), /view/],
    ['another currency', input({ limit: { amount: '1', currency: 'EUR' } }), /USD/],
  ];
  const liveOnly: [string, BudgetInput, RegExp][] = [
    ['a quarter', input({ period: 'quarterly' }), /monthly/],
    ['a year', input({ period: 'annual' }), /monthly/],
    ['recipients', mail, /recipients/],
    ['no view', input({ scope: {} }), /view/],
    ['half a percent', input({ alerts: [{ thresholdPercent: '99.5', recipients: [] }] }), /whole percentages/],
    ['more than all', input({ alerts: [{ thresholdPercent: '120', recipients: [] }] }), /1 to 100/],
  ];

  test.each(['live', 'published', 'auto'])('is known beforehand in the dialect %s', async (dialect) => {
    const { writes } = await open('live', { dialect });
    expect(writes.cannotHold(input())).toBeNull();
    for (const [, each, words] of common) expect(writes.cannotHold(each)).toMatch(words);
    for (const [, each, words] of liveOnly) {
      if (dialect === 'live') expect(writes.cannotHold(each)).toMatch(words);
      else expect(writes.cannotHold(each)).toBeNull();
    }
  });

  test.each(liveOnly)(
    '%s is refused before it is sent where the live dialect turns out',
    async (_name, each, words) => {
      const { session, create, effects } = await open('live');
      expect(await failureOf(create.send(session, { input: each }, 'k'))).toMatchObject({
        kind: 'capability-unsupported',
        details: { effect: 'never', public: expect.stringMatching(words) },
      });
      expect(effects()).toEqual([]);
    },
  );

  test.each(liveOnly)('%s is held in the published dialect', async (_name, each) => {
    const { session, writes, create, listed } = await open('published');
    const { nativeId } = await create.send(session, { input: each }, 'k');
    const shown = await listed(nativeId);
    expect(shown !== undefined && writes.matches(shown, each)).toBe(true);
  });
});
