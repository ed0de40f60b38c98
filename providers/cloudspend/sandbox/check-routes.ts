import { z } from 'zod';
import type { SandboxReply, SandboxRequest, SandboxRoute } from '../../../src/vendor/sandbox/server.ts';
import { AnomalyWatch, type Occurrence } from './anomalies.ts';
import { nameOf } from './budgets.ts';
import { costAccounts, costCenters } from './estate.ts';
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

interface Policy {
  readonly id: string;
  readonly accountType: number;
  readonly accountId: string;
}
interface Check {
  readonly id: string;
  readonly name: string;
  readonly policy: Policy;
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
  contact_ids: z.array(z.string()),
});

/** The anomalies of the account of a check, or of all accounts of its cost center. */
const foundBy = (check: Check, occurrences: readonly Occurrence[]): Occurrence[] => {
  const { accountType, accountId } = check.policy;
  const accounts = accountType === 1 ? costCenters.find((each) => each.id === accountId)?.cost_account_id : [accountId];
  return occurrences.filter(
    ({ watched }) => watched.category === 10001 && (accounts ?? []).includes(watched.account.id),
  );
};

const row = (world: World, check: Check, found: readonly Occurrence[]) => {
  const last = found.at(-1);
  return {
    checks_id: check.id,
    checks_name: check.name,
    account_type: check.policy.accountType,
    account_id: check.policy.accountId,
    policy_id: check.policy.id,
    anomaly_id: last?.watched.id ?? '',
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
  const watch = new AnomalyWatch(world);
  const policies: Policy[] = [];
  const checks: Check[] = [];
  const addPolicy = (accountType: number, accountId = ''): Policy => {
    const policy = { id: String(117 + policies.length), accountType, accountId };
    policies.push(policy);
    return policy;
  };
  const addCheck = (name: string, policy: Policy): Check => {
    const check = { id: String(96 + checks.length), name, policy };
    checks.push(check);
    return check;
  };
  addCheck('Retail watch', addPolicy(0, costAccounts[0]?.id));
  addCheck('Workplace watch', addPolicy(0, costAccounts[2]?.id));
  addCheck('Commerce watch', addPolicy(1, costCenters[0]?.id));

  const dashboard = (request: SandboxRequest): SandboxReply => {
    const { query } = request;
    const range = rangeOfQuery(request);
    if (isReply(range)) return range;
    const type = query.get('account_type') ?? '';
    const status = query.get('anomaly_status') ?? '';
    if (query.get('type') !== '2' || !/^[012]$/.test(type) || !/^[01]$/.test(status)) return badRequest();
    const occurrences = watch
      .between(range.start_date, world.asked(range).end_date)
      .filter((each) => status === '0' || each.status === 1);
    const rows = checks
      .filter((check) => String(check.policy.accountType) === type)
      .map((check) => row(world, check, foundBy(check, occurrences)));
    const groups = [
      { id: 1, name: 'Anomaly', values: rows.filter((each) => each.occurrences > 0) },
      { id: 0, name: 'No Anomaly', values: rows.filter((each) => each.occurrences === 0) },
    ];
    return success(groups.filter((group) => group.values.length > 0));
  };

  return [
    { method: 'GET', path: `${root}/anomaly/dashboard`, handle: dashboard },
    {
      method: 'POST',
      path: `${root}/anomaly/budget_policy`,
      handle: (request) => {
        const body = readBody(request, policySchema);
        if (body === undefined) return badRequest();
        const known = nameOf({ id: '', name: '', accountType: body.account_type, accountId: body.account_id }) !== '';
        if (!known) return { status: 400, json: { message: 'Invalid policy configuration', code: 1 } };
        const policy = addPolicy(body.account_type, body.account_id);
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
