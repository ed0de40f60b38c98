import type { Clock } from '../domain/clock.ts';
import { type Day, daysBetween, monthsIn } from '../domain/day.ts';
import type { Failure } from '../domain/failure/failure.ts';
import type { Connection } from '../vendor/connection.ts';
import { servedCostType } from './answer-quality.ts';
import { planSources } from './plan-sources.ts';
import { type MonthNeed, monthNeeds } from './planning/cover.ts';
import { priceList } from './planning/prices.ts';
import type { CostQuery } from './query/query.ts';
import type { Demand, SegmentStore } from './segments/segment-store.ts';

/** What is not stored of a query, read in steps. */
export interface Backlog {
  /** The steps that are left, oldest first: the vendor drops the oldest days first. */
  steps(connection: Connection, query: CostQuery, deadline: number): Promise<readonly Step[]>;
  /** Reads one step with the lowest claim on the quotas. Null when all of it is stored, else why it is not. */
  read(step: Step, deadline: number): Promise<Failure | null>;
}

/** What the vendor gives together: a month, or as many months as one call covers. */
export interface Step {
  readonly demand: Demand;
  readonly start: Day;
  /** Exclusive. */
  readonly end: Day;
  /** Estimated number of vendor calls. */
  readonly calls: number;
}

export const createBacklog = (clock: Clock, segmentStore: SegmentStore): Backlog => {
  const stepOf = async (
    demand: Omit<Demand, 'needs'>,
    needs: readonly MonthNeed[],
    deadline: number,
  ): Promise<Step[]> => {
    const { days } = await segmentStore.lacking({ ...demand, needs });
    const [first] = needs;
    const last = needs.at(-1);
    if (days === 0 || first === undefined || last === undefined) return [];
    const { cube } = demand.source;
    const prices = await priceList(demand.connection, [cube], deadline);
    const calls = (prices.get(cube.id) ?? 1) * (cube.span === 'day' ? days : 1);
    return [{ demand: { ...demand, needs }, start: first.start, end: last.end, calls }];
  };

  return {
    steps: async (connection, query, deadline) => {
      const { costs } = connection.connector.capabilities;
      const needs = monthNeeds(query, clock.today());
      const costType = servedCostType(costs.costTypes, query.costType);
      const filing = await connection.filing(deadline);
      const plan = await planSources(segmentStore, { connection, filing, costType, query, needs, deadline });
      if (!plan.ok) return [];
      const steps: Step[] = [];
      for (const [source, months] of plan.chosen) {
        for (const group of groupsOf(months, source.cube.span === 'range' ? (source.cube.monthsMax ?? 1) : 1)) {
          steps.push(...(await stepOf({ connection, filing, source, costType }, group, deadline)));
        }
      }
      return steps.sort((left, right) => daysBetween(right.start, left.start));
    },
    read: async ({ demand }, deadline) => {
      const stored = await segmentStore.ensure(demand, { noCache: false, deadline, purpose: 'backfill' });
      return stored.find((month) => month.failure !== null)?.failure ?? null;
    },
  };
};

/** Consecutive months, at most `size` in one group. */
const groupsOf = (needs: readonly MonthNeed[], size: number): MonthNeed[][] => {
  const groups: MonthNeed[][] = [];
  for (const need of needs) {
    const group = groups.at(-1);
    const first = group?.[0];
    if (group !== undefined && first !== undefined && monthsIn(first.start, need.end).length <= size) group.push(need);
    else groups.push([need]);
  }
  return groups;
};
