import { z } from 'zod';
import { addDays } from '../../src/domain/day.ts';
import type { PermissionProbe, Probes, Session, VendorRequest } from '../../src/vendor/kit/index.ts';
import { type Operation, operations } from './catalogue.ts';
import { type Dialect, type DialectSetting, dialectOf } from './dialect.ts';
import { type CostQuery, dimensionsRequest, liveCostRequest, publishedCostRequest, requestOf } from './requests.ts';

const mendFor = (scope: string): string =>
  `Grant the scope ${scope} to the API key in the settings of CloudZero; keys made before a scope existed do not have it.`;

/** What the probes below do not try, by scope: nothing but a change shows these. */
const untried = (tried: readonly PermissionProbe[]): PermissionProbe[] => {
  const done = new Set(tried.map(({ permission }) => permission));
  const { validateBillingDrop } = operations;
  const left = Object.values(operations).filter(({ scope }) => scope !== null && !done.has(scope));
  const byScope = new Map(left.map((operation) => [operation.scope ?? '', operation]));
  return [...byScope].map(([permission, { id }]) => ({
    permission,
    neededFor: 'changes at the vendor',
    mend: mendFor(permission),
    ...(id === validateBillingDrop.id ? { attempt: async () => 'only rows of a bill would show it' } : {}),
  }));
};

const firstOf = z.object({ id: z.union([z.string().min(1), z.number()]).transform(String) });
const listSchema = z.record(z.string(), z.unknown());

/** The id of the first item, whatever the list is called; null where there is none. */
const firstId = (json: unknown): string | null => {
  const lists = listSchema.safeParse(json);
  const list: unknown = lists.success ? Object.values(lists.data).find((each) => Array.isArray(each)) : null;
  const first = firstOf.safeParse(Array.isArray(list) ? list[0] : null);
  return first.success ? first.data.id : null;
};

/** One run of the probes. The first answer tells the dialect, so that the others ask in it. */
const permissionsFor = (setting: DialectSetting): PermissionProbe[] => {
  let dialect: Dialect = setting === 'published' ? 'published' : 'live';
  const firstIds = new Map<string, string | null>();
  const once = (session: Session, request: VendorRequest) => session.call({ ...request, attemptsMax: 1 });
  const probe = (
    { scope }: Operation,
    neededFor: string,
    attempt: NonNullable<PermissionProbe['attempt']>,
  ): PermissionProbe => ({ permission: scope ?? '', neededFor, mend: mendFor(scope ?? ''), attempt });

  const list = (operation: Operation, neededFor: string): PermissionProbe =>
    probe(operation, neededFor, async (session) => {
      const query: VendorRequest['query'] =
        dialect === 'live'
          ? [['limit', '1']]
          : [
              ['page', '1'],
              ['page_size', '1'],
            ];
      firstIds.set(operation.id, firstId((await once(session, { ...requestOf(operation), query })).json));
      return null;
    });
  const one = (operation: Operation, of: Operation, thing: string): PermissionProbe =>
    probe(operation, `one ${thing} with its details`, async (session) => {
      const id = firstIds.get(of.id) ?? null;
      if (id === null) return `there is no ${thing} to try it on`;
      await once(session, requestOf(operation, id));
      return null;
    });
  const onlyLive = (each: PermissionProbe): PermissionProbe => ({
    ...each,
    attempt: async (session) =>
      dialect === 'live' ? ((await each.attempt?.(session)) ?? null) : 'this dialect of the API has no such operation',
  });

  const probes = [
    probe(operations.getBillingDimensions, 'dimensions, and to find out the dialect', async (session) => {
      const reply = await once(session, dimensionsRequest());
      if (setting === 'auto') dialect = dialectOf(reply);
      return null;
    }),
    list(operations.getBudgets, 'budgets'),
    onlyLive(one(operations.getOneBudget, operations.getBudgets, 'budget')),
    list(operations.getInsights, 'anomalies and monitors'),
    onlyLive(list(operations.getViews, 'monitors and the scope of budgets')),
    onlyLive(one(operations.getOneView, operations.getViews, 'view')),
    // Nothing else shows this permission, and each attempt is charged: a query without groups over one day, sent last.
    probe(operations.getBillingCosts, 'costs', async (session) => {
      const end = session.today();
      const query: CostQuery = { start: addDays(end, -1), end, costType: 'billed', granularity: 'daily', groupBy: [] };
      await once(session, dialect === 'live' ? liveCostRequest(query, null) : publishedCostRequest(query, null));
      return null;
    }),
  ];
  return [...probes, ...untried(probes)];
};

export const probesFor = (setting: DialectSetting): Probes => ({ permissions: () => permissionsFor(setting) });
