import { decimal, decimalText, multiply } from '../../../src/domain/decimal.ts';
import { draw, type Series } from '../../../src/vendor/sandbox/world.ts';

/** The smallest unit of cost: one kind of usage of one service in one place. Its series is the list price. */
export interface Leaf extends Series {
  readonly account: string;
  readonly accountName: string | null;
  readonly service: string;
  readonly region: string | null;
  readonly family: string;
  readonly resource: string | null;
  readonly environment: string | null;
  readonly team: string | null;
  readonly product: string | null;
  /** A factor of the list price. */
  readonly discount: string;
  readonly amortization: string;
  readonly usage: string;
}

const accounts = [
  { id: '204867153309', name: 'Production', environment: 'production', team: 'platform', scale: '1', presence: 0.85 },
  { id: '571940286631', name: 'Staging', environment: 'staging', team: 'platform', scale: '0.18', presence: 0.42 },
  { id: '839402175560', name: 'Data platform', environment: 'production', team: 'data', scale: '0.7', presence: 0.5 },
  // With a leading zero, because ids are text.
  { id: '066517428893', name: null, environment: null, team: null, scale: '0.25', presence: 0.3 },
] as const;

const regions = ['us-east-1', 'us-west-2', 'eu-west-1', 'eu-central-1', 'ap-southeast-2'] as const;

interface ServicePlan {
  readonly id: string;
  readonly arn: string;
  readonly families: readonly { readonly name: string; readonly base: string }[];
  readonly regional: boolean;
  readonly product: string | null;
}
const services: readonly ServicePlan[] = [
  {
    id: 'AmazonEC2',
    arn: 'ec2:instance',
    regional: true,
    product: 'Checkout',
    families: [
      { name: 'Compute Instance', base: '311.0471' },
      { name: 'Storage', base: '47.2093' },
    ],
  },
  {
    id: 'AmazonEKS',
    arn: 'eks:cluster',
    regional: true,
    product: 'Checkout',
    families: [{ name: 'Compute', base: '72.9014' }],
  },
  {
    id: 'AmazonRDS',
    arn: 'rds:db',
    regional: true,
    product: 'Orders',
    families: [{ name: 'Database Instance', base: '138.5527' }],
  },
  {
    id: 'AmazonS3',
    arn: 's3:bucket',
    regional: true,
    product: 'Lakehouse',
    families: [{ name: 'Storage', base: '58.3316' }],
  },
  {
    id: 'AWSLambda',
    arn: 'lambda:function',
    regional: true,
    product: 'Notifications',
    families: [{ name: 'Serverless', base: '0.0417' }],
  },
  {
    id: 'AmazonDynamoDB',
    arn: 'dynamodb:table',
    regional: true,
    product: 'Orders',
    families: [{ name: 'Database Throughput', base: '21.7702' }],
  },
  {
    id: 'AmazonCloudFront',
    arn: 'cloudfront:distribution',
    regional: false,
    product: 'Storefront',
    families: [{ name: 'Data Transfer', base: '94.6128' }],
  },
  {
    id: 'AWSSupport',
    arn: '',
    regional: false,
    product: null,
    families: [
      { name: 'Support', base: '163.2200' },
      { name: 'Credit', base: '-19.4405' },
    ],
  },
];

const discounts = ['0.9215', '0.95', '0.874', '1', '0.9037'] as const;
const amortizations = ['0.8812', '1', '0.7564', '0.93'] as const;

const pick = <T>(list: readonly T[], ...of: string[]): T | undefined =>
  list[Math.floor(draw('cloudzero-layout', ...of) * list.length)];

const resourceOf = (plan: ServicePlan, account: string, region: string | null, family: string): string | null => {
  if (plan.arn === '') return null;
  const [service = '', kind = ''] = plan.arn.split(':');
  const digits = Math.floor(draw('cloudzero-resource', plan.id, account, region ?? '', family) * 2 ** 32);
  return `arn:aws:${service}:${region ?? ''}:${account}:${kind}/${digits.toString(16).padStart(8, '0')}`;
};

const leafOf = (
  account: (typeof accounts)[number],
  plan: ServicePlan,
  region: string | null,
  family: { readonly name: string; readonly base: string },
): Leaf => {
  const name = [account.id, plan.id, region ?? '-', family.name].join('/');
  // About one in nine is untagged.
  const tagged = draw('cloudzero-tagged', name) > 0.11;
  const weight = multiply(decimal(account.scale), decimal(region === null || region === 'us-east-1' ? '1' : '0.35'));
  return {
    name,
    account: account.id,
    accountName: account.name,
    service: plan.id,
    region,
    family: family.name,
    resource: resourceOf(plan, account.id, region, family.name),
    environment: tagged ? account.environment : null,
    team: tagged ? account.team : null,
    product: account.environment === null ? null : plan.product,
    base: decimalText(multiply(decimal(family.base), weight)),
    growth: 0.05 + 0.3 * draw('cloudzero-growth', name),
    weekend: family.name === 'Storage' || family.name === 'Support' ? 0 : 0.25,
    noise: 0.08,
    places: 9,
    discount: pick(discounts, 'discount', name) ?? '1',
    amortization: pick(amortizations, 'amortization', name) ?? '1',
    usage: '3.75',
  };
};

/** Independent of the seed, which only affects the figures. */
export const layout = (): Leaf[] =>
  accounts.flatMap((account) =>
    services.flatMap((plan) =>
      (plan.regional ? regions : [null])
        .filter(
          (region) => region === null || draw('cloudzero-presence', account.id, plan.id, region) < account.presence,
        )
        .flatMap((region) => plan.families.map((family) => leafOf(account, plan, region, family))),
    ),
  );
