import type { CostReading, CostSource, Cube, Session } from '../../src/vendor/kit/index.ts';
import { lastCostAccounts } from './accounts/cost-accounts.ts';
import { availability } from './availability.ts';
import { hourMs } from './display-currency.ts';
import { fillByAccount } from './fills/by-account.ts';
import { fillByAccountAndRegion } from './fills/by-account-and-region.ts';
import { fillByDay } from './fills/by-day.ts';
import { fillByMonth } from './fills/by-month.ts';
import type { Fill } from './fills/fill.ts';
import { focus } from './focus.ts';

/** One call for each billing account. */
const accountCalls = async (session: Session): Promise<number> =>
  (await lastCostAccounts(session)).items.flatMap(({ children }) => children).length;

const serviceAccountDaily = {
  id: 'service-account-daily',
  grain: 'daily',
  dimensions: ['account', 'service', 'cloud'],
  span: 'month',
  price: accountCalls,
} as const satisfies Cube;
const serviceRegionDaily = {
  id: 'service-region-daily',
  grain: 'daily',
  dimensions: ['service', 'region', 'category', 'cloud'],
  span: 'day',
  price: 1,
  onDemand: true,
} as const satisfies Cube;
const serviceRegionMonthly = {
  id: 'service-region-monthly',
  grain: 'monthly',
  dimensions: ['service', 'region', 'category', 'cloud'],
  span: 'month',
  spansAtOnce: 4,
  price: 1,
} as const satisfies Cube;

const accountRegionMonthly = {
  id: 'account-region-monthly',
  grain: 'monthly',
  dimensions: ['account', 'region', 'cloud'],
  span: 'month',
  // One more than by account and service, which is preferred where no region is asked for: it has days and services.
  price: async (session) => (await accountCalls(session)) + 1,
  onDemand: true,
} as const satisfies Cube;

const fillers: Readonly<Record<string, (fill: Fill) => Promise<CostReading>>> = {
  [serviceAccountDaily.id]: fillByAccount,
  [serviceRegionDaily.id]: fillByDay,
  [serviceRegionMonthly.id]: fillByMonth,
  [accountRegionMonthly.id]: fillByAccountAndRegion,
};

export const costs: CostSource = {
  costTypes: ['billed'],
  cubes: [serviceAccountDaily, serviceRegionDaily, serviceRegionMonthly, accountRegionMonthly],
  ages: { openMs: 6 * hourMs, restatedDays: 7, restatedMs: 24 * hourMs },
  // Monthly figures are kept for three years.
  historyDays: 365,
  focus,
  fill: async (session, question) => {
    const read = fillers[question.cube];
    if (read === undefined) throw new RangeError(`cloudspend has no cube ${question.cube}`);
    return read({ session, question, range: await availability(session) });
  },
};
