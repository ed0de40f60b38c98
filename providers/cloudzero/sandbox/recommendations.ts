import type { Clock } from '../../../src/domain/clock.ts';
import type { SandboxReply, SandboxRequest, SandboxRoute } from '../../../src/vendor/sandbox/server.ts';
import { draw } from '../../../src/vendor/sandbox/world.ts';
import { layout } from './layout.ts';
import { parseObject } from './replies.ts';
import { livePagination, type ResultPage, ResultSets } from './result-sets.ts';

const path = '/v2/optimize/recommendations';
const statuses = ['not_started', 'in_progress', 'addressed', 'ignored'] as const;
const efforts = ['not_set', 'low', 'medium', 'high'] as const;
const limitMost = 60_000;
const leastDefault = 1;

const kinds = [
  {
    id: 'ec2-rightsize',
    service: 'AmazonEC2',
    title: 'Move the instance to a smaller class',
    category: 'Rightsizing',
    description: 'Instances whose processors were idle for most of the last 30 days.',
  },
  {
    id: 's3-lifecycle',
    service: 'AmazonS3',
    title: 'Let old versions expire',
    category: 'Storage',
    description: 'Buckets in which old versions take a large part.',
  },
  {
    id: 'rds-idle',
    service: 'AmazonRDS',
    title: 'Stop the database at night',
    category: 'Scheduling',
    description: 'Databases without a connection outside working hours.',
  },
] as const;

interface Recommendation {
  readonly recommendation_id: string;
  readonly cost_impact_last_30_days: number;
  status: string;
  effort: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

const invalid = (loc: readonly (string | number)[], msg: string, type: string): SandboxReply => ({
  status: 422,
  json: { detail: [{ loc, msg, type }] },
});

/** One for each resource of the services that have a kind, whatever the seed. */
const createAll = (loose: boolean): Recommendation[] =>
  layout()
    .flatMap((leaf): Recommendation[] => {
      const kind = kinds.find((each) => each.service === leaf.service);
      if (kind === undefined || leaf.resource === null) return [];
      const chance = draw('cloudzero-recommendation', leaf.name);
      const full = {
        source: 'CloudZero',
        work_item: null,
        realized_savings_last_30_days: 0,
        resource: leaf.resource,
        resource_type: leaf.family,
        resource_name: leaf.resource.split('/').at(-1) ?? null,
        account: [leaf.account],
        addressed_on_ts: null,
        cloud_provider: ['AWS'],
        region: leaf.region === null ? [] : [leaf.region],
        service: [leaf.service],
      };
      return [
        {
          recommendation_id: `rec-${leaf.resource.slice(-8)}`,
          cost_impact_last_30_days: Math.round(chance * 30_000) / 100,
          status: loose ? 'snoozed' : (statuses[Math.floor(chance * 4)] ?? 'not_started'),
          effort: efforts[Math.floor(draw('cloudzero-effort', leaf.name) * 4)] ?? 'not_set',
          fields: {
            title: kind.title,
            category: kind.category,
            optimization_id: kind.id,
            ...(loose ? { resource: null, account: [leaf.account, 'another'] } : full),
          },
        },
      ];
    })
    .sort((left, right) => right.cost_impact_last_30_days - left.cost_impact_last_30_days);

/** Live only: what the vendor recommends, with the errors that these routes have in place of the others. */
export const recommendationRoutes = (clock: Clock, loose: boolean): SandboxRoute[] => {
  const all = createAll(loose);
  const sets = new ResultSets<unknown>(clock);
  const show = ({ fields, ...each }: Recommendation) => ({ ...each, ...fields });

  const listed = (page: ResultPage<unknown>): SandboxReply => ({
    json: {
      recommendations: page.items,
      sorting: { current: { sort_key: 'cost_impact_last_30_days', sort_order: 'desc' } },
      columns: ['title', 'category', 'cost_impact_last_30_days'],
      // Without a cursor the caller has to go on by `offset`.
      pagination: loose
        ? { page_count: page.pages, item_count: page.items.length, total_count: page.total }
        : livePagination(page),
    },
  });

  const count = (query: URLSearchParams, name: string, fallback: number, most: number): number | null => {
    const text = query.get(name);
    if (text === null) return fallback;
    return /^\d{1,6}$/.test(text) && Number(text) <= most ? Number(text) : null;
  };

  const list = ({ query }: SandboxRequest): SandboxReply => {
    const cursor = query.get('cursor');
    if (cursor !== null) {
      const page = sets.follow(cursor);
      return page === null || page === 'expired'
        ? invalid(['query', 'cursor'], 'is no cursor', 'value_error')
        : listed(page);
    }
    const limit = count(query, 'limit', limitMost, limitMost);
    if (limit === null || limit === 0) return invalid(['query', 'limit'], 'is out of range', 'int_parsing');
    const offset = count(query, 'offset', 0, 999_999);
    if (offset === null) return invalid(['query', 'offset'], 'is out of range', 'int_parsing');
    const least = query.get('cost_impact_last_30_days[gte]') ?? String(leastDefault);
    if (!/^\d+(\.\d+)?$/.test(least)) {
      return invalid(['query', 'cost_impact_last_30_days[gte]'], 'is no number', 'float_parsing');
    }
    const wanted = query.getAll('status');
    const unknown = wanted.find((each) => !statuses.some((status) => status === each));
    if (unknown !== undefined) return invalid(['query', 'status', wanted.indexOf(unknown)], 'is no status', 'enum');
    const matching = all.filter(
      (each) => each.cost_impact_last_30_days >= Number(least) && (wanted.length === 0 || wanted.includes(each.status)),
    );
    const size = loose ? Math.min(limit, 5) : limit;
    const page = sets.first(matching.slice(offset).map(show), size);
    return listed({ ...page, total: matching.length });
  };

  const change = (request: SandboxRequest): SandboxReply => {
    const body = parseObject(request.body);
    if (!body.ok) return invalid(['body'], body.message, 'json_invalid');
    const { recommendation_ids: ids, updates, reason = null } = body.value;
    if (!Array.isArray(ids)) return invalid(['body', 'recommendation_ids'], 'Field required', 'missing');
    if (typeof updates !== 'object' || updates === null) {
      return invalid(['body', 'updates'], 'Field required', 'missing');
    }
    const { status, effort } = { status: undefined, effort: undefined, ...updates };
    if (status !== undefined && !statuses.some((each) => each === status)) {
      return invalid(['body', 'updates', 'status'], 'is no status', 'enum');
    }
    if (effort !== undefined && !efforts.some((each) => each === effort)) {
      return invalid(['body', 'updates', 'effort'], 'is no effort', 'enum');
    }
    for (const each of all.filter(({ recommendation_id }) => ids.includes(recommendation_id))) {
      if (status !== undefined) each.status = status;
      if (effort !== undefined) each.effort = effort;
    }
    return {
      json: {
        recommendation_ids: ids,
        updates,
        reason,
        status: status ?? 'not_started',
        updated_ts: Math.floor(clock.now() / 1000),
      },
    };
  };

  return [
    { method: 'GET', path, handle: list },
    { method: 'PATCH', path, handle: change },
    {
      method: 'GET',
      path: `${path}/:id`,
      handle: ({ params }) => {
        const found = all.find((each) => each.recommendation_id === params.id);
        if (found === undefined) return invalid(['path', 'recommendation_id'], 'is not there', 'value_error');
        return { json: { recommendation: { ...show(found), last_seen_ts: Math.floor(clock.now() / 1000) } } };
      },
    },
    {
      method: 'GET',
      path: '/v2/optimize/recommendation_types',
      handle: () =>
        loose
          ? { json: kinds.map(({ id }) => ({ id })) }
          : {
              json: kinds.map(({ id, title, description, category }) => ({
                id,
                title,
                description,
                category,
                cloud_provider: 'AWS',
                effort: 'low',
                status: 'enabled',
                stage: 'stable',
              })),
            },
    },
  ];
};
