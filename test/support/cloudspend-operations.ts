import { z } from 'zod';
import { cloudspend } from '../../providers/cloudspend/manifest.ts';
import { costAccounts, costCenters } from '../../providers/cloudspend/sandbox/estate.ts';
import { startCloudspendSandbox } from '../../providers/cloudspend/sandbox/sandbox.ts';
import { type Received, range, type Sent, senderOf } from '../../providers/cloudspend/sandbox/test-client.ts';
import { VirtualClock } from './clock.ts';
import { documentedRequest } from './documented-request.ts';

/** Asks the simulated vendor for operations of the catalogue, with what they require. */

type Values = Readonly<Record<string, unknown>>;

export const operations = new Map((cloudspend.operations?.() ?? []).map((operation) => [operation.id, operation]));
const [account] = costAccounts;
const accounts = [{ cost_account_id: account?.id, billing_account_ids: account?.children.map(({ id }) => id) }];

/** What the simulated customer has; schemas only say that these are texts of digits. */
const common = {
  ...range,
  accounts,
  cost_account_id: account?.id,
  account_id: account?.id,
  business_unit_id: costCenters[0]?.id,
  account_type: 0,
  cost_type: 0,
  period: 1,
  cost_tags: [],
  budget_id: '72',
  budget_tags: [],
  contact_type: 1,
  contact_ids: ['53565000000014003'],
  alert_configs: [],
  resource_ids: ['33240000000087003'],
  page: -1,
  pageNumber: '0',
  offset: '0',
  start: '0',
  limit: '0',
  status: '1',
  unit: 1,
  unit_type: 1,
  unit_code: 'USD',
  trend: 0,
};

/** Where one name means another thing. */
const own: Readonly<Record<string, Values>> = {
  'get-cloud-cost-grouped-by-entities-summary-report-step-5': { group_by_type: 'region' },
  'group-cost-centers-accounts-by-property': { group_by_type: 'region' },
  'get-anomaly-detection-list-by-category': { status: 'open', category: '1' },
  'get-budget-dashboard-data': { type: '1' },
  'get-tagging-compliance-summary-metrics': { business_unit_id: '33240000000667001' },
  'get-governance-compliance-dashboard': { type: '3', anomaly_status: '1', account_type: '0' },
  'get-detailed-reservation-utilization-for-multi-cloud-services-aws-azure': { product_id: '1', productId: '1' },
  'get-anomaly-detection-dashboard': { type: '2', anomaly_status: '0' },
  'create-new-budget-policy': { policy_type: 0 },
  'create-budget-configuration': { policy_id: '35', policy_account_type: 0, checks_type: 1, period: 'Monthly' },
  'create-new-budget-policy-for-anomaly-checks': { policy_type: 1 },
  'create-anomaly-check-configuration': { policy_id: '117', unit: 3, period: 'Daily' },
  'add-a-custom-exchange-rate': {
    month: '11-2026',
    values: [{ base_currency: 'ARS', display_currency: 'USD', exchange_rate_input: 0.001 }],
  },
};

export const requestOf = (id: string, values: Values = {}): Sent => {
  const operation = operations.get(id);
  if (operation === undefined) throw new TypeError(`no operation is called ${id}`);
  return documentedRequest(operation, { ...common, ...own[id], ...values });
};

/** The same request with another value of one parameter, or without it. */
export const withQuery = (id: string, name: string, value: string | null): Sent => {
  const sent = requestOf(id);
  const url = new URL(sent.path, 'http://vendor.test');
  if (value === null) url.searchParams.delete(name);
  else url.searchParams.set(name, value);
  return { ...sent, path: `${url.pathname}${url.search}` };
};

/** What the vendor answers where something is missing or malformed. */
export const badRequest = {
  status: 400,
  json: { message: 'Bad Request', error: 'Invalid parameter format or missing required fields', code: 400 },
};

export const startAsking = async () => {
  const sandbox = await startCloudspendSandbox({ clock: new VirtualClock() });
  const sender = await senderOf(sandbox);
  const ask = (id: string, values?: Values): Promise<Received> => sender.send(requestOf(id, values));
  const send = async (sent: Sent) => {
    const { status, bytes } = await sender.send(sent);
    const json: unknown = JSON.parse(bytes.toString());
    return { status, json };
  };
  const read = async <Schema extends z.ZodType>(
    schema: Schema,
    id: string,
    values?: Values,
  ): Promise<z.output<Schema>> => {
    const { json } = await send(requestOf(id, values));
    return schema.parse(z.object({ data: z.unknown() }).parse(json).data);
  };
  const close = async () => {
    sender.close();
    await sandbox.close();
  };
  return { ask, send, read, close };
};
export type Asking = Awaited<ReturnType<typeof startAsking>>;
