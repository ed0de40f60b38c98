import type { Day } from '../../../src/domain/day.ts';
import {
  belgium,
  capacity,
  egress,
  type LineItemSpec,
  netherlands,
  serverless,
  since,
  traffic,
  virginia,
} from './line-items.ts';

/** A deployment or project of the sandbox organization, and its line items. */
export interface InstanceSpec {
  readonly id: string;
  readonly name: string;
  /** `deployment`, or the product of a serverless project. */
  readonly type: string;
  readonly from: Day;
  /** The first day on which it no longer runs; absent if it still runs. */
  readonly until?: Day;
  /** Chance of a spike or a drop in a month, 0 to 1. */
  readonly volatility: number;
  readonly lineItems: readonly LineItemSpec[];
}

export const instances: readonly InstanceSpec[] = [
  {
    id: '4f1d20c7a9b84e6d8a0e51c7b3d96f12',
    name: 'shop-search-production',
    type: 'deployment',
    from: since,
    volatility: 0.25,
    lineItems: [
      capacity(virginia, 'elasticsearch', 'es.datahot.c6gd', 16, 3, ['1.2288', '1.2672'], '48', 0.2),
      capacity(virginia, 'elasticsearch', 'es.datafrozen.i3en.2', 4, 1, ['0.1208']),
      capacity(virginia, 'elasticsearch', 'es.ml.c5d', 4, 1, ['0.3584'], '12', 0.5),
      capacity(virginia, 'kibana', 'kibana.c6gd', 2, 2, ['0.0862']),
      capacity(virginia, 'integrations-server', 'integrationsserver.c5d', 1, 2, ['0.0431']),
      capacity(virginia, 'apm', 'apm.r5d', 1, 1, ['0.0215']),
      ...traffic(virginia, '182.4312323', '61.7468346', '3412.6910262', '5120.3863284'),
    ],
  },
  {
    id: '91be7d03f5a24c18b6c2d4e80f7a3c55',
    name: 'shop-logs-production',
    type: 'deployment',
    from: since,
    volatility: 0.3,
    lineItems: [
      capacity(virginia, 'elasticsearch', 'es.datahot.i3', 64, 2, ['2.9376', '3.0144'], '24', 0.1),
      capacity(virginia, 'elasticsearch', 'es.datawarm.d3', 8, 2, ['0.2736']),
      capacity(virginia, 'elasticsearch', 'es.datafrozen.i3en.2', 4, 1, ['0.1208'], '48'),
      capacity(virginia, 'kibana', 'kibana.c6gd', 1, 1, ['0']),
      capacity(virginia, 'integrations-server', 'integrationsserver.c5d', 1, 2, ['0.0431'], '48'),
      ...traffic(virginia, '940.8773977', '22.1606507', '8120.5444194', '20480.9613162'),
    ],
  },
  {
    id: 'c3a87e5512d944f0a7b19f3cd0e84b61',
    name: 'shop-search-staging',
    type: 'deployment',
    from: since,
    volatility: 0.15,
    lineItems: [
      capacity(virginia, 'elasticsearch', 'es.datahot.c6gd', 4, 2, ['0.3072', '0.3168']),
      capacity(virginia, 'kibana', 'kibana.c6gd', 1, 1, ['0']),
      ...traffic(virginia, '8.3415081', '0.47905908', '151.4441128', '8.2823231'),
    ],
  },
  {
    id: '0d6f42b8e17c4a93955ec6a1b2f8d704',
    name: 'payments-observability-eu',
    type: 'deployment',
    from: '2024-06-11',
    volatility: 0.2,
    lineItems: [
      capacity(belgium, 'elasticsearch', 'es.datahot.n2.68x16x45', 8, 3, ['0.7344'], '24', 0.15),
      capacity(belgium, 'kibana', 'kibana.n2.68x32x45', 1, 2, ['0.0446']),
      capacity(belgium, 'apm', 'apm.n2.68x32x45', 2, 2, ['0.0892']),
      ...traffic(belgium, '96.2622428', '11.9460702', '1210.7319433', '1530.4359752'),
    ],
  },
  {
    id: '7e25c9a04b1d4f6fbd83e02a96c1f5d8',
    name: 'data-science-sandbox',
    type: 'deployment',
    from: '2025-02-03',
    volatility: 0.35,
    lineItems: [
      capacity(netherlands, 'elasticsearch', 'es.datahot.ddv4', 8, 1, ['0.2592'], '18', 0.4),
      capacity(netherlands, 'elasticsearch', 'es.ml.fsv2', 16, 1, ['1.1264'], '6', 0.8),
      capacity(netherlands, 'kibana', 'kibana.fsv2', 1, 1, ['0']),
      ...traffic(netherlands, '14.9687449', '3.2921964', '210.6207261', '64.8265654'),
    ],
  },
  {
    id: 'a84d0f6be3924b57a1c0d9275e6b38f3',
    name: 'legacy-site-search',
    type: 'deployment',
    from: since,
    until: '2026-08-14',
    volatility: 0.05,
    lineItems: [
      capacity(virginia, 'elasticsearch', 'es.datahot.i3', 2, 1, ['0.0979']),
      capacity(virginia, 'kibana', 'kibana.c6gd', 1, 1, ['0']),
      ...traffic(virginia, '1.1668753', '0.9102772', '0.4269097', '12.6989446'),
    ],
  },
  {
    id: 'b5c1e7f09a3d48d2',
    name: 'catalogue-semantic-search',
    type: 'elasticsearch',
    from: '2025-05-19',
    volatility: 0.3,
    lineItems: [
      serverless(
        'elasticsearch',
        'vcu_search',
        'vcu-search',
        'Elasticsearch Search VCU',
        'VCU hour',
        '0.09',
        '118.6129543',
      ),
      serverless(
        'elasticsearch',
        'vcu_ingest',
        'vcu-index',
        'Elasticsearch Ingest VCU',
        'VCU hour',
        '0.14',
        '33.4657238',
      ),
      serverless(
        'elasticsearch',
        'vcu_ml',
        'vcu-ml',
        'Elasticsearch Machine Learning VCU',
        'VCU hour',
        '0.07',
        '52.9146860',
      ),
      serverless('elasticsearch', 'storage', 'storage', 'Elasticsearch Storage', 'GB', '0.00154', '410.7583628'),
      egress('4.6833762'),
    ],
  },
  {
    id: 'e90a6d4c17b24f8e',
    name: 'platform-observability',
    type: 'observability',
    from: '2025-09-01',
    volatility: 0.3,
    lineItems: [
      serverless('observability', 'ingest', 'ingest', 'Observability Ingest', 'GB', '0.105', '264.8536249'),
      serverless('observability', 'retention', 'retention', 'Observability Retention', 'GB', '0.00061', '9120.5581229'),
      serverless(
        'observability',
        'synthetics_browser',
        'browser',
        'Synthetics Browser',
        'test',
        '0.0123',
        '288.0753917',
      ),
      egress('2.3230802'),
    ],
  },
  {
    id: '2f7b8c3e5d9146a0',
    name: 'security-operations',
    type: 'security',
    from: '2026-01-15',
    volatility: 0.25,
    lineItems: [
      serverless('security', 'ingest', 'ingest', 'Security Analytics Ingest', 'GB', '0.131', '96.3513539'),
      serverless('security', 'retention', 'retention', 'Security Analytics Retention', 'GB', '0.00065', '2210.9827294'),
      serverless('security', 'endpoints', 'endpoint', 'Endpoint Protection', 'endpoint', '0.0712', '340'),
      egress('0.8189448'),
    ],
  },
];
