import { describe, expect, test } from 'vitest';
import type { VendorReply } from '../../src/vendor/kit/index.ts';
import { liveBudgetsRequest } from './budgets/requests.ts';
import { readFailure } from './failures.ts';
import { dimensionsRequest, liveCostRequest, publishedCostRequest } from './requests.ts';

const query = {
  start: '2026-10-01',
  end: '2026-11-01',
  costType: 'billed',
  granularity: 'daily',
  groupBy: ['Account'],
} as const;
const costs = liveCostRequest(query, null);
const reply = (status: number, json: unknown = undefined): VendorReply => ({ status, headers: {}, text: '', json });

describe('failures', () => {
  test.each([
    [400, 'vendor-rejected'],
    [401, 'credentials-rejected'],
    [403, 'permission-missing'],
    [404, 'vendor-not-found'],
    [405, 'vendor-not-found'],
    [410, 'vendor-incomplete'],
    [429, 'vendor-throttled'],
  ])('%i is %s', (status, kind) => {
    expect(readFailure(reply(status), costs)?.kind).toBe(kind);
  });

  test.each([200, 204, 301, 413, 500, 502, 503])('%i is left to its class', (status) => {
    expect(readFailure(reply(status), costs)).toBeNull();
  });

  test.each([
    [costs, 'billing:read_costs'],
    [publishedCostRequest(query, null), 'billing:read_costs'],
    [dimensionsRequest(), 'billing:read_dimensions'],
    [liveBudgetsRequest(null), 'budgets:read_budgets'],
    [{ ...dimensionsRequest(), operation: 'getInsights' }, 'insights:read_insights'],
  ])('a 403 names the scope of the operation (%#)', (request, scope) => {
    expect(readFailure(reply(403, { message: 'Forbidden' }), request)?.details.public).toContain(scope);
  });

  test('a throttle waits for the header to be read, and the cost query pauses alone', () => {
    const body = { error: { message: 'Too many', type: 'RateLimit' } };
    const failure = readFailure(reply(429, body), costs);
    expect(failure?.details.retryAfterMs).toBeUndefined();
    expect(failure?.details.pauses).toBe('operation');
    expect(failure?.details.public).toContain('Too many');
    expect(readFailure(reply(429, body), dimensionsRequest())?.details.pauses).toBe('connection');
  });

  test('the vendor’s words are cut and cleaned before they are quoted', () => {
    const message = `bad\u001b[31m\r\nSet-Cookie: a\u0000${'😀'.repeat(500)}`;
    const text = readFailure(reply(400, { error: { message, type: 'x' } }), costs)?.details.public ?? '';
    expect(/\p{C}/u.test(text)).toBe(false);
    expect([...text].length).toBeLessThan(260);
    expect(text.isWellFormed()).toBe(true);
  });

  test.each([undefined, null, 'text', [], { error: 'plain' }, { error: { message: 5 } }, { message: '' }])(
    'a body of %j is no obstacle',
    (json) => {
      expect(readFailure(reply(400, json), costs)?.details.public).toMatch(/^CloudZero refused/);
    },
  );
});

describe('requests', () => {
  test('a first page is charged and sent once, its followers are free', () => {
    for (const first of [costs, publishedCostRequest(query, null)]) {
      expect(first).toMatchObject({ quota: 'cost-queries', attemptsMax: 1, effect: 'read' });
    }
    for (const next of [liveCostRequest(query, 'c'), publishedCostRequest(query, { path: '/p', query: [] })]) {
      expect(next.quota).toBeUndefined();
      expect(next.attemptsMax).toBeUndefined();
    }
    expect(dimensionsRequest().quota).toBeUndefined();
  });
  test('the published query is a body', () => {
    expect(publishedCostRequest({ ...query, costType: 'effective' }, null)).toMatchObject({
      method: 'POST',
      json: {
        start: '2026-10-01T00:00:00Z',
        end: '2026-11-01T00:00:00Z',
        group_by: ['Account'],
        granularity: 'daily',
        cost_type: 'discounted_amortized',
      },
    });
  });
});
