import { decimal, decimalText, multiply } from '../../../src/domain/decimal.ts';
import { draw, type Series } from '../../../src/vendor/sandbox/world.ts';

/** A connected billing account of the simulated customer. */
interface BillingAccount {
  readonly id: string;
  readonly nativeId: string;
  readonly name: string;
  readonly payer: boolean;
  readonly weight: string;
}
export interface CostAccount {
  readonly id: string;
  readonly name: string;
  /** 0 AWS, 1 Azure, 2 GCP. */
  readonly cloud: 0 | 1 | 2;
  readonly children: readonly BillingAccount[];
}

export const costAccounts: readonly CostAccount[] = [
  {
    id: '33240000000059001',
    name: 'AWS Retail',
    cloud: 0,
    children: [
      { id: '33240000000059017', nativeId: '411122223333', name: 'northwind-payer_AWS', payer: true, weight: '1' },
      { id: '33240000000059021', nativeId: '411122224444', name: 'northwind-shop_AWS', payer: false, weight: '2.35' },
      { id: '33240000000059025', nativeId: '411122225555', name: 'northwind-depot_AWS', payer: false, weight: '0.71' },
    ],
  },
  {
    id: '33240000000061003',
    name: 'AWS Analytics',
    cloud: 0,
    children: [
      { id: '33240000000061011', nativeId: '522233334444', name: 'northwind-lake_AWS', payer: true, weight: '1.62' },
      {
        id: '33240000000061015',
        nativeId: '522233335555',
        name: 'northwind-research - AWS ',
        payer: false,
        weight: '0.4',
      },
    ],
  },
  {
    id: '33240000000011003',
    name: 'Azure Europe',
    cloud: 1,
    children: [
      {
        id: '33240000000012001',
        nativeId: '8c8688f6-a2f3-46a3-9b1a-2f3e245f4f5f',
        name: 'Northwind Workplace_Microsoft',
        payer: false,
        weight: '0.93',
      },
      {
        id: '33240000000012033',
        nativeId: '8c8688f6-a2f3-46a3-9b1a-2f3e245f4f5f',
        name: 'Northwind Workplace_Marketplace',
        payer: false,
        weight: '1',
      },
    ],
  },
  {
    id: '33240000000073005',
    name: 'GCP Platform',
    cloud: 2,
    children: [
      { id: '33240000000073011', nativeId: 'northwind-maps', name: 'northwind-maps', payer: false, weight: '1.18' },
    ],
  },
];

/** Has charges on the first of a month only. */
const marketplace = '33240000000012033';

const cloudServices: readonly (readonly (readonly [service: string, base: string])[])[] = [
  [
    ['AmazonEC2', '184.7315824'],
    ['AmazonS3', '61.0482713'],
    ['AmazonRDS', '97.3361905'],
    ['AmazonCloudWatch', '23.9175046'],
    ['AWSLambda', '8.4461207'],
    ['AmazonDynamoDB', '31.2250968'],
  ],
  [
    ['microsoft.compute', '72.1180364'],
    ['microsoft.storage', '11.7046129'],
    ['microsoft.network', '19.3982051'],
    ['microsoft.sql', '44.6170238'],
    ['microsoft.web', '15.2093847'],
    ['microsoft.insights', '6.5514402'],
  ],
  [
    ['Compute Engine', '88.4402915'],
    ['Cloud Storage', '17.6039248'],
    ['BigQuery', '53.9027416'],
    ['Cloud SQL', '39.1186053'],
    ['Networking', '12.8750391'],
    ['Cloud Run', '7.2296184'],
  ],
];
const cloudRegions: readonly (readonly (readonly [region: string, weight: string])[])[] = [
  [
    ['us-east-1', '1.4'],
    ['eu-west-1', '0.8'],
    ['ap-south-1', '0.35'],
  ],
  [
    ['EU West', '1.2'],
    ['US East', '0.7'],
    ['IN South', '0.3'],
  ],
  [
    ['europe-west1', '1.1'],
    ['us-central1', '0.9'],
    ['asia-south1', '0.3'],
  ],
];

/** The smallest unit of cost. The figures of all endpoints are sums of leaves. */
export interface Leaf {
  readonly cloud: 0 | 1 | 2;
  readonly costAccount: string;
  readonly billingAccount: string;
  readonly service: string;
  /** Empty if the vendor reports none, as for tax. */
  readonly region: string;
  readonly category: string;
  readonly monthStartOnly: boolean;
  readonly series: Series;
}

const scaled = (base: string, ...weights: string[]): string =>
  decimalText(weights.reduce((product, weight) => multiply(product, decimal(weight)), decimal(base)));

const leavesOf = (account: CostAccount, child: BillingAccount): Leaf[] => {
  const leaf = (
    service: string,
    region: string,
    category: string,
    base: string,
    more: Partial<Series> = {},
    monthStartOnly = false,
  ): Leaf => ({
    cloud: account.cloud,
    costAccount: account.id,
    billingAccount: child.id,
    service,
    region,
    category,
    monthStartOnly,
    series: { name: [child.id, service, region, category].join('/'), base, growth: 0.14, ...more },
  });
  if (child.id === marketplace) {
    return [
      leaf('SendGrid', '', 'Usage', '249.95', { noise: 0, growth: 0 }, true),
      leaf('Datadog', '', 'Usage', '618.4', { noise: 0.05, places: 2 }, true),
    ];
  }
  const leaves: Leaf[] = [];
  for (const [service, base] of cloudServices[account.cloud] ?? []) {
    for (const [region, weight] of cloudRegions[account.cloud] ?? []) {
      if (draw('estate', child.id, service, region) > 0.56) continue;
      const places = [6, 10, 14, 16][Math.floor(draw('places', child.id, service, region) * 4)] ?? 10;
      leaves.push(leaf(service, region, 'Usage', scaled(base, child.weight, weight), { weekend: 0.22, places }));
    }
  }
  if (account.cloud === 0) {
    leaves.push(leaf('AmazonEC2', '', 'Tax', scaled('212.417', child.weight), { places: 8 }, true));
    leaves.push(leaf('AmazonS3', '', 'Credit', scaled('-1.7330518', child.weight), { places: 9 }));
    if (child.payer)
      leaves.push(leaf('AmazonEC2', 'us-east-1', 'SavingsPlanNegation', scaled('-41.6280153', child.weight), {}));
  } else {
    leaves.push(leaf(cloudServices[account.cloud]?.[0]?.[0] ?? '', '', 'Tax', '96.31', { places: 7 }, true));
    leaves.push(leaf(cloudServices[account.cloud]?.[1]?.[0] ?? '', '', 'Credit', '-0.8813', { places: 12 }));
  }
  return leaves;
};

export const leaves: readonly Leaf[] = costAccounts.flatMap((account) =>
  account.children.flatMap((child) => leavesOf(account, child)),
);

/** Rows that a careless reader drops: negative ones, and ones without a service or a region. */
export const refundLeaves: readonly Leaf[] = costAccounts
  .filter(({ cloud }) => cloud === 0)
  .flatMap(({ id, children: [payer] }) =>
    payer === undefined
      ? []
      : [
          { category: 'Refund', service: '', region: 'us-east-1', base: '-912.4471' },
          { category: 'Support', service: 'AWSSupportBusiness', region: '', base: '317.2209' },
        ].map(({ category, service, region, base }) => ({
          cloud: 0 as const,
          costAccount: id,
          billingAccount: payer.id,
          service,
          region,
          category,
          monthStartOnly: true,
          series: { name: [payer.id, service, region, category].join('/'), base, places: 9 },
        })),
  );

export const cloudNames = ['AWS', 'Azure', 'GCP'] as const;
/** The sankey endpoint spells one cloud differently. */
export const sankeyCloudNames = ['AWS', 'AZURE', 'GCP'] as const;

export const costCenters = [
  {
    id: '33240000000925017',
    name: 'Commerce',
    is_hybrid: true,
    cloud_type: -1,
    cost_account_id: ['33240000000059001', '33240000000011003'],
  },
  {
    id: '33240000000925021',
    name: 'Insights',
    is_hybrid: false,
    cloud_type: 0,
    cost_account_id: ['33240000000061003'],
  },
];
/** A solution report: everything in one region of AWS. */
export const solutionReport = { id: '33240000000012271', name: 'us-east-1 (AWS)', region: 'us-east-1' };
