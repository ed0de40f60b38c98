import { monthEnd, monthOf, monthStart } from '../domain/day.ts';
import { compare, type Decimal } from '../domain/decimal.ts';
import { amountOf, type Money, money, totalsOfMoney } from '../domain/money.ts';
import { sourceAccountSchema } from '../domain/nouns.ts';
import type { Connection } from '../vendor/connection.ts';
import type { ListCache } from '../vendor/list-cache.ts';
import type { ForecastRow } from './forecast.ts';
import type { CostQuery } from './query/query.ts';

/** Replaces our forecast of this month with the vendor's own, where both answer the same query. */
export interface VendorForecasts {
  prefer(rows: readonly ForecastRow[], question: VendorForecastQuestion): Promise<ForecastRow[]>;
}

export interface VendorForecastQuestion {
  readonly query: CostQuery;
  readonly granularity: 'daily' | 'monthly';
  readonly connections: readonly Connection[];
  readonly noCache: boolean;
  readonly deadline: number;
}

const accountsMaxAgeMs = 60 * 60_000;

/** Vendors forecast whole connections by month, so only a query grouped by connection can use their forecast. */
const matchesVendorForecast = ({ query, granularity }: VendorForecastQuestion): boolean =>
  granularity === 'monthly' &&
  query.currency === null &&
  query.groupBy.includes('connection') &&
  query.groupBy.every((key) => key === 'provider' || key === 'connection') &&
  [...query.filters.keys()].every((key) => key === 'provider' || key === 'connection');

const smaller = (left: Decimal, right: Decimal): Decimal => (compare(left, right) < 0 ? left : right);
const larger = (left: Decimal, right: Decimal): Decimal => (compare(left, right) < 0 ? right : left);

export const createVendorForecasts = (listCache: ListCache): VendorForecasts => {
  /** The sum of the forecasts of a connection's accounts; null unless every account has one, in one currency. */
  const monthOfConnection = async (connection: Connection, question: VendorForecastQuestion): Promise<Money | null> => {
    const source = connection.connector.capabilities.accounts;
    if (source === undefined) return null;
    try {
      const { noCache, deadline } = question;
      const request = { name: 'accounts', item: sourceAccountSchema, maxAgeMs: accountsMaxAgeMs, noCache, deadline };
      const part = await listCache.read(connection, { ...request, load: (session) => source.list(session) });
      const forecasts = part.value.filter(({ kind }) => kind === 'account').map(({ forecast }) => forecast);
      const given = forecasts.filter((forecast) => forecast !== null);
      const [total, ...others] = totalsOfMoney(given);
      return given.length === forecasts.length && others.length === 0 ? (total ?? null) : null;
    } catch {
      return null;
    }
  };

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

  return {
    prefer: async (rows, question) => {
      if (!matchesVendorForecast(question)) return [...rows];
      const month = monthOf(question.query.end);
      const vendors = await Promise.all(
        question.connections.map(
          async (connection) => [connection.id, await monthOfConnection(connection, question)] as const,
        ),
      );
      const forecasts = new Map(vendors);
      return rows.map((row) => {
        const vendor = forecasts.get(row.group.connection ?? '') ?? null;
        const wholeMonth = row.start === monthStart(month) && row.end === monthEnd(month);
        return vendor !== null && wholeMonth && vendor.currency === row.cost.currency
          ? withVendorForecast(row, vendor)
          : row;
      });
    },
  };
};
