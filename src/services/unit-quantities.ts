import type { UnitCostDefinition } from '../config/unit-cost-schema.ts';
import { type Day, monthEnd, monthOf, monthStart } from '../domain/day.ts';
import { decimal, decimalText, sum } from '../domain/decimal.ts';
import { Failure } from '../domain/failure/failure.ts';
import { type UnitQuantity, unitQuantitySchema } from '../domain/unit-cost.ts';
import type { Connection } from '../vendor/connection.ts';
import type { ListCache } from '../vendor/list-cache.ts';
import type { Ask } from './list-request.ts';
import { visibleConnections } from './visible-connections.ts';

export interface Period {
  readonly start: Day;
  readonly end: Day;
}
export type QuantityReason = 'quantity-missing' | 'quantity-of-month' | 'quantity-hidden';
/** How many units there were in a period, or why nobody knows. */
export type QuantityOf = (period: Period) => { readonly value: string } | { readonly reason: QuantityReason };

const streamMaxAgeMs = 60 * 60_000;

const fromMonths =
  (months: Readonly<Record<string, string>>): QuantityOf =>
  ({ start, end }) => {
    const month = monthOf(start);
    if (start !== monthStart(month) || end !== monthEnd(month)) return { reason: 'quantity-of-month' };
    const value = months[month];
    return value === undefined ? { reason: 'quantity-missing' } : { value };
  };

const fromRecords =
  (records: readonly UnitQuantity[]): QuantityOf =>
  ({ start, end }) => {
    const touching = records.filter((record) => record.start < end && record.end > start);
    if (touching.length === 0) return { reason: 'quantity-missing' };
    if (touching.some((record) => record.start < start || record.end > end)) return { reason: 'quantity-of-month' };
    return { value: decimalText(sum(touching.map(({ value }) => decimal(value)))) };
  };

/** Reads the quantity of a definition. Of a stream that could not be read whole nothing is used, since no sum of it is sure. */
export const createQuantityReader =
  ({ listCache, connections }: { readonly listCache: ListCache; readonly connections: readonly Connection[] }) =>
  async ({ quantity: { metric, months = {} } }: UnitCostDefinition, ask: Ask): Promise<QuantityOf> => {
    if (metric === undefined) return fromMonths(months);
    const { stream } = metric;
    const connection = visibleConnections(connections, ask.consumer, {}).find(({ id }) => id === metric.connection);
    if (connection === undefined) return () => ({ reason: 'quantity-hidden' });
    const source = connection.connector.capabilities.unitMetrics;
    if (source === undefined) {
      throw new Failure('capability-unsupported', {
        public: `${connection.id} shows no unit metrics, so the stream ${stream} cannot be read.`,
      });
    }
    const part = await listCache.read(connection, {
      name: `unit-metrics/${encodeURIComponent(stream)}`,
      item: unitQuantitySchema,
      maxAgeMs: streamMaxAgeMs,
      noCache: ask.noCache,
      deadline: ask.deadline,
      load: (session) => source.read(session, stream),
    });
    if (part.state === 'partial' && part.failure !== null) throw part.failure;
    return fromRecords(part.value);
  };
