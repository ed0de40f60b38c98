import type { Clock } from '../../../src/domain/clock.ts';
import { decimalText } from '../../../src/domain/decimal.ts';
import type { SandboxReply, SandboxRequest, SandboxRoute } from '../../../src/vendor/sandbox/server.ts';
import { checkQuery, groupText, liveDialect, publishedDialect } from './cost-query.ts';
import { parseObject, refusal } from './replies.ts';
import { livePagination, type ResultPage, ResultSets } from './result-sets.ts';
import type { World } from './world.ts';

const dayMs = 86_400_000;
const queriesPerDay = 60;
const pageSize = 10_000;
const loosePageSize = 25;
const path = '/v2/billing/costs';

/** Allows sixty queries in any 24 hours. Further pages are free. */
class Allowance {
  readonly #clock: Clock;
  #spent: number[] = [];
  constructor(clock: Clock) {
    this.#clock = clock;
  }
  /** False if the allowance is used up. */
  spend(): boolean {
    const now = this.#clock.now();
    this.#spent = this.#spent.filter((at) => now - at < dayMs);
    if (this.#spent.length >= queriesPerDay) return false;
    this.#spent.push(now);
    return true;
  }
}

const tooMany = 'The limit of 60 requests a day has been reached.';
const gone = 'The results of this query have expired. Run it again.';

/** An account as the number that its digits are; one that begins with a zero stays text. */
const looseJson = (text: string): string => (/^[1-9]\d{0,14}$/.test(text) ? text : JSON.stringify(text));

export const liveCostRoutes = (world: World, clock: Clock, loose: boolean): SandboxRoute[] => {
  const sets = new ResultSets<string>(clock);
  const allowance = new Allowance(clock);

  /** Figures are written as text, because a double would lose digits. */
  const reply = (page: ResultPage<string>): SandboxReply => {
    const { total_count: _, ...uncounted } = livePagination(page);
    const pagination = loose ? uncounted : livePagination(page);
    return {
      contentType: 'application/json',
      text: `{"costs":[${page.items.join(',')}],"pagination":${JSON.stringify(pagination)}}`,
    };
  };

  const query = (request: SandboxRequest): SandboxReply => {
    if (!allowance.spend()) return refusal('live', 429, tooMany);
    const { query: given } = request;
    const filters = parseObject(given.get('filters') ?? '{}');
    if (!filters.ok) return refusal('live', 400, 'filters is not a JSON object');
    const checked = checkQuery(
      {
        start: given.get('start_date'),
        end: given.get('end_date'),
        groupBy: given.getAll('group_by'),
        filters: filters.value,
        granularity: given.get('granularity') ?? 'daily',
        costType: given.get('cost_type') ?? 'real_cost',
      },
      liveDialect,
      clock.today(),
    );
    if (!checked.ok) return refusal('live', 400, checked.message);
    const heads = new Map<readonly (string | null)[], string>();
    const valueJson = loose ? looseJson : JSON.stringify;
    const groupJson = (values: readonly (string | null)[]): string =>
      checked.value.groupBy
        .map((id, at) => `,${JSON.stringify(id)}:${valueJson(groupText(values[at] ?? null))}`)
        .join('');
    const offset = loose ? '' : '+00:00';
    const rows = world.spend(checked.value).map((row) => {
      const head = heads.get(row.values) ?? groupJson(row.values);
      heads.set(row.values, head);
      return `{"usage_date":"${row.period}T00:00:00${offset}","cost":${decimalText(row.amount)}${head}}`;
    });
    return reply(sets.first(rows, loose ? loosePageSize : pageSize));
  };

  const follow = (cursor: string): SandboxReply => {
    const page = sets.follow(cursor);
    if (page === null) return refusal('live', 400, 'cursor is no cursor');
    return page === 'expired' ? refusal('live', 410, gone) : reply(page);
  };

  return [
    {
      method: 'GET',
      path,
      handle: (request) => {
        const cursor = request.query.get('cursor');
        return cursor === null ? query(request) : follow(cursor);
      },
    },
    { method: 'POST', path, handle: () => refusal('live', 405, 'Method Not Allowed') },
  ];
};

interface Point {
  /** The group's values as JSON. */
  readonly group: string;
  readonly json: string;
}

const publishedReply = (page: ResultPage<Point>, url: string, loose: boolean): SandboxReply => {
  const groups = new Map<string, string[]>();
  for (const point of page.items) {
    const points = groups.get(point.group);
    if (points === undefined) groups.set(point.group, [point.json]);
    else points.push(point.json);
  }
  const data = [...groups].map(([group, points]) => `{"group":${group},"cost":[${points.join(',')}]}`);
  const link = (cursor: string) => `${url}${path}?cursor=${cursor}`;
  const pagination = {
    ...(page.next === null ? {} : { next: link(page.next) }),
    ...(page.previous === null ? {} : { previous: link(page.previous) }),
    ...(loose ? {} : { total: page.total }),
  };
  return {
    contentType: 'application/json',
    text: `{"data":[${data.join(',')}],"pagination":${JSON.stringify(pagination)}}`,
  };
};

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

export const publishedCostRoutes = (world: World, clock: Clock, loose: boolean): SandboxRoute[] => {
  const sets = new ResultSets<Point>(clock);
  const allowance = new Allowance(clock);

  const query = (request: SandboxRequest): SandboxReply => {
    if (!allowance.spend()) return refusal('published', 429, tooMany);
    const body = parseObject(request.body);
    if (!body.ok) return refusal('published', 400, body.message);
    const { start, end, group_by = [], filter, granularity = 'daily', cost_type = 'real' } = body.value;
    if (!Array.isArray(group_by) || textOf(end) === null) return refusal('published', 400, 'the body does not fit');
    const checked = checkQuery(
      {
        start: textOf(start),
        end: textOf(end),
        groupBy: group_by.map(String),
        filters: filter,
        granularity: String(granularity),
        costType: String(cost_type),
      },
      publishedDialect,
      clock.today(),
    );
    if (!checked.ok) return refusal('published', 400, checked.message);
    const { groupBy } = checked.value;
    const heads = new Map<readonly (string | null)[], string>();
    const points = world.spend(checked.value).map((row): Point => {
      const group =
        heads.get(row.values) ??
        JSON.stringify(Object.fromEntries(groupBy.map((id, at) => [id, groupText(row.values[at] ?? null)])));
      heads.set(row.values, group);
      return { group, json: `{"timestamp":"${row.period}T00:00:00Z","value":${decimalText(row.amount)}}` };
    });
    return publishedReply(sets.first(points, loose ? loosePageSize : pageSize), request.url, loose);
  };

  const follow = (cursor: string, url: string): SandboxReply => {
    const page = sets.follow(cursor);
    if (page === null) return refusal('published', 400, 'cursor is no cursor');
    return page === 'expired' ? refusal('published', 410, gone) : publishedReply(page, url, loose);
  };

  return [
    {
      method: 'POST',
      path,
      handle: (request) => {
        const cursor = request.query.get('cursor');
        return cursor === null ? query(request) : follow(cursor, request.url);
      },
    },
    { method: 'GET', path, handle: () => refusal('published', 405, 'Method Not Allowed') },
  ];
};
