import type { GatewayClient } from 'cost-gateway/client';

/**
 * The data of Backstage's Cost Insights page, from a cost-gateway. The types below are those of
 * `CostInsightsApi` in `@backstage-community/plugin-cost-insights`; there, write `implements` and import them.
 */

export interface DateAggregation {
  readonly date: string;
  readonly amount: number;
}
export interface ChangeStatistic {
  /** Absent where there was nothing before. */
  readonly ratio?: number;
  readonly amount: number;
}
export interface Cost {
  readonly id: string;
  readonly aggregation: DateAggregation[];
  readonly change: ChangeStatistic;
  readonly groupedCosts?: Record<string, Cost[]>;
}
export interface Entity {
  readonly id: string | null;
  readonly aggregation: [number, number];
  readonly entities: Record<string, Entity[]>;
  readonly change: ChangeStatistic;
}
export interface Named {
  readonly id: string;
  readonly name?: string;
}
export interface ProductInsightsOptions {
  readonly product: string;
  readonly group: string;
  readonly intervals: string;
  readonly project: string | null;
}

export interface CostInsightsSettings {
  readonly gateway: GatewayClient;
  /** Cost Insights draws one currency. */
  readonly currency: string;
  /** Which groups somebody belongs to; the catalog knows. */
  readonly groupsOf: (userId: string) => Promise<Named[]>;
  /** Whose cost belongs to a group, such as `['team=checkout']`; everybody's when empty. */
  readonly tagsOf: (group: string) => string[];
}

interface Periods {
  readonly start: string;
  /** Where the second period begins. */
  readonly middle: string;
  /** Exclusive. */
  readonly end: string;
}

const dayMs = 86_400_000;
const dayOf = (instant: number): string => new Date(instant).toISOString().slice(0, 10);
const daysBefore = (day: string, days: number): string => dayOf(Date.parse(day) - days * dayMs);
const monthsBefore = (day: string, months: number): string => {
  const date = new Date(day);
  return dayOf(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - months, date.getUTCDate()));
};

/** `R2/P30D/2026-11-01`: twice thirty days up to that day, which is exclusive. */
export const periodsOf = (intervals: string): Periods => {
  const [, number, unit, end = ''] = /^R2\/P(\d+)([DM])\/(\d{4}-\d{2}-\d{2})$/.exec(intervals) ?? [];
  if (number === undefined) throw new TypeError(`${intervals} is no repeating interval`);
  const before = (day: string, times: number): string =>
    unit === 'D' ? daysBefore(day, times * Number(number)) : monthsBefore(day, times * Number(number));
  return { start: before(end, 2), middle: before(end, 1), end };
};

const sumOf = (days: readonly DateAggregation[]): number => days.reduce((sum, { amount }) => sum + amount, 0);

const changeOf = (before: number, after: number): ChangeStatistic =>
  before === 0 ? { amount: after - before } : { ratio: (after - before) / before, amount: after - before };

const costOf = (id: string, amounts: ReadonlyMap<string, number>, { start, middle, end }: Periods): Cost => {
  const aggregation: DateAggregation[] = [];
  for (let date = start; date < end; date = daysBefore(date, -1)) {
    aggregation.push({ date, amount: amounts.get(date) ?? 0 });
  }
  const before = sumOf(aggregation.filter(({ date }) => date < middle));
  return { id, aggregation, change: changeOf(before, sumOf(aggregation) - before) };
};

interface Filters {
  readonly account?: string[];
  readonly service?: string[];
  readonly tag?: string[];
}

/** Charts take numbers, so the exact amounts of the gateway become floating at this last step, and are never summed before. */
export class GatewayCostInsights {
  readonly #settings: CostInsightsSettings;

  constructor(settings: CostInsightsSettings) {
    this.#settings = settings;
  }

  /** The last day that every provider has wholly reported. */
  async getLastCompleteBillingDate(): Promise<string> {
    const days: string[] = [];
    for await (const { completeThrough } of this.#settings.gateway.items('/v1/providers')) {
      if (completeThrough !== null) days.push(completeThrough);
    }
    const [first] = days.sort();
    if (first === undefined) throw new Error('no provider says how far it has reported');
    return first;
  }

  getUserGroups(userId: string): Promise<Named[]> {
    return this.#settings.groupsOf(userId);
  }

  async getGroupProjects(_group: string): Promise<Named[]> {
    const projects: Named[] = [];
    for await (const { nativeId, name } of this.#settings.gateway.items('/v1/accounts')) {
      projects.push({ id: nativeId, name });
    }
    return projects;
  }

  async getGroupDailyCost(group: string, intervals: string): Promise<Cost> {
    const filters = { tag: this.#settings.tagsOf(group) };
    const whole = await this.#dailyCost(group, intervals, filters);
    return { ...whole, groupedCosts: { product: await this.#dailyCostsByService(intervals, filters) } };
  }

  getProjectDailyCost(project: string, intervals: string): Promise<Cost> {
    return this.#dailyCost(project, intervals, { account: [project] });
  }

  /** Metrics of the business are nothing that a gateway of costs knows. */
  async getDailyMetricData(metric: string, _intervals: string): Promise<never> {
    throw new Error(`there is no metric ${metric}`);
  }

  async getProductInsights({ product, group, intervals, project }: ProductInsightsOptions): Promise<Entity> {
    const periods = periodsOf(intervals);
    const filters: Filters = {
      service: [product],
      tag: this.#settings.tagsOf(group),
      ...(project === null ? {} : { account: [project] }),
    };
    const before = await this.#byAccount(periods.start, periods.middle, filters);
    const after = await this.#byAccount(periods.middle, periods.end, filters);
    const accounts = [...new Set([...before.keys(), ...after.keys()])];
    const entityOf = (
      id: string | null,
      first: number,
      second: number,
      entities: Record<string, Entity[]>,
    ): Entity => ({
      id,
      aggregation: [first, second],
      change: changeOf(first, second),
      entities,
    });
    const parts = accounts.map((id) => entityOf(id, before.get(id) ?? 0, after.get(id) ?? 0, {}));
    const total = (index: 0 | 1): number => parts.reduce((sum, { aggregation }) => sum + aggregation[index], 0);
    return entityOf(product, total(0), total(1), { account: parts });
  }

  /** Cost Insights draws its own alerts; those of the gateway are at `/v1/anomalies`. */
  async getAlerts(_group: string): Promise<never[]> {
    return [];
  }

  /** Strict: rather an error on the page than a drop in a chart that is none. */
  #rows(start: string, end: string, groupBy: string[], filters: Filters, granularity: 'daily' | 'total') {
    const { gateway, currency } = this.#settings;
    const query = { start, end, granularity, groupBy, currency, strict: true, limit: 1000, ...filters };
    return gateway.items('/v1/costs', { params: { query } });
  }

  async #dailyCost(id: string, intervals: string, filters: Filters): Promise<Cost> {
    const periods = periodsOf(intervals);
    const amounts = new Map<string, number>();
    for await (const { start, cost } of this.#rows(periods.start, periods.end, [], filters, 'daily')) {
      amounts.set(start, Number(cost.amount));
    }
    return costOf(id, amounts, periods);
  }

  async #dailyCostsByService(intervals: string, filters: Filters): Promise<Cost[]> {
    const periods = periodsOf(intervals);
    const services = new Map<string, Map<string, number>>();
    for await (const { start, group, cost } of this.#rows(periods.start, periods.end, ['service'], filters, 'daily')) {
      const service = group.service ?? 'none';
      const amounts = services.get(service) ?? new Map<string, number>();
      services.set(service, amounts.set(start, Number(cost.amount)));
    }
    return [...services].map(([service, amounts]) => costOf(service, amounts, periods));
  }

  async #byAccount(start: string, end: string, filters: Filters): Promise<Map<string | null, number>> {
    const amounts = new Map<string | null, number>();
    for await (const { group, cost } of this.#rows(start, end, ['account'], filters, 'total')) {
      amounts.set(group.account ?? null, Number(cost.amount));
    }
    return amounts;
  }
}
