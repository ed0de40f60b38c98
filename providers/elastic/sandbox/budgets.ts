import { z } from 'zod';
import type { SandboxReply, SandboxRequest, SandboxRoute } from '../../../src/vendor/sandbox/server.ts';
import { instances } from './instances.ts';
import { errorReply, jsonReply } from './replies.ts';

const organizationGroups = ['organization-admins', 'billing-admins'] as const;
const resourceGroups = ['resource-viewers', 'resource-editors', 'resource-admins'] as const;
const alertsMax = 10;

const alertSchema = z.strictObject({
  operator: z.enum(['gte', 'lte']),
  threshold: z.int().min(0),
  threshold_type: z.enum(['percentage', 'amount']),
});
const bodySchema = z
  .strictObject({
    name: z.string().min(1).optional(),
    amount: z.int().min(1),
    period: z.literal('monthly'),
    scope_type: z.enum(['organization', 'cloud_resource']),
    scope_values: z.array(z.string()).default([]),
    alerts: z.array(alertSchema).max(alertsMax),
    active: z.boolean().default(true),
    recipient_group: z.array(z.enum([...organizationGroups, ...resourceGroups])).default([...organizationGroups]),
  })
  .superRefine(({ scope_type: type, scope_values: values, recipient_group: groups }, context) => {
    const refuse = (path: string) =>
      context.addIssue({ code: 'custom', path: [path], message: 'does not fit the scope' });
    const known = values.every((value) => instances.some(({ id }) => id === value));
    if (type === 'cloud_resource' ? values.length === 0 || !known : values.length > 0) refuse('scope_values');
    if (type === 'organization' && resourceGroups.some((group) => groups.includes(group))) refuse('recipient_group');
  });
type Body = z.output<typeof bodySchema>;

interface StoredBudget {
  readonly id: number;
  readonly body: Body;
}

const mailed: Body['recipient_group'] = [...organizationGroups];
const defaults = { period: 'monthly' as const, active: true, recipient_group: mailed };
const atPercent = (threshold: number) => ({ operator: 'gte', threshold, threshold_type: 'percentage' }) as const;
const seeds: readonly Body[] = [
  {
    ...defaults,
    name: 'Elastic Cloud as a whole',
    amount: 24_000,
    scope_type: 'organization',
    scope_values: [],
    alerts: [atPercent(80), atPercent(100)],
  },
  {
    ...defaults,
    name: 'Log retention',
    amount: 5_000,
    scope_type: 'cloud_resource',
    scope_values: ['91be7d03f5a24c18b6c2d4e80f7a3c55'],
    alerts: [{ operator: 'gte', threshold: 4_500, threshold_type: 'amount' }],
    recipient_group: ['billing-admins', 'resource-admins'],
  },
  {
    ...defaults,
    name: 'Projects',
    amount: 3_000,
    scope_type: 'cloud_resource',
    scope_values: ['b5c1e7f09a3d48d2', 'e90a6d4c17b24f8e', '2f7b8c3e5d9146a0'],
    alerts: [atPercent(90)],
  },
];

const show = ({ id, body }: StoredBudget) => ({
  id,
  ...body,
  alerts: body.alerts.map((alert) => ({ ...alert, last_exceeded_at: null })),
});

const invalidBody = (fields: readonly string[]): SandboxReply =>
  errorReply(400, 'billing_service.invalid_budget', 'The budget is not valid.', fields);
const budgetNotFound = (): SandboxReply =>
  errorReply(404, 'billing_service.budget_not_found', 'There is no such budget.', ['budget_id']);

const readBody = (text: string): Body | SandboxReply => {
  try {
    const parsed = bodySchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : invalidBody(parsed.error.issues.map((issue) => issue.path.join('.')));
  } catch {
    return invalidBody([]);
  }
};
const isBody = (read: Body | SandboxReply): read is Body => 'scope_type' in read;

type Handler = (request: SandboxRequest) => SandboxReply;

/** Budgets, kept in memory. Lists are in the plural, writes in the singular. */
export const budgetRoutes = (inOrganization: (handle: Handler) => Handler): SandboxRoute[] => {
  const budgets = new Map<number, StoredBudget>();
  let lastId = 4_100;
  const store = (body: Body): StoredBudget => {
    lastId += 1;
    const budget = { id: lastId, body };
    budgets.set(lastId, budget);
    return budget;
  };
  for (const seed of seeds) store(seed);

  const onBudget = (handle: (budget: StoredBudget, request: SandboxRequest) => SandboxReply): Handler =>
    inOrganization((request) => {
      const budget = budgets.get(Number(request.params.budget));
      return budget === undefined ? budgetNotFound() : handle(budget, request);
    });
  const list = '/api/v1/billing/organization/:organization/budgets';
  const write = '/api/v1/billing/organization/:organization/budget';
  return [
    { method: 'GET', path: list, handle: inOrganization(() => jsonReply([...budgets.values()].map(show))) },
    { method: 'GET', path: `${list}/:budget`, handle: onBudget((budget) => jsonReply(show(budget))) },
    {
      method: 'DELETE',
      path: `${list}/:budget`,
      handle: onBudget(({ id }) => {
        budgets.delete(id);
        return { status: 204, text: '' };
      }),
    },
    {
      method: 'POST',
      path: write,
      handle: inOrganization((request) => {
        const body = readBody(request.body);
        return isBody(body) ? jsonReply(show(store(body))) : body;
      }),
    },
    {
      method: 'POST',
      path: `${write}/:budget`,
      handle: onBudget((budget, request) => {
        const body = readBody(request.body);
        if (!isBody(body)) return body;
        const changed = { ...budget, body };
        budgets.set(budget.id, changed);
        return jsonReply(show(changed));
      }),
    },
  ];
};
