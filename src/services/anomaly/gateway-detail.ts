import type { CostEngine } from '../../costs/engine.ts';
import type { FilterValues } from '../../costs/query/query.ts';
import type { AnomalyDetails } from '../../domain/answer-schemas.ts';
import type { Clock } from '../../domain/clock.ts';
import { addDays, type Day, daysIn, earlier, monthOf } from '../../domain/day.ts';
import { zero } from '../../domain/decimal.ts';
import type { GroupKey } from '../../domain/dimension.ts';
import { money } from '../../domain/money.ts';
import { takeTurns } from '../../domain/turns.ts';
import type { Connection } from '../../vendor/connection.ts';
import type { Part } from '../../vendor/part.ts';
import { drill } from './drilling.ts';
import { judgedThrough } from './gateway-anomalies.ts';
import { anomalyOf, type GatewayAnomaly } from './gateway-anomaly.ts';
import type { GatewayReference } from './gateway-id.ts';
import { daysToJudge, type MonthDetector } from './month-detector.ts';
import { emptyPart, joinParts, missingPart } from './parts.ts';
import { type GroupSeries, seriesOf } from './series.ts';
import { canWatch, type Watch, watchQuery } from './watch.ts';
import type { Watches } from './watches.ts';

export interface Detailed<Anomaly> {
  readonly anomaly: Anomaly;
  readonly detail: AnomalyDetails;
}

const daysBefore = 30;
const daysAfter = 7;

export interface GatewayDetailOptions {
  readonly clock: Clock;
  readonly engine: CostEngine;
  readonly detect: MonthDetector;
  readonly watches: Watches;
}

/** The filters of a watch, limited to one of its groups. */
const groupFilters = ({ groupBy, filters }: Watch, values: readonly (string | null)[]): Map<GroupKey, FilterValues> => {
  const narrowed = new Map(filters);
  for (const [index, key] of groupBy.entries()) narrowed.set(key, [values[index] ?? null]);
  return narrowed;
};

const fitsWatch = ({ groupBy }: Watch, { values }: GatewayReference): boolean =>
  groupBy.length === 0 ? values.length === 1 && values[0] === '' : values.length === groupBy.length;

const sameWatch = (left: Watch['id'], right: Watch['id']): boolean => JSON.stringify(left) === JSON.stringify(right);

/** Detects one gateway anomaly again from the costs; null if there is none. */
export const createGatewayDetail = ({ clock, engine, detect, watches }: GatewayDetailOptions) => {
  const watchOf = async (connection: Connection, reference: GatewayReference, deadline: number) => {
    const { watches: all, failure } = await watches.of(connection, deadline);
    const watch = all.find(({ id }) => sameWatch(id, reference.watch));
    if (watch === undefined && failure !== null) throw failure;
    const today = clock.today();
    const possible =
      watch !== undefined && fitsWatch(watch, reference) && canWatch(connection, watch, today, addDays(today, 1));
    return possible ? watch : null;
  };

  const historyOf = (
    { amounts, currency }: GroupSeries,
    found: readonly GatewayAnomaly[],
    { day, upTo, hasGaps }: { readonly day: Day; readonly upTo: Day; readonly hasGaps: boolean },
  ): AnomalyDetails['history'] => {
    const expected = new Map(found.map((each) => [each.day, each.expected]));
    const end = earlier(addDays(day, daysAfter), upTo);
    return daysIn(addDays(day, -daysBefore), addDays(end, 1)).map((each) => {
      const amount = amounts.get(each) ?? (hasGaps ? null : zero);
      return {
        day: each,
        actual: amount === null ? null : money(amount, currency),
        expected: expected.get(each) ?? null,
      };
    });
  };

  return async (
    connection: Connection,
    reference: GatewayReference,
    deadline: number,
  ): Promise<Part<Detailed<GatewayAnomaly> | null>> => {
    const watch = await watchOf(connection, reference, deadline);
    const { day, currency } = reference;
    if (watch === null || day > clock.today()) return { ...emptyPart, value: null };
    const month = monthOf(day);
    const range = daysToJudge([month]);
    const filters = groupFilters(watch, reference.values);
    const query = watchQuery(
      { groupBy: watch.groupBy, filters },
      { start: range.start, end: earlier(range.end, addDays(clock.today(), 1)) },
      null,
    );
    const part = await engine.part(connection, query, { strict: false, noCache: false, deadline });
    const upTo = judgedThrough(part.completeThrough, clock.today());
    const hasGaps = part.state === 'partial';
    const matches = (await seriesOf(part.value, watch.groupBy, takeTurns(clock)))
      .sort((left, right) => (left.currency < right.currency ? -1 : 1))
      .map((series) => ({
        series,
        found: detect({ series, month, watch, upTo, hasGaps }).map((each) => anomalyOf(watch, series, each)),
      }))
      .filter(({ found }) => found.some((each) => each.day === day));
    const match = matches.find(({ series }) => currency === null || series.currency === currency);
    const anomaly = match?.found.find((each) => each.day === day);
    if (match === undefined || anomaly === undefined) {
      if (part.failure !== null) throw part.failure;
      return { ...part, value: null };
    }
    const { direction } = anomaly;
    const deviation = { day, currency: match.series.currency, direction, filters };
    const drilled = await drill(engine, connection, deviation, deadline);
    const detail = {
      rootCauses: [...drilled.rootCauses],
      history: historyOf(match.series, match.found, { day, upTo, hasGaps }),
      similar: [],
    };
    const value = { anomaly, detail };
    return drilled.failure === null ? { ...part, value } : joinParts(part, missingPart(drilled.failure), value);
  };
};
