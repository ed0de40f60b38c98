import { z } from 'zod';
import type { SandboxReply, SandboxRequest, SandboxRoute } from '../../../src/vendor/sandbox/server.ts';
import { AnomalyWatch, type Occurrence, type Watched } from './anomalies.ts';
import { nameOf, type Policy } from './budgets.ts';
import { costAccounts, costCenters } from './estate.ts';
import { occurrenceRoutes } from './occurrence-routes.ts';
import { policyRows } from './policy-rows.ts';
import { contactsSchema, users } from './users.ts';
import {
  badRequest,
  epochOf,
  isReply,
  longDay,
  numberText,
  rangeOfQuery,
  readBody,
  success,
  utcStamp,
} from './wire.ts';
import type { World } from './world.ts';

interface Check {
  readonly id: string;
  readonly name: string;
  readonly policy: Policy;
  readonly watched: Watched;
  readonly watch: AnomalyWatch;
}

const policySchema = z.object({
  account_type: z.literal([0, 1, 2]),
  account_id: z.string(),
  policy_type: z.literal(1),
  cost_type: z.int(),
  policy_name: z.string().min(1),
  budget_tags: z.array(z.unknown()),
});
const checkSchema = z.object({
  budget_name: z.string().min(1),
  period: z.enum(['Monthly', 'Daily', 'Weekly']),
  policy_id: z.string(),
  unit: z.literal(3),
  unit_code: z.string().regex(/^[A-Z]{3}$/),
  budget_value: numberText,
  trend: z.literal([0, 1]),
  alert_configs: z.array(z.unknown()).max(0),
  alert_configurations: z.object({ low: z.boolean(), medium: z.boolean(), high: z.boolean() }),
  contact_type: z.literal(1),
  contact_ids: contactsSchema,
});

/** The sum that a check watches: all of a cost account, or of the accounts of a cost center. */
const watchedBy = (id: string, name: string, { accountType, accountId }: Policy): Watched => {
  const members = accountType === 1 ? costCenters.find((each) => each.id === accountId)?.cost_account_id : [accountId];
  const accounts = costAccounts.filter((account) => members?.includes(account.id) === true);
  const [account] = accounts.length === 0 ? costAccounts : accounts;
  if (account === undefined) throw new TypeError('the simulated customer has accounts');
  return {
    id,
    category: 'Checks',
    name,
    account,
    holds: (leaf) => accounts.some((each) => each.id === leaf.costAccount),
  };
};

const row = (world: World, check: Check, found: readonly Occurrence[]) => {
  const last = found.at(-1);
  return {
    checks_id: check.id,
    checks_name: check.name,
    account_type: check.policy.accountType,
    account_id: check.policy.accountId,
    policy_id: check.policy.id,
    anomaly_id: last === undefined ? '' : check.watched.id,
    anomaly_status: last?.status ?? 0,
    occurrences: found.length,
    status: 1,
    last_detected_time: last === undefined ? '' : epochOf(last.day),
    last_detected_timestamp: last === undefined ? '' : longDay(last.day),
    last_detected_timestamp_iso: last === undefined ? '' : utcStamp(last.day),
    last_checked_timestamp: longDay(world.today()),
    last_checked_timestamp_iso: utcStamp(world.today()),
  };
};

const root = '/cs/api/cost';

/** The anomaly checks of the simulated customer, and those that callers add. */
export const checkRoutes = (world: World): SandboxRoute[] => {
  const policies: Policy[] = [];
  const checks: Check[] = [];
  const addPolicy = (name: string, accountType: number, accountId = '', costType = 0): Policy => {
    const policy = { id: String(117 + policies.length), name, accountType, accountId, costType };
    policies.push(policy);
    return policy;
  };
  const addCheck = (name: string, policy: Policy): Check => {
    const watched = watchedBy(String(251 + checks.length), name, policy);
    const check = { id: String(96 + checks.length), name, policy, watched, watch: new AnomalyWatch(world, [watched]) };
    checks.push(check);
    return check;
  };
  for (const [name, accountType, accountId] of [
    ['Retail watch', 0, costAccounts[0]?.id],
    ['Workplace watch', 0, costAccounts[2]?.id],
    ['Commerce watch', 1, costCenters[0]?.id],
  ] as const) {
    addCheck(name, addPolicy(`${name} policy`, accountType, accountId));
  }

  const dashboard = (request: SandboxRequest): SandboxReply => {
    const { query } = request;
    const range = rangeOfQuery(request);
    if (isReply(range)) return range;
    const type = query.get('account_type') ?? '';
    const status = query.get('anomaly_status') ?? '';
    if (query.get('type') !== '2' || !/^[012]$/.test(type) || !/^[01]$/.test(status)) return badRequest();
    const { start_date: first, end_date: last } = world.asked(range);
    const rows = checks
      .filter((check) => String(check.policy.accountType) === type)
      .map((check) => {
        const found = check.watch.between(first, last).filter((each) => status === '0' || each.status === 1);
        return row(world, check, found);
      });
    const groups = [
      { id: 1, name: 'Anomaly', values: rows.filter((each) => each.occurrences > 0) },
      { id: 0, name: 'No Anomaly', values: rows.filter((each) => each.occurrences === 0) },
    ];
    return success(groups.filter((group) => group.values.length > 0));
  };

  return [
    { method: 'GET', path: `${root}/anomaly/dashboard`, handle: dashboard },
    { method: 'GET', path: `${root}/anomaly/users`, handle: () => success(users) },
    {
      method: 'GET',
      path: `${root}/anomaly/budget_policys/:account_type`,
      handle: ({ params }) => {
        const counted = policies.map((policy) => ({
          ...policy,
          budgets: checks.filter((check) => check.policy === policy).length,
        }));
        return success({ data: policyRows(counted, params.account_type) });
      },
    },
    ...occurrenceRoutes(
      world,
      '/cs/api/checks/anomaly',
      (id) => checks.find(({ watched }) => watched.id === id) ?? null,
    ),
    {
      method: 'POST',
      path: `${root}/anomaly/budget_policy`,
      handle: (request) => {
        const body = readBody(request, policySchema);
        if (body === undefined) return badRequest();
        const { account_type: accountType, account_id: accountId, policy_name: name, cost_type: costType } = body;
        if (nameOf({ accountType, accountId }) === '') {
          return { status: 400, json: { message: 'Invalid policy configuration', code: 1 } };
        }
        const policy = addPolicy(name, accountType, accountId, costType);
        return success({ policy_id: policy.id, data: 'Policy Created Successfully' });
      },
    },
    {
      method: 'POST',
      path: `${root}/checks`,
      handle: (request) => {
        const body = readBody(request, checkSchema);
        const policy = policies.find((each) => each.id === body?.policy_id);
        if (body === undefined || policy === undefined) return badRequest();
        const check = addCheck(body.budget_name, policy);
        return success({ checks_id: check.id, data: 'Anomaly Created Successfully' });
      },
    },
  ];
};
