import {
  addDays,
  addMonths,
  type Day,
  daysIn,
  earlier,
  later,
  monthEnd,
  monthStart,
  monthsIn,
} from '../../src/domain/day.ts';
import type {
  CostQuestion,
  CostReading,
  CostSource,
  Cube,
  Failure,
  Note,
  ReadingFault,
  Session,
  SourceCost,
} from '../../src/vendor/kit/index.ts';
import { costAccounts, forgetCostAccounts } from './accounts/cost-accounts.ts';
import type { CostAccounts } from './accounts/normalise.ts';
import { type Availability, availability } from './availability.ts';
import { inDisplayCurrency } from './display-currency.ts';
import { concernsOneOperation } from './failures.ts';
import { focus } from './focus.ts';
import { mapConcurrently } from './map-concurrently.ts';
import { sankeyCosts, trendCosts } from './normalise.ts';
import { type Decoded, faultFromFailure } from './partial.ts';
import { sankeyRequest, trendRequest } from './requests.ts';

const hour = 3_600_000;
/** Concurrent calls of one fill. */
const concurrencyMax = 4;

const serviceAccountDaily = {
  id: 'service-account-daily',
  grain: 'daily',
  dimensions: ['account', 'service'],
  span: 'month',
  price: 8,
} as const satisfies Cube;
const serviceRegionDaily = {
  id: 'service-region-daily',
  grain: 'daily',
  dimensions: ['service', 'region', 'category'],
  span: 'day',
  price: 2,
} as const satisfies Cube;
const serviceRegionMonthly = {
  id: 'service-region-monthly',
  grain: 'monthly',
  dimensions: ['service', 'region', 'category'],
  span: 'month',
  price: 1,
} as const satisfies Cube;

interface Filled extends Decoded<SourceCost> {
  readonly notes?: readonly Note[];
  readonly accounts?: CostAccounts;
}

/** The range cut into parts of one month each; `end` is exclusive. */
const splitByMonth = (start: Day, end: Day): { readonly start: Day; readonly end: Day }[] =>
  monthsIn(start, end).map((month) => ({
    start: later(start, monthStart(month)),
    end: earlier(end, monthEnd(month)),
  }));

const mergeParts = (parts: readonly Decoded<SourceCost>[]): Decoded<SourceCost> => ({
  items: parts.flatMap((part) => part.items),
  faults: parts.flatMap((part) => part.faults),
});

const fillByAccount = async (session: Session, question: CostQuestion, currency: string): Promise<Filled> => {
  const { dimensions } = question;
  const accounts = await costAccounts(session);
  const asked = accounts.items.flatMap((account) =>
    account.children.flatMap((child) =>
      splitByMonth(question.start, question.end).map((span) => ({ account, child, ...span })),
    ),
  );
  const refused: Failure[] = [];
  const parts = await mapConcurrently(
    asked,
    concurrencyMax,
    async ({ account, child, start, end }): Promise<Decoded<SourceCost>> => {
      const trend = { costAccountId: account.id, billingAccountId: child.id, cloud: account.cloud, start, end };
      try {
        const { json } = await session.call(trendRequest(trend));
        return trendCosts(json, { dimensions, account: child.id, currency, start, end });
      } catch (thrown) {
        if (!isRefusal(thrown)) throw thrown;
        refused.push(thrown);
        return { items: [], faults: [faultFromFailure(`trend_box ${child.id}`, thrown)] };
      }
    },
  );
  if (refused.length > 0) {
    // The list of accounts may be out of date.
    await forgetCostAccounts(session);
    if (refused.length === asked.length && refused[0] !== undefined) throw refused[0];
  }
  const childless = accounts.items.filter((account) => account.children.length === 0);
  const notes = childless.map((account) => ({
    code: 'account-without-billing-accounts',
    message: `CloudSpend lists no billing account under cost account ${account.id}; it was not asked for its cost.`,
  }));
  const { items, faults } = mergeParts(parts);
  return { items, faults: [...accounts.faults, ...faults], notes, accounts };
};
const isRefusal = (thrown: unknown): thrown is Failure =>
  concernsOneOperation(thrown) && (thrown.kind === 'vendor-rejected' || thrown.kind === 'vendor-not-found');

const fillByDay = async (session: Session, question: CostQuestion, currency: string): Promise<Filled> => {
  const { dimensions, start, end } = question;
  const parts = await mapConcurrently(daysIn(start, end), concurrencyMax, async (day) => {
    const { json } = await session.call(sankeyRequest(day, addDays(day, 1)));
    const { items, faults } = sankeyCosts(json, { dimensions, day, currency });
    return { items, faults: faults.map((fault) => ({ ...fault, day })) };
  });
  return mergeParts(parts);
};

const fillByMonth = async (session: Session, question: CostQuestion, currency: string): Promise<Filled> => {
  const { dimensions } = question;
  const parts = await mapConcurrently(
    splitByMonth(question.start, question.end),
    concurrencyMax,
    async ({ start, end }) => {
      const day = `${start.slice(0, 7)}-01`;
      return sankeyCosts((await session.call(sankeyRequest(start, end))).json, { dimensions, day, currency });
    },
  );
  return mergeParts(parts);
};

/** The vendor keeps daily figures for a year and monthly ones for three: no rows before that does not mean no cost. */
const retentionFaults = (
  { cube, start, end }: CostQuestion,
  { since }: Availability,
  { items, faults }: Filled,
  today: Day,
): ReadingFault[] => {
  const beyond = cube !== serviceRegionMonthly.id && end <= addMonths(today, -12);
  if (!beyond || since === null || end <= since || items.length > 0 || faults.length > 0) return [];
  return [
    { path: `${cube} ${start}`, message: 'CloudSpend keeps daily figures for a year and has none for these days' },
  ];
};

const fillers: Readonly<Record<string, typeof fillByDay>> = {
  [serviceAccountDaily.id]: fillByAccount,
  [serviceRegionDaily.id]: fillByDay,
  [serviceRegionMonthly.id]: fillByMonth,
};

const fill = async (session: Session, question: CostQuestion): Promise<CostReading> => {
  const read = fillers[question.cube];
  if (read === undefined) throw new RangeError(`cloudspend has no cube ${question.cube}`);
  const range = await availability(session);
  const { filled, edition } = await inDisplayCurrency(session, async (currency) => ({
    filled: await read(session, question, currency),
    edition: currency,
  }));
  const names = filled.accounts?.items.flatMap((account) => account.children) ?? [];
  return {
    items: filled.items,
    notes: filled.notes ?? [],
    faults: [...filled.faults, ...retentionFaults(question, range, filled, session.today())],
    completeThrough: range.completeThrough,
    edition,
    labels: { account: new Map(names.map(({ id, name }) => [id, name])) },
  };
};

export const costs: CostSource = {
  costTypes: ['billed'],
  cubes: [serviceAccountDaily, serviceRegionDaily, serviceRegionMonthly],
  ages: { openMs: 6 * hour, restatedDays: 7, restatedMs: 24 * hour },
  focus,
  fill,
};
