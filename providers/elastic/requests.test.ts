import { expect, it } from 'vitest';
import { instanceCostsRequest } from './requests.ts';

const now = Date.parse('2026-11-21T10:00:00.750Z');

it('asks for whole days in UTC, and is a read', () => {
  const october = { start: '2026-10-01', end: '2026-11-01' };
  expect(instanceCostsRequest('acme_1', october, now, true)).toEqual({
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
  const names = (asked: boolean) =>
    new Map(instanceCostsRequest('acme_1', october, now, asked).query).has('include_names');
  expect([names(true), names(false)]).toEqual([true, false]);
});

it.each([
  ['the day that is not over', '2026-11-21', '2026-11-22', now, '2026-11-21T10:00:00Z'],
  ['a day that is over', '2026-11-20', '2026-11-21', now, '2026-11-21T00:00:00Z'],
  [
    'the first instant of a day',
    '2026-11-21',
    '2026-11-22',
    Date.parse('2026-11-21T00:00:00Z'),
    '2026-11-21T00:00:01Z',
  ],
])('never asks past now: %s', (_what, start, end, at, to) => {
  expect(Object.fromEntries(instanceCostsRequest('acme_1', { start, end }, at, false).query ?? []).to).toBe(to);
});
