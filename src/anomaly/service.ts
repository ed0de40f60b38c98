import type { Ask, ListParameters } from '../answer/ask.ts';
import type { Lists } from '../answer/listing.ts';
import type { Clock } from '../clock.ts';
import { resolveRange } from '../cost/query.ts';
import { addDays, type Day, earlier } from '../domain/day.ts';
import { compare, type Decimal, parseDecimal, percentText, subtract } from '../domain/decimal.ts';
import { amountOf, money } from '../domain/money.ts';
import type { Anomaly, Severity } from '../domain/nouns.ts';
import { sourceAnomalySchema } from '../domain/schemas.ts';
import type { Connection } from '../provider/connection.ts';

export interface AnomalyParameters extends ListParameters {
  readonly start?: Day | undefined;
  readonly end?: Day | undefined;
  readonly severity?: readonly Severity[] | undefined;
  readonly status?: readonly ('open' | 'closed')[] | undefined;
  readonly detectedBy?: readonly ('vendor' | 'gateway')[] | undefined;
  readonly minImpact?: string | undefined;
}

export interface AnomalyService {
  list(parameters: AnomalyParameters, ask: Ask): Promise<unknown>;
}

const maxAgeMs = 10 * 60_000;
/** Anomalies are looked at over a longer span than costs. */
const daysDefault = 90;

const magnitude = (value: Decimal): Decimal => (value.units < 0n ? { units: -value.units, scale: value.scale } : value);

export const presentAnomaly = (anomaly: Anomaly, connection: Connection) => {
  const { nativeId, day: _day, scope, expected, actual, ...rest } = anomaly;
  const impact = subtract(amountOf(actual), amountOf(expected));
  return {
    id: `${connection.id}:${nativeId}`,
    provider: connection.provider,
    connection: connection.id,
    ...rest,
    scope,
    expected,
    actual,
    impact: money(impact, actual.currency),
    deviationPercent: percentText(impact, amountOf(expected)),
    detectedBy: 'vendor',
  };
};

export const openAnomalyService = (lists: Lists, clock: Clock): AnomalyService => ({
  list: (parameters, ask) => {
    const today = clock.today();
    const start = parameters.start ?? addDays(earlier(parameters.end ?? today, today), -daysDefault);
    const range = resolveRange(today, { start, end: parameters.end });
    const minimum = parameters.minImpact === undefined ? null : parseDecimal(parameters.minImpact);
    return lists.list({
      name: 'anomalies',
      variant: `${range.start}/${range.end}`,
      parameters,
      ask,
      item: sourceAnomalySchema,
      maxAgeMs,
      source: ({ connector }) => {
        const { anomalies } = connector.capabilities;
        return anomalies === undefined ? null : (session) => anomalies.list(session, range);
      },
      keep: (anomaly) => {
        const impact = subtract(amountOf(anomaly.actual), amountOf(anomaly.expected));
        return (
          (parameters.severity?.includes(anomaly.severity) ?? true) &&
          (parameters.status?.includes(anomaly.status) ?? true) &&
          (parameters.detectedBy?.includes('vendor') ?? true) &&
          (minimum === null || compare(magnitude(impact), minimum) >= 0)
        );
      },
      present: presentAnomaly,
    });
  },
});
