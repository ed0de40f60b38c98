import { expect, test } from 'vitest';
import { cloudOfSku } from './clouds.ts';

test.each([
  ['aws.es.datahot.c6gd_us-east-1_4096_2', 'aws'],
  ['gcp.data-transfer-inter-node', 'gcp'],
  ['azure.kibana.fsv2_westeurope_1024_1', 'azure'],
  ['serverless.elasticsearch.vcu-search_aws-us-east-1', 'aws'],
  ['serverless.security.ingest_azure-eastus', 'azure'],
])('the SKU %s names its cloud', (sku, cloud) => {
  expect(cloudOfSku(sku)).toBe(cloud);
});

test.each(['support.gold', 'awsome.thing', 'serverless.vcu_awsome', '', null, undefined])(
  'the SKU %s names none',
  (sku) => {
    expect(cloudOfSku(sku)).toBeNull();
  },
);
