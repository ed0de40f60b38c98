const deployed = /^(aws|azure|gcp)\./u;
const serverless = /_(aws|azure|gcp)-[^_]*$/u;

/**
 * The cloud that a SKU names: `aws.kibana.c6gd_us-east-1_1024_1`, or `serverless.elasticsearch.vcu-search_aws-us-east-1`.
 * SKUs are documented nowhere, so one of another form has no cloud.
 */
export const cloudOfSku = (sku: string | null | undefined): string | null =>
  deployed.exec(sku ?? '')?.[1] ?? serverless.exec(sku ?? '')?.[1] ?? null;
