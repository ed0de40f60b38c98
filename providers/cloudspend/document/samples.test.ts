import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { VendorRequest } from '../../../src/vendor/kit/index.ts';
import { VirtualClock } from '../../../test/support/clock.ts';
import { type ScriptedSession, scriptedSession } from '../../../test/support/scripted-session.ts';
import { fillWhole } from '../../../test/support/session.ts';
import { operations } from '../catalogue.ts';
import { cloudspend } from '../manifest.ts';

/** What every documented sample of an operation in use is read as. */

const samples = z
  .record(z.string(), z.array(z.unknown()))
  .parse(JSON.parse(readFileSync(new URL('./samples.json', import.meta.url), 'utf8')));

const connected = cloudspend.connect({ clientId: 'c', clientSecret: 's', refreshToken: 'r' });
if (!connected.ok) throw new TypeError('the settings of this test are wrong');
const { connector } = connected;
interface Outcome {
  readonly items: readonly unknown[];
  readonly faults: readonly { readonly path: string; readonly message: string }[];
}
type Read = (session: ScriptedSession) => Promise<Outcome>;

const { capabilities } = connector;

/** The capability, which is there; a test that finds none has nothing to show. */
const present = <T>(capability: T | undefined | null): T => {
  if (capability === undefined || capability === null) throw new TypeError('the capability is missing');
  return capability;
};
const one = async (thing: Promise<unknown>): Promise<Outcome> => ({ items: [await thing], faults: [] });

const filled =
  (cube: string, start: string, end: string): Read =>
  (session) => {
    const dimensions = capabilities.costs.cubes.find(({ id }) => id === cube)?.dimensions ?? [];
    return fillWhole(connector, session, { cube, dimensions, costType: 'billed', start, end });
  };
const account = '33240000000011003';
const byDay = filled('service-region-daily', '2026-01-01', '2026-01-02');
const byAccount = filled('service-account-daily', '2026-01-01', '2026-01-05');
const byAccountAndRegion = filled('account-region-monthly', '2026-01-01', '2026-01-05');
const budgetList: Read = (session) => present(capabilities.budgets).list(session);
const anomalyList: Read = (session) =>
  present(capabilities.anomalies).list(session, { start: '2025-10-01', end: '2026-01-09' });
const anomalyDetail: Read = (session) => one(present(capabilities.anomalies?.detail)(session, '5:1767225600000'));
const checkAnomalyDetail: Read = (session) =>
  one(present(capabilities.anomalies?.detail)(session, 'checks:1:1767225600000'));
const monitorList: Read = (session) => present(capabilities.monitors).list(session);
const accountList: Read = (session) => present(capabilities.accounts).list(session);
const recommendationList: Read = (session) => present(capabilities.recommendations).list(session);
const commitmentList: Read = (session) => present(capabilities.commitments).list(session);
const policyList: Read = (session) => present(capabilities.policies).list(session);
const createBudget: Read = (session) => {
  const limit = { amount: '1', currency: 'CAD' };
  const input = { name: 'b', period: 'monthly' as const, limit, alerts: [], scope: { account } };
  return one(present(capabilities.budgets?.writes?.create).send(session, { input }, 'k'));
};
const createMonitor: Read = (session) => {
  const filters = { account: [account] };
  const input = { name: 'm', description: null, filters, groupBy: [], sensitivity: 'medium' as const, minImpact: null };
  return one(present(capabilities.monitors?.writes?.create).send(session, { input }, 'k'));
};

/** By operation: what reads it, and how many things come out of each of its samples. */
const readings: Readonly<Record<string, { readonly read: Read; readonly items: readonly number[] }>> = {
  'get-current-display-currency-setting': { read: byDay, items: [6] },
  'get-available-data-range-for-summary-report': { read: byDay, items: [6] },
  'get-cloud-overall-cost-analysis': { read: byDay, items: [6] },
  'get-sankey-chart-data-summary-report-step-4': { read: byDay, items: [6] },
  'get-trend-chart-data-for-custom-dashboard-widgets-only': { read: byAccount, items: [16] },
  'get-multi-dimensional-cost-data-for-custom-dashboard-widgets-only': { read: byAccountAndRegion, items: [4] },
  'get-available-accounts-for-cost-reports-allocation-and-savings': { read: byAccount, items: [16] },
  'get-accounts-for-budget-management': { read: accountList, items: [3] },
  'get-budget-dashboard-data': { read: budgetList, items: [2] },
  'get-detailed-budget-information': { read: budgetList, items: [2] },
  'get-budget-usage-history': {
    read: async (session) => present(await present(capabilities.budgets?.history)(session, '73')),
    items: [3],
  },
  'get-budget-policies-by-account-type': { read: createBudget, items: [1] },
  'get-budget-users-and-groups': { read: createBudget, items: [1] },
  'create-new-budget-policy': { read: createBudget, items: [1] },
  'create-budget-configuration': { read: createBudget, items: [1] },
  'get-zia-anomaly-detection-summary': { read: anomalyList, items: [1] },
  'get-anomaly-detection-list-by-category': { read: anomalyList, items: [1] },
  'get-detailed-anomaly-analysis-data': { read: anomalyList, items: [1] },
  'get-anomaly-metadata-and-summary-information': { read: anomalyDetail, items: [1] },
  'get-comprehensive-anomaly-root-cause-analysis': { read: anomalyDetail, items: [1] },
  'get-similar-anomaly-recommendations': { read: anomalyDetail, items: [1] },
  'get-anomaly-detection-dashboard': { read: monitorList, items: [1] },
  'get-anomaly-historical-data-and-timeline': { read: anomalyList, items: [2] },
  'get-anomaly-metadata-details': { read: checkAnomalyDetail, items: [1] },
  'get-anomaly-root-cause-analysis': { read: checkAnomalyDetail, items: [1] },
  'get-similar-anomaly-patterns': { read: checkAnomalyDetail, items: [1] },
  'get-anomaly-budget-policies-by-account-type': { read: createMonitor, items: [1] },
  'get-anomaly-users-and-groups': { read: createMonitor, items: [1] },
  'create-new-budget-policy-for-anomaly-checks': { read: createMonitor, items: [1] },
  'create-anomaly-check-configuration': { read: createMonitor, items: [1] },
  'list-all-cost-centers': { read: async (session) => present(capabilities.costCenters).list(session), items: [2] },
  'get-cost-optimization-guidances-and-recommendations': { read: recommendationList, items: [1] },
  'get-reservation-optimization-summary-for-multi-cloud-accounts-aws-azure': {
    read: recommendationList,
    items: [1, 1],
  },
  'get-detailed-reservation-utilization-for-multi-cloud-services-aws-azure': {
    read: commitmentList,
    items: [2, 4],
  },
  'get-governance-compliance-dashboard': { read: policyList, items: [2, 2, 3] },
  'get-custom-tagging-compliance-reports-list': { read: policyList, items: [2] },
  'get-tagging-compliance-summary-metrics': { read: policyList, items: [2] },
  'get-savings-analysis-data': { read: recommendationList, items: [1] },
  'get-historical-exchange-rates-by-month': {
    read: async (session) => present(capabilities.exchangeRates).list(session),
    items: [1],
  },
};

/** The list of budgets and the page of one are samples of different budgets, in different currencies. */
const otherCurrency = ['budget_info 56 is in INR while the budget is in USD; the forecast was left out'];
/** The days of one billing account, and the total of all accounts. */
const otherTotal = ["rows of 2026-01-01 to 2026-01-04 lack 2382.76 CAD of the vendor's own total"];
/** What cannot be read, by operation and number. */
const known: Readonly<Record<string, readonly string[]>> = {
  'get-trend-chart-data-for-custom-dashboard-widgets-only 1': otherTotal,
  'get-multi-dimensional-cost-data-for-custom-dashboard-widgets-only 1': [
    "rows of 2026-01-01 to 2026-01-04 lack 2561.426 CAD of the vendor's own total",
  ],
  'get-available-accounts-for-cost-reports-allocation-and-savings 1': otherTotal,
  'get-budget-dashboard-data 1': otherCurrency,
  'get-detailed-budget-information 1': otherCurrency,
};

const nothing = { message: 'success', data: {}, code: 0 };

/** What is answered instead of the sample: a sample belongs to one of several requests, or is needed with an anomaly. */
const instead = ({ operation, query = [] }: VendorRequest, id: string): unknown => {
  const asked = new Map(query);
  if (
    operation === 'get-anomaly-detection-list-by-category' &&
    `${asked.get('category')} ${asked.get('status')}` !== '1 open'
  )
    return nothing;
  if (operation === 'get-anomaly-detection-dashboard' && id === 'get-anomaly-historical-data-and-timeline')
    return { message: 'success', data: [{ id: 1, name: 'Anomaly', values: [foundCheck] }], code: 0 };
  return undefined;
};
/** The check of the sample, which has found nothing there. */
const foundCheck = { checks_id: '13', checks_name: 'test', account_type: 0, account_id: account, anomaly_id: '1' };

test('every operation in use that the vendor shows a sample of has a reading here', () => {
  const used = Object.values(operations).map(({ id }) => id);
  expect(used.filter((id) => samples[id] === undefined)).toEqual(['refresh-access-token']);
  expect(Object.keys(readings).toSorted()).toEqual(Object.keys(samples).toSorted());
});

const cases = Object.entries(samples).flatMap(([id, list]) =>
  list.map((sample, index) => ({ name: `${id} ${index + 1}`, id, index, sample })),
);

test.each(cases)('$name', async ({ name, id, index, sample }) => {
  const reading = present(readings[id]);
  const session = scriptedSession(connector, new VirtualClock('2026-01-20T10:00:00Z'), (request) => {
    const other = instead(request, id);
    if (other !== undefined) return other;
    return request.operation === id ? sample : samples[request.operation]?.[0];
  });
  const { items, faults } = await reading.read(session);
  expect(session.asked.has(id)).toBe(true);
  expect({ items: items.length, faults: faults.map(({ path, message }) => `${path} ${message}`) }).toEqual({
    items: reading.items[index],
    faults: known[name] ?? [],
  });
});
