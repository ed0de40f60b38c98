import { expect, it } from 'vitest';
import { instanceCostsRequest } from './requests.ts';

it('asks for whole days in UTC, with names, and is a read', () => {
  expect(instanceCostsRequest('acme_1', '2026-10-01', '2026-11-01')).toEqual({
    operation: 'getCostsByInstancesV2',
    method: 'GET',
    path: '/api/v2/billing/organizations/acme_1/costs/instances',
    query: [
      ['from', '2026-10-01T00:00:00Z'],
      ['to', '2026-11-01T00:00:00Z'],
      ['include_names', 'true'],
    ],
    effect: 'read',
  });
});
