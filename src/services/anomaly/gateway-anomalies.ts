import { z } from 'zod';
import type { CostEngine } from '../../costs/engine.ts';
import type { CostRow } from '../../costs/rows/arrange.ts';
import type { Clock } from '../../domain/clock.ts';
import { addDays, type Day, earlier, type Month } from '../../domain/day.ts';
import { gatewayAnomalySchema } from '../../domain/nouns.ts';
import { longItem, takeTurns } from '../../domain/turns.ts';
import type { Connection } from '../../vendor/connection.ts';
import type { Note, Reading, ReadingFault } from '../../vendor/contract/contract.ts';
import type { ListCache } from '../../vendor/list-cache.ts';
import type { Part } from '../../vendor/part.ts';
import { jsonDigest } from '../writes/fingerprint.ts';
import { anomalyOf, type GatewayAnomaly } from './gateway-anomaly.ts';
import { daysToJudge, type MonthDetector } from './month-detector.ts';
import { seriesOf } from './series.ts';
import { canWatch, groupsMax, type Watch, watchQuery } from './watch.ts';
import type { Watches } from './watches.ts';

/** Anomalies that the gateway detects, in the same figures as all cost answers. */
export interface GatewayAnomalies {
  /** The anomalies that begin in these months; null if the connection has no daily costs to watch. */
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

const gatewayAnomaliesMaxAgeMs = 3_600_000;
const costsMsMax = 55_000;

/** The last day to judge. Today is never judged; without `completeThrough`, yesterday is not either. */
export const judgedThrough = (completeThrough: Day | null, today: Day): Day =>
  earlier(completeThrough ?? addDays(today, -2), addDays(today, -1));

/** A part with a temporary failure is not cached, so that the next request tries again. */
const isCacheable = ({ failure }: Part<CostRow[]>): boolean => failure === null || failure.kind === 'vendor-incomplete';

const watchName = ({ id, name }: Watch): string => ('dimension' in id ? id.dimension : (name ?? id.monitor));

const onlyLargestNote = (watch: Watch): Note => ({
  code: 'gateway-watches-largest',
  message: `only the ${groupsMax} largest groups are watched by ${watchName(watch)}`,
});
const unwatchedNote = (watch: Watch): Note => ({
  code: 'monitor-unwatched',
  message: `${watchName(watch)} needs dimensions that no daily cost of this connection has; it watches nothing`,
});

export const createGatewayAnomalies = (options: GatewayAnomaliesOptions): GatewayAnomalies => {
  const { clock, engine, listCache, detect, watches } = options;

  const detectIn = async (connection: Connection, watch: Watch, months: readonly Month[], deadline: number) => {
    const range = daysToJudge(months);
    const end = earlier(range.end, addDays(clock.today(), 1));
    const query = watchQuery(watch, { start: range.start, end });
    const part = await engine.part(connection, query, { strict: false, noCache: false, deadline });
    const turns = takeTurns(clock);
    if (part.failure !== null && !isCacheable(part)) throw part.failure;
    const upTo = judgedThrough(part.completeThrough, clock.today());
    const anomalies: GatewayAnomaly[] = [];
    const hasGaps = part.state === 'partial';
    for (const series of await seriesOf(part.value, watch.groupBy, turns)) {
      for (const month of months) {
        const found = detect({ series, month, watch, upTo, hasGaps });
        anomalies.push(...found.map((each) => anomalyOf(watch, series, each)));
        if (turns.due(longItem)) await turns.next();
      }
    }
    return { part, anomalies };
  };

  /** One watch after another, so that later ones use what the first has fetched. */
  const load = async (
    connection: Connection,
    months: readonly Month[],
    wanted: readonly Watch[],
  ): Promise<Reading<FoundAnomalies>> => {
    const deadline = clock.monotonic() + costsMsMax;
    const anomalies: GatewayAnomaly[] = [];
    const notes = new Map<string, Note>();
    const faults: ReadingFault[] = [];
    let completeThrough: Day | null = null;
    const note = (each: Note) => notes.set(`${each.code} ${each.message}`, each);
    for (const watch of wanted) {
      if (!isPossible(connection, watch)) {
        note(unwatchedNote(watch));
        continue;
      }
      const { part, anomalies: found } = await detectIn(connection, watch, months, deadline);
      anomalies.push(...found);
      completeThrough = part.completeThrough;
      part.notes.forEach(note);
      if (part.value.some((row) => row.other === true)) note(onlyLargestNote(watch));
      if (part.failure !== null)
        faults.push({ path: `costs by ${watchName(watch)}`, message: part.failure.details.public });
    }
    return { items: [{ anomalies, completeThrough }], notes: [...notes.values()], faults };
  };

  const isPossible = (connection: Connection, watch: Watch): boolean =>
    canWatch(connection, watch, clock.today(), addDays(clock.today(), 1));

  return {
    read: async (connection, months, ask) => {
      const { watches: all, failure } = await watches.of(connection, ask.deadline);
      const wanted = all.filter((watch) => 'monitor' in watch.id || isPossible(connection, watch));
      const [first] = months;
      if (wanted.length === 0 || first === undefined) return null;
      const watchesDigest = jsonDigest(
        wanted.map(({ filters, ...rest }) => ({ ...rest, filters: [...filters] })),
      ).slice(0, 16);
      const part = await listCache.read(connection, {
        ...ask,
        name: `gateway-anomalies/${first}/${months.at(-1)}/${watchesDigest}`,
        item: foundSchema,
        maxAgeMs: gatewayAnomaliesMaxAgeMs,
        load: () => load(connection, months, wanted),
      });
      const [found] = part.value;
      return {
        ...part,
        ...(failure !== null && part.state === 'fresh' ? { state: 'stale' as const, failure } : {}),
        value: found?.anomalies ?? [],
        completeThrough: found?.completeThrough ?? null,
      };
    },
  };
};
