import type { Day } from '../../../src/domain/day.ts';

/** One billed item of an instance. */
export interface LineItemSpec {
  /** Null for items of a deployment without a product; absent for such items of a project. */
  readonly kind?: string | null;
  readonly type: string;
  readonly sku: string;
  readonly name: string;
  readonly unit: string;
  /** ECU per unit from a day on, oldest first. */
  readonly rates: readonly (readonly [from: Day, rate: string])[];
  /** Units on an average day. */
  readonly base: string;
  readonly growth?: number;
  readonly weekend?: number;
  readonly noise: number;
  readonly places: number;
}

export const since = '2000-01-01';

interface Region {
  readonly cloud: string;
  readonly title: string;
  readonly key: string;
}
export const virginia: Region = { cloud: 'aws', title: 'AWS us-east-1 (N. Virginia)', key: 'us-east-1' };
export const belgium: Region = { cloud: 'gcp', title: 'GCP europe-west1 (Belgium)', key: 'europe-west1' };
export const netherlands: Region = { cloud: 'azure', title: 'Azure westeurope (Netherlands)', key: 'westeurope' };

/** A node type of a deployment. More than 24 `hours` means several nodes; `scaling` is the share that autoscales. */
export const capacity = (
  region: Region,
  kind: string,
  hardware: string,
  gigabytes: number,
  zones: number,
  rates: readonly string[],
  hours = '24',
  scaling = 0,
): LineItemSpec => {
  const configuration = `${region.cloud}.${hardware}`;
  const [first = '0', ...raised] = rates;
  return {
    kind,
    type: 'capacity',
    sku: `${configuration}_${region.key}_${gigabytes * 1024}_${zones}`,
    name: `Cloud Enterprise, ${region.title}, ${configuration}, ${gigabytes}GB, ${zones}AZ`,
    unit: 'hour',
    rates: [[since, first], ...raised.map((rate) => ['2025-10-01', rate] as const)],
    base: hours,
    noise: scaling,
    places: 4,
  };
};

const metered = (
  region: Region,
  type: string,
  sku: string,
  name: string,
  rate: string,
  base: string,
  growth = 0.15,
): LineItemSpec => ({
  kind: null,
  type,
  sku: `${region.cloud}.${sku}`,
  name: `${region.cloud.toUpperCase()} ${name}`,
  unit: 'GB',
  rates: [[since, rate]],
  base,
  growth,
  weekend: 0.3,
  noise: 0.25,
  places: 13,
});

/** The items of every deployment other than its nodes. */
export const traffic = (region: Region, inward: string, outward: string, internode: string, stored: string) => [
  metered(region, 'data_in', 'data-transfer-in', 'Data Transfer In', '0', inward),
  metered(region, 'data_out', 'data-transfer-out', 'Data Transfer Out', '0.05', outward),
  metered(region, 'data_internode', 'data-transfer-inter-node', 'Data Transfer Inter-Node', '0.016', internode),
  metered(region, 'storage_bytes', 'snapshot-storage', 'Snapshot Storage', '0.0011', stored, 0.35),
  {
    ...metered(region, 'storage_api', 'snapshot-api-1k', 'Snapshot Storage API', '0.0018', '560'),
    unit: '1000 API Calls',
    places: 0,
  },
];

export const serverless = (
  product: string,
  type: string,
  meter: string,
  name: string,
  unit: string,
  rate: string,
  base: string,
): LineItemSpec => ({
  kind: `serverless-${product}`,
  type,
  sku: `serverless.${product}.${meter}_aws-us-east-1`,
  name,
  unit,
  rates: [[since, rate]],
  base,
  growth: 0.4,
  weekend: 0.25,
  noise: 0.2,
  places: 13,
});

/** Egress of projects has no kind, because it belongs to no product. */
export const egress = (base: string): LineItemSpec => ({
  type: 'data_out',
  sku: 'serverless.data-transfer-out_aws-us-east-1',
  name: 'Serverless Data Transfer Out',
  unit: 'GB',
  rates: [[since, '0.05']],
  base,
  noise: 0.3,
  places: 13,
});
