import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import type { CostEngine } from '../../costs/engine.ts';
import type { CostRow } from '../../costs/rows/arrange.ts';
import type { Clock } from '../../domain/clock.ts';
import { addDays, type Day, earlier, type Month } from '../../domain/day.ts';
import { gatewayAnomalySchema } from '../../domain/nouns.ts';
import type { Connection } from '../../vendor/connection.ts';
import type { Note, Reading, ReadingFault } from '../../vendor/contract/contract.ts';
import type { ListCache } from '../../vendor/list-cache.ts';
import type { Part } from '../../vendor/part.ts';
import { digestOf } from '../writes/fingerprint.ts';
import { anomalyOf, type GatewayAnomaly } from './gateway-anomaly.ts';
import { daysToJudge, type MonthDetector } from './month-detector.ts';
import { seriesOf } from './series.ts';
import { canWatch, groupsMax, type Watch, watchQuery } from './watch.ts';
import type { Watches } from './watches.ts';

/** What the gateway itself finds out of line, in the same figures that costs are answered with. */
export interface GatewayAnomalies {
  /** Those that begin in these months; null where no day of this connection can be looked at. */
  read(
    connection: Connection,
    months: readonly Month[],
    ask: { readonly noCache: boolean; readonly deadline: number },
  ): Promise<Part<readonly GatewayAnomaly[]> | null>;
}

export interface GatewayAnomaliesOptions {
  readonly clock: Clock;
  readonly engine: CostEngine;
  readonly listCache: ListCache;
  readonly detect: MonthDetector;
  readonly watches: Watches;
}

const foundSchema = z.object({ anomalies: z.array(gatewayAnomalySchema), completeThrough: z.string().nullable() });
type FoundAnomalies = z.output<typeof foundSchema>;

const maxAgeMs = 3_600_000;
const costMsMax = 55_000;

/** Figures of today and yesterday are never the last word, whatever is not known of the vendor. */
export const judgedThrough = (completeThrough: Day | null, today: Day): Day =>
  earlier(completeThrough ?? addDays(today, -2), addDays(today, -1));

/** What passes is tried again at the next request, not kept for an hour. */
const lasts = ({ failure }: Part<CostRow[]>): boolean => failure === null || failure.kind === 'vendor-incomplete';

const nameOf = ({ id, name }: Watch): string => ('dimension' in id ? id.dimension : (name ?? id.monitor));

const onlyLargest = (watch: Watch): Note => ({
  code: 'gateway-watches-largest',
  message: `only the ${groupsMax} largest groups are watched by ${nameOf(watch)}`,
});
const unwatched = (watch: Watch): Note => ({
  code: 'monitor-unwatched',
  message: `${nameOf(watch)} asks for what no daily cost of this connection tells apart; it watches nothing`,
});

export const createGatewayAnomalies = (options: GatewayAnomaliesOptions): GatewayAnomalies => {
  const { clock, engine, listCache, detect, watches } = options;

  const look = async (connection: Connection, watch: Watch, months: readonly Month[], deadline: number) => {
    const range = daysToJudge(months);
    const end = earlier(range.end, addDays(clock.today(), 1));
    const query = watchQuery(watch, { start: range.start, end });
    const part = await engine.part(connection, query, { strict: false, noCache: false, deadline });
    if (part.failure !== null && !lasts(part)) throw part.failure;
    const upTo = judgedThrough(part.completeThrough, clock.today());
    const anomalies: GatewayAnomaly[] = [];
    const holes = part.state === 'partial';
    for (const series of seriesOf(part.value, watch.groupBy)) {
      for (const month of months) {
        const found = detect({ series, month, watch, upTo, holes });
        anomalies.push(...found.map((each) => anomalyOf(watch, series, each)));
        // Judging takes milliseconds: others have their turn in between.
        await nextTurn();
      }
    }
    return { part, anomalies };
  };

  /** One watch after the other, so that what the first has paid for costs the next ones nothing. */
  const load = async (
    connection: Connection,
    months: readonly Month[],
    wanted: readonly Watch[],
  ): Promise<Reading<FoundAnomalies>> => {
    const deadline = clock.monotonic() + costMsMax;
    const anomalies: GatewayAnomaly[] = [];
    const notes = new Map<string, Note>();
    const faults: ReadingFault[] = [];
    let completeThrough: Day | null = null;
    const note = (each: Note) => notes.set(`${each.code} ${each.message}`, each);
    for (const watch of wanted) {
      if (!isPossible(connection, watch)) {
        note(unwatched(watch));
        continue;
      }
      const { part, anomalies: found } = await look(connection, watch, months, deadline);
      anomalies.push(...found);
      completeThrough = part.completeThrough;
      part.notes.forEach(note);
      if (part.value.some((row) => row.other === true)) note(onlyLargest(watch));
      if (part.failure !== null)
        faults.push({ path: `costs by ${nameOf(watch)}`, message: part.failure.details.public });
    }
    return { items: [{ anomalies, completeThrough }], notes: [...notes.values()], faults };
  };

  const isPossible = (connection: Connection, watch: Watch): boolean =>
    canWatch(connection, watch, clock.today(), addDays(clock.today(), 1));

  return {
    read: async (connection, months, ask) => {
      const all = await watches.of(connection, ask.deadline);
      const wanted = all.filter((watch) => 'monitor' in watch.id || isPossible(connection, watch));
      const [first] = months;
      if (wanted.length === 0 || first === undefined) return null;
      const mark = digestOf(wanted.map(({ filters, ...rest }) => ({ ...rest, filters: [...filters] }))).slice(0, 16);
      const part = await listCache.read(connection, {
        ...ask,
        name: `gateway-anomalies/${first}/${months.at(-1)}/${mark}`,
        item: foundSchema,
        maxAgeMs,
        load: () => load(connection, months, wanted),
      });
      const [found] = part.value;
      return { ...part, value: found?.anomalies ?? [], completeThrough: found?.completeThrough ?? null };
    },
  };
};
