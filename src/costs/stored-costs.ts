import type { Clock } from '../domain/clock.ts';
import { takeTurns } from '../domain/turns.ts';
import type { Connection } from '../vendor/connection.ts';
import type { Part } from '../vendor/part.ts';
import { costTypeNotes, partOf, servedCostType } from './answer-quality.ts';
import { canServe, cover, monthNeeds } from './planning/cover.ts';
import { type CostQuery, knownEnd, wantedDimensions } from './query/query.ts';
import { aggregate, oneSpan } from './rows/aggregate.ts';
import { arrange, type CostRow, labelsOf } from './rows/arrange.ts';
import { segmentKey } from './segments/fetch-order.ts';
import type { SegmentCache } from './segments/segment-cache.ts';
import type { Demand, SegmentStore, StoredMonth } from './segments/segment-store.ts';
import type { SegmentWriter } from './segments/segment-writer.ts';

/** Costs that are known already. */
export interface StoredCosts {
  /** One connection's rows where all of them are stored and not too old; null otherwise. It makes no call for costs. */
  part(connection: Connection, query: CostQuery, deadline: number): Promise<Part<CostRow[]> | null>;
}

export interface StoredCostOptions {
  readonly clock: Clock;
  readonly segmentCache: SegmentCache;
  readonly segmentStore: SegmentStore;
  readonly segmentWriter: SegmentWriter;
}

export const createStoredCosts = (options: StoredCostOptions): StoredCosts => {
  const { clock, segmentCache, segmentStore, segmentWriter } = options;

  const storedMonths = async (demand: Demand): Promise<StoredMonth[] | null> => {
    const { days, beyondHistory } = await segmentStore.lacking(demand);
    if (days > 0 || beyondHistory > 0) return null;
    const { source } = demand;
    return Promise.all(
      demand.needs.map(async (need) => {
        const segment = await segmentCache.get(segmentKey(demand, need.month));
        return { need, source, segment, absent: [], beyondHistory: [], failure: null };
      }),
    );
  };

  return {
    part: async (connection, query, deadline) => {
      const { costs } = connection.connector.capabilities;
      const today = clock.today();
      const needs = monthNeeds(query, today);
      const coverage = cover(query, needs, costs.cubes);
      if (!coverage.ok) return null;
      const filing = await connection.filing(deadline);
      const costType = servedCostType(costs.costTypes, query.costType);
      const { grouped, filtered } = wantedDimensions(query);
      const others = await Promise.all(
        coverage.sources.map(async (source) => [
          ...(await segmentStore.supersets(filing, source, costType)),
          ...(await segmentStore.olderLayouts(filing, source, [...grouped, ...filtered], costType)),
        ]),
      );
      for (const source of [...coverage.sources, ...others.flat()]) {
        if (!needs.every((need) => canServe(source, need, query))) continue;
        const months = await storedMonths({ connection, filing, source, costType, needs });
        if (months === null) continue;
        const part = partOf(segmentWriter, connection, months, costTypeNotes(connection, query), coverage.missing);
        const turns = takeTurns(clock, { deadline });
        const cells = await aggregate(query, part.value, oneSpan, turns, Number.POSITIVE_INFINITY);
        const labels = await labelsOf(part.value, turns);
        return { ...part, value: await arrange(query, cells, labels, knownEnd(query, today), turns) };
      }
      return null;
    },
  };
};
