import { monthOf, monthStart } from '../../../src/domain/day.ts';
import { decimal, decimalText, divide, multiply, percentText } from '../../../src/domain/decimal.ts';
import type { SandboxReply, SandboxRequest, SandboxRoute } from '../../../src/vendor/sandbox/server.ts';
import { draw } from '../../../src/vendor/sandbox/world.ts';
import { costAccounts, costCenters, solutionReport } from './estate.ts';
import { badRequest, isReply, longDay, notFound, rangeOfQuery, success } from './wire.ts';
import { decimalOf, type World } from './world.ts';

interface Check {
  readonly id: string;
  readonly name: string;
  readonly accountType: number;
  readonly accountId: string;
  /** 5 counts, 6 is a percentage. */
  readonly mode: 5 | 6;
  readonly threshold: number;
}

const checks: readonly Check[] = [
  { id: '191', name: 'Untagged machines', accountType: 0, accountId: costAccounts[0]?.id ?? '', mode: 5, threshold: 1 },
  { id: '192', name: 'Idle disks ', accountType: 0, accountId: costAccounts[2]?.id ?? '', mode: 5, threshold: 1e25 },
  { id: '193', name: 'Commerce share', accountType: 1, accountId: costCenters[0]?.id ?? '', mode: 6, threshold: 90 },
  { id: '194', name: 'Report size', accountType: 2, accountId: solutionReport.id, mode: 5, threshold: 400 },
];

const row = (world: World, check: Check) => {
  const today = world.today();
  const value = Math.floor(draw(world.seed, 'governance', check.id) * (check.mode === 6 ? 80 : 300)) + 2;
  return {
    checks_id: check.id,
    mode: check.mode,
    account_type: check.accountType,
    account_id: check.accountId,
    policy_id: String(Number(check.id) + 18),
    last_checked_timestamp: longDay(today),
    last_checked_timestamp_iso: `${today} 05:30 AM`,
    threshold: check.threshold,
    last_checked_time: String(Date.parse(`${today}T00:00:00Z`)),
    checks_name: check.name,
    status: value > check.threshold ? 2 : 1,
    current_value: value,
  };
};

const reports = [
  { id: '33240000000667001', name: 'Owner everywhere', account: 0, lacking: 28, total: 45, disabled: false },
  { id: '33240000000667005', name: 'Cost center', account: 2, lacking: 0, total: 12, disabled: false },
  { id: '33240000000667009', name: 'Retired', account: 3, lacking: 1, total: 3, disabled: true },
] as const;

/** With one decimal, as `100.0`. */
const percent = (part: number, whole: number): string => {
  const text = percentText(decimal(String(part)), decimal(String(whole)), 1) ?? '0';
  return text.includes('.') ? text : `${text}.0`;
};

const summary = (world: World, request: SandboxRequest): SandboxReply => {
  const asked = request.query.get('business_unit_id');
  if (asked === null) return badRequest();
  const report = reports.find(({ id }) => id === asked);
  if (report === undefined) return notFound();
  const account = costAccounts[report.account]?.id;
  const today = world.today();
  const total = decimalOf(world.total(monthStart(monthOf(today)), today, (leaf) => leaf.costAccount === account));
  const lacking = divide(multiply(total, decimal(String(report.lacking))), decimal(String(report.total)), 9);
  return success({
    checks_resources: String(report.lacking),
    total_cost: decimalText(total),
    total_resources: String(report.total),
    non_compliant_resource_percentage: percent(report.lacking, report.total),
    checks_cost: decimalText(lacking ?? total),
    non_compliant_cost_percentage: percent(report.lacking, report.total),
  });
};

const root = '/cs/api/cost';

/** Governance checks, and custom reports on tags. */
export const governanceRoutes = (world: World): SandboxRoute[] => [
  {
    method: 'GET',
    path: `${root}/governance/dashboard`,
    handle: (request) => {
      const range = rangeOfQuery(request);
      if (isReply(range)) return range;
      const type = request.query.get('account_type') ?? '';
      if (request.query.get('type') !== '3' || !/^[012]$/.test(type)) return badRequest();
      if (request.query.get('anomaly_status') !== '1') return badRequest();
      return success(
        checks.filter(({ accountType }) => String(accountType) === type).map((check) => row(world, check)),
      );
    },
  },
  {
    method: 'GET',
    path: `${root}/reports/compliance/tagging/list`,
    handle: () =>
      success(
        reports.map(({ id, name, disabled }) => ({
          creation_time: 'Jan 05, 2026, 06:55:52 PM',
          STARRED: false,
          IS_DISABLED: disabled,
          ID: id,
          NAME: name,
        })),
      ),
  },
  {
    method: 'GET',
    path: `${root}/reports/compliance/summary/tagging`,
    handle: (request) => summary(world, request),
  },
];
