import { type Day, monthOf, monthStart } from '../../../src/domain/day.ts';
import { costAccounts } from './estate.ts';
import { epochOf, longDay, monthName, stamp } from './wire.ts';

/** Examples of a document have the right types; here they get values that the simulated customer could have. */

const [account] = costAccounts;
const [child] = account?.children ?? [];

const texts: Readonly<Record<string, string>> = {
  message: 'success',
  account_name: account?.name ?? '',
  aws_account_id: child?.nativeId ?? '',
  billed_account_name: child?.name ?? '',
  cost_account_name: account?.name ?? '',
  anomaly_level: 'Medium',
  anomaly_name: 'us-east-1',
  anomaly_status: 'Open',
  anomaly_type: 'upper',
  avalability_zone: 'us-east-1a',
  availability_zone: 'us-east-1a',
  base_currency: 'INR',
  billing_currency: '$',
  checks_type: 'BUDGET',
  cloud: 'AWS',
  cloud_type: 'AWS',
  cloud_type_name: 'AWS',
  config_data: '{}',
  cost_type: 'ACTUAL_COST',
  currency: 'USD',
  currency_code: 'USD',
  currency_locale: 'en-US',
  currency_symbol: '$',
  currency_unicode: '$',
  display_currency: 'USD',
  email_address: 'nadia@example.com',
  email_id: 'nadia@example.com',
  encryption_key: 'sandbox',
  from_email: 'noreply@example.com',
  instance_type: 'm5.large',
  key: 'Environment',
  name_with_entity: child?.name ?? '',
  linked_account: child?.name ?? '',
  mode: 'Amount',
  period: 'Monthly',
  public_dashboard_link: 'https://dashboards.example.com/1',
  region: 'us-east-1',
  region_name: 'us-east-1',
  resource_name: 'northwind-shop-web',
  resources_grouped: 'northwind-shop-web',
  return_data: 'AmazonEC2',
  service: 'AmazonEC2',
  service_name: 'AmazonEC2',
  status: 'Active',
  tagName: 'Environment',
  tagValue: 'Production',
  tag_value: 'Production',
  timezone: 'Asia/Kolkata',
  value: 'Production',
};

const ids: Readonly<Record<string, string>> = {
  account_id: account?.id ?? '',
  cost_account_id: account?.id ?? '',
  cost_account_ids: account?.id ?? '',
  costAccountId: account?.id ?? '',
  aws_account_id: child?.nativeId ?? '',
  zaaid: '34700657',
  billing_account_id: child?.id ?? '',
  billed_account_id: child?.id ?? '',
  billedAccountIds: child?.id ?? '',
};
/** Made up; the vendor's ids have more digits than a double holds. */
const otherId = '33240000000087003';
const isId = (name: string): boolean =>
  /(^|_)ids?$|[a-z]I[dD]s?$|^(ID|users|user_groups|integrated_zaaids|zaaid|zuid|invited_by|created_by)$/.test(name);

const isCode = (name: string): boolean =>
  /(^|_)(type|status|mode|role|v|via|trend)$|^(code|anomaly_status_code)$/.test(name);
const wholeNumbers = [
  /(^|_)counts?$|Count$|occur|number|size|level|order|hour|day|month$|digits|frequency|variation|Variation|rank|period|category|report_time|profile|cloud_types/,
  /^(total_)?(accounts|resources|tags)$|^(view|write|delete|notify_medium|selection_type|theme|job_title)$|(^|_)(format|stages?|month)$/,
  /(^|_)id$/,
];
const isCount = (name: string): boolean => wholeNumbers.some((pattern) => pattern.test(name));

const isFigure = (name: string): boolean =>
  /(^|_)(cost|value|impact|diff|percent|percentage|change|average|total)$|^total_.*_month$/.test(name);

const numberOf = (name: string): number => {
  if (isCode(name)) return 0;
  return isCount(name) && !isFigure(name) ? 1 : 12.5;
};

const dated = (text: string, day: Day): string | null => {
  const [year, name] = [day.slice(0, 4), monthName(day)];
  if (/^\d{4}-\d{2}-\d{2}T/.test(text)) return stamp(day);
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return day;
  if (/^\d{4}-\d{2}$/.test(text)) return day.slice(0, 7);
  if (/^\d{13}$/.test(text)) return epochOf(day);
  if (/^\d{2}-[A-Z]/.test(text)) return `${day.slice(8)}-${name}-${year} 10:00`;
  if (/^[A-Z][a-z]{2}-\d{4}$/.test(text)) return `${name}-${year}`;
  if (/^[A-Z][a-z]{2} \d{4}$/.test(text)) return `${name} ${year}`;
  return /^[A-Z][a-z]{2} \d{2}, \d{4}$/.test(text) ? longDay(day) : null;
};

const textOf = (text: string, name: string, day: Day): string => {
  if (/^-?\d+(\.\d+)?$/.test(text) && text.length < 13) {
    if (isId(name)) return ids[name] ?? otherId;
    return isFigure(name) || /^[xy]$/.test(name) ? '12.5' : String(isCode(name) ? 0 : 1);
  }
  const named = /account$/.test(name) ? texts.account_name : texts[name];
  return dated(text, day) ?? named ?? (/name$/i.test(name) ? 'Example' : '');
};

const isSeries = (name: string): boolean => /^(chart_data|historical_cost|forecast_cost|monthly_split)$/.test(name);

/** What stands where the document has a placeholder, of which nothing but the name is known. */
const unknown = (name: string, day: Day): unknown => {
  if (/^(mode|cloud_type|value)$/.test(name)) return numberOf(name);
  if (/^is_/.test(name)) return false;
  if (isSeries(name)) return [[stamp(day), 12.5]];
  if (/_time$/.test(name)) return epochOf(day);
  if (/_timestamp$/.test(name)) return stamp(day);
  if (isId(name)) return ids[name] ?? otherId;
  if (Object.hasOwn(texts, name) || /name$/i.test(name)) return texts[name] ?? 'Example';
  return isCode(name) || isCount(name) || isFigure(name) ? numberOf(name) : {};
};

const isSilent = (value: unknown): boolean => JSON.stringify(value) === '{}';

const filledList = (list: readonly unknown[], name: string, day: Day): unknown[] => {
  // Nothing is known of the elements, or of the point of a series.
  if (list.every(isSilent)) return list.length === 2 ? [stamp(day), 12.5] : [];
  return list.map((each) => filled(each, name, day));
};

const filled = (value: unknown, name: string, day: Day): unknown => {
  if (typeof value === 'string') return textOf(value, name, day);
  if (typeof value === 'number') return numberOf(name);
  if (Array.isArray(value)) return filledList(value, name, day);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value);
  if (members.length === 0) return unknown(name, day);
  // The keys of these maps are data, and say nothing of what they hold.
  const within = name === 'values' || name === 'chart_data' ? 'chart_data' : null;
  return Object.fromEntries(members.map(([key, each]) => [key, filled(each, within ?? key, day)]));
};

/** The same answer, of the current month. */
export const plausible = (example: unknown, today: Day): unknown => filled(example, '', monthStart(monthOf(today)));
