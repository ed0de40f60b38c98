import type { Day } from '../../../src/domain/day.ts';
import { documentedAnswers, type FoundOperation } from '../../../src/vendor/sandbox/documented-answers.ts';
import type { SandboxReply, SandboxRequest } from '../../../src/vendor/sandbox/server.ts';
import { pageOf, resourceMonths } from './pages.ts';
import { plausible } from './plausible.ts';
import { badJsonString, badRequest, jsonOf, serverError } from './wire.ts';
import { zipOf } from './zip.ts';

/** Operations that are known from the vendor's document alone: they check what they are sent, and change nothing. */

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What the document says of every 400: a parameter has the wrong format, or one is missing. */
const refusalOf = ({ operation, request }: FoundOperation): SandboxReply | null => {
  for (const parameter of operation.parameters) {
    if (parameter.in === 'path') continue;
    const text = request.query.get(parameter.name);
    if (text === null) {
      if (parameter.required) return badRequest();
    } else if (parameter.json?.type === 'object') {
      if (!isRecord(jsonOf(text))) return badJsonString();
    } else if (parameter.json?.type === 'array' && !Array.isArray(jsonOf(text))) {
      return badRequest();
    } else if (/^(pageNumber|offset|start|limit)$/.test(parameter.name) && !/^\d+$/.test(text)) {
      return badRequest();
    }
  }
  if (operation.body === undefined) return null;
  const body = jsonOf(request.body);
  const { required = [] } = operation.body.content['application/json'] ?? {};
  const whole = isRecord(body) && Array.isArray(required) && required.every((name) => Object.hasOwn(body, name));
  return whole ? null : badRequest();
};

/** Widgets of solution reports that the document warns of: they fail where tags are to filter them. */
const failsWithTags =
  /\/sol_reports\/(spend_analysis_panel|common_widget_api|cost_by_resource|cost_by_instance|trend_box|accounts_splitup)$/;
const hasTags = ({ body }: SandboxRequest): boolean => {
  const value = jsonOf(body);
  return isRecord(value) && Array.isArray(value.cost_tags) && value.cost_tags.length > 0;
};

const complianceFile = (): SandboxReply => ({
  bytes: zipOf('compliance.csv', 'Resource,Service,Cost\nnorthwind-shop,AmazonEC2,12.5\n'),
  contentType: 'application/zip',
});

const replyOf = (found: FoundOperation, today: Day): SandboxReply => {
  const { operation, request, example } = found;
  const refusal = refusalOf(found);
  if (refusal !== null) return refusal;
  if (failsWithTags.test(operation.path) && hasTags(request)) return serverError();
  if (operation.path.endsWith('/compliance/tagging/download')) return complianceFile();
  if (example.json === undefined) return { json: { code: 0, message: 'success' } };
  const json = plausible(example.json, today);
  if (operation.path.endsWith('/resource_pagination')) return { json: resourceMonths(json, jsonOf(request.body)) };
  return { json: pageOf(json, request) };
};

/** The keys of maps in the answers, by the name of the member that holds the map. */
const keys = {
  all_accounts: '33240000000059001',
  anomalies: '1',
  billing_mapper: '33240000000059001',
  bu_tag_Data: '33240000000059001',
  business_unit_tags_values: '33240000000087003',
  chart_data: '1',
  contributions: 'AmazonEC2',
  data: '33240000000059001',
  meta: '33240000000059001',
  opt_list: 'Amazon EC2',
  processed_accounts: '33240000000059001',
  reports_meta: '33240000000059001',
  REPORTS: 'us-east-1',
  resources: '33240000000059001',
  resources_grouped: 'us-east-1',
  return_data: '0',
  series_data: 'm5.large',
  summary_data: '1',
  utility_data: 'cl.cst.optimization.duration',
  values: 'AmazonEC2',
};

export const documentedRoutes = (today: () => Day): ((request: SandboxRequest) => SandboxReply | null) =>
  documentedAnswers({
    document: new URL('../document/catalogue.json', import.meta.url),
    example: { keys },
    reply: (found) => replyOf(found, today()),
  });
