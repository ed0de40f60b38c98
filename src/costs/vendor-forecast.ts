import type { Clock } from '../domain/clock.ts';
import { dayOfInstant, type Month, monthEnd, monthOf, monthStart } from '../domain/day.ts';
import { compare, type Decimal } from '../domain/decimal.ts';
import { isOwnDimension } from '../domain/dimension.ts';
import type { Conversion } from '../domain/meta.ts';
import { amountOf, type Money, money, totalsOfMoney } from '../domain/money.ts';
import { sourceAccountSchema } from '../domain/nouns.ts';
import type { Connection } from '../vendor/connection.ts';
import type { Note } from '../vendor/contract/contract.ts';
import type { ListCache } from '../vendor/list-cache.ts';
import { note, servedCostType } from './answer-quality.ts';
import type { ForecastRow } from './forecast.ts';
import type { CostQuery } from './query/query.ts';
import type { Rates } from './rates.ts';
import { convertMoney, type RateTable } from './rows/convert.ts';

/**
 * Which forecast stands. A vendor forecasts the whole billed cost of a connection in the running month: where a
 * question is about that, its figure takes the place of the gateway's.
 */
export interface VendorForecasts {
  /** `rows` are those of each connection by itself. */
  prefer(rows: readonly ForecastRow[], question: VendorForecastQuestion): Promise<PreferredForecasts>;
}

export interface VendorForecastQuestion {
  readonly query: CostQuery;
  readonly granularity: 'daily' | 'monthly';
  readonly connections: readonly Connection[];
  readonly noCache: boolean;
  readonly deadline: number;
}

export interface PreferredForecasts {
  readonly rows: readonly ForecastRow[];
  /** Whose forecast it is and why, by connection. */
  readonly notes: ReadonlyMap<string, Note>;
  /** The rates that forecasts of vendors were converted with. */
  readonly conversions: readonly Conversion[];
}

const accountsMaxAgeMs = 60 * 60_000;

const isAboutWholeConnections = ({ query, granularity }: VendorForecastQuestion): boolean =>
  granularity === 'monthly' && [...query.groupBy, ...query.filters.keys()].every(isOwnDimension);

const smaller = (left: Decimal, right: Decimal): Decimal => (compare(left, right) < 0 ? left : right);
const larger = (left: Decimal, right: Decimal): Decimal => (compare(left, right) < 0 ? right : left);

const withVendorForecast = (row: ForecastRow, vendor: Money): ForecastRow => {
  const amount = amountOf(vendor);
  return {
    ...row,
    cost: vendor,
    lower: money(smaller(amountOf(row.lower), amount), vendor.currency),
    upper: money(larger(amountOf(row.upper), amount), vendor.currency),
    method: 'vendor',
  };
};

const vendorNote = (month: Month): Note =>
  note('vendor-forecast', `the forecast of ${month} is the vendor's own; any other month is forecast by the gateway`);
const gatewayNote = (why: string): Note => note('gateway-forecast', `forecast by the gateway: ${why}`);
const otherQuestion = gatewayNote(
  'a vendor can forecast only whole months and the whole billed cost of a connection, and this question is about something else',
);
const noneGiven = gatewayNote(
  'the vendor gives no forecast of the running month for all accounts in the currency of the answer',
);

export const createVendorForecasts = (listCache: ListCache, rates: Rates, clock: Clock): VendorForecasts => {
  /** The sum over a connection's accounts; null unless every account has a forecast of this month, in one currency. */
  const monthOfConnection = async (connection: Connection, question: VendorForecastQuestion): Promise<Money | null> => {
    const source = connection.connector.capabilities.accounts;
    const { costTypes } = connection.connector.capabilities.costs;
    if (source === undefined || servedCostType(costTypes, question.query.costType) !== 'billed') return null;
    const { noCache, deadline } = question;
    const request = { name: 'accounts', item: sourceAccountSchema, maxAgeMs: accountsMaxAgeMs, noCache, deadline };
    const part = await listCache
      .read(connection, { ...request, load: (session) => source.list(session) })
      .catch(() => null);
    if (part === null || part.state === 'partial' || part.asOf === null) return null;
    if (monthOf(dayOfInstant(part.asOf)) !== monthOf(clock.today())) return null;
    const forecasts = part.value.filter(({ kind }) => kind === 'account').map(({ forecast }) => forecast);
    const given = forecasts.filter((forecast) => forecast !== null);
    const [total, ...others] = totalsOfMoney(given);
    return given.length === forecasts.length && others.length === 0 ? (total ?? null) : null;
  };

  /** In the currency of the answer, at the rate of today; null without a rate. */
  const inCurrency = (amount: Money, currency: string | null, table: RateTable) =>
    currency === null
      ? { value: amount, conversion: null }
      : convertMoney(amount, { currency, day: clock.today() }, table);

  const isThisMonth = ({ start, end }: ForecastRow): boolean => {
    const month = monthOf(clock.today());
    return start === monthStart(month) && end === monthEnd(month);
  };

  return {
    prefer: async (rows, question) => {
      const { connections, query } = question;
      const fallback = { rows, conversions: [], notes: new Map(connections.map(({ id }) => [id, otherQuestion])) };
      if (!isAboutWholeConnections(question) || !rows.some(isThisMonth)) return fallback;
      const table = query.currency === null ? [] : await rates.table(connections, question.deadline);
      const stands = new Map<string, Money>();
      const conversions: Conversion[] = [];
      await Promise.all(
        connections.map(async (connection) => {
          const own = rows.filter((row) => row.group.connection === connection.id && isThisMonth(row));
          const given = await monthOfConnection(connection, question);
          const vendor = given === null ? null : inCurrency(given, query.currency, table);
          if (vendor === null || own.length !== 1 || own[0]?.cost.currency !== vendor.value.currency) return;
          stands.set(connection.id, vendor.value);
          if (vendor.conversion !== null) conversions.push(vendor.conversion);
        }),
      );
      return {
        rows: rows.map((row) => {
          const vendor = stands.get(row.group.connection ?? '');
          return vendor !== undefined && isThisMonth(row) ? withVendorForecast(row, vendor) : row;
        }),
        conversions,
        notes: new Map(
          connections.map(({ id }) => [id, stands.has(id) ? vendorNote(monthOf(clock.today())) : noneGiven]),
        ),
      };
    },
  };
};
