import { describe, expect, it } from 'vitest';
import type { VendorReply } from '../../src/vendor/kit/index.ts';
import { readFailure } from './failures.ts';

const reply = (status: number, body: unknown, headers: Record<string, string> = {}): VendorReply => ({
  status,
  headers,
  text: typeof body === 'string' ? body : JSON.stringify(body),
  json: typeof body === 'string' ? undefined : body,
});
const costs = { operation: 'getCostsByInstancesV2' };
const errors = (code: string, message: string) => ({ errors: [{ code, message, fields: [] }] });

describe('what Elastic Cloud means by an error', () => {
  it('is nothing where the answer is a success, and nothing of its own where the status says it', () => {
    expect(readFailure(reply(200, { total_ecu: 0, instances: null }), costs)).toBeNull();
    expect(readFailure(reply(500, 'oops'), costs)).toBeNull();
    expect(readFailure(reply(503, errors('x', 'y')), costs)).toBeNull();
  });

  it('is a key that is refused at 401, in either form', () => {
    expect(readFailure(reply(401, '401: Unauthorized'), costs)?.kind).toBe('credentials-rejected');
    expect(readFailure(reply(401, errors('root.unauthenticated', 'no')), costs)?.kind).toBe('credentials-rejected');
  });

  it('is a missing role at 403, which names the permission', () => {
    const failure = readFailure(
      reply(403, "403: User does not have 'billing-costs:get:2718281828' permissions"),
      costs,
    );
    expect(failure?.kind).toBe('permission-missing');
    expect(failure?.details.public).toContain('billing-costs:get:2718281828');
    expect(failure?.details.public).toContain('Billing admin');
  });

  it('quotes no permission that does not look like one', () => {
    const failure = readFailure(reply(403, "403: User does not have '<script>alert(1)</script>' permissions"), costs);
    expect(failure?.kind).toBe('permission-missing');
    expect(failure?.details.public).not.toContain('script');
  });

  it('is a missing role at 403 as JSON, too', () => {
    const said = "User does not have 'billing-costs:get:2718281828' permissions";
    const failure = readFailure(reply(403, errors('organization.invalid_access', said)), costs);
    expect(failure?.kind).toBe('permission-missing');
    expect(failure?.details.public).toContain('billing-costs:get:2718281828');
    expect(readFailure(reply(403, errors('organization.invalid_access', 'no')), costs)?.kind).toBe(
      'permission-missing',
    );
  });

  it('is a throttle at 429 or by its code, without a time of its own', () => {
    const failure = readFailure(
      reply(429, errors('billing_service.rate_limited', 'slow down'), { 'retry-after': '7' }),
      costs,
    );
    expect(failure?.kind).toBe('vendor-throttled');
    expect(failure?.details.retryAfterMs).toBeUndefined();
    expect(readFailure(reply(503, errors('billing_service.rate_limited', 'slow')), costs)?.kind).toBe(
      'vendor-throttled',
    );
  });

  it('is an unknown organization at 404, which names the setting', () => {
    const failure = readFailure(reply(404, ''), costs);
    expect(failure?.kind).toBe('vendor-not-found');
    expect(failure?.details.public).toContain('organization id');
  });

  it('is a vendor that is down at 424', () => {
    expect(readFailure(reply(424, ''), costs)?.kind).toBe('vendor-unavailable');
  });

  it('is a missing budget, not a missing organization, where budgets were asked for', () => {
    const failure = readFailure(reply(404, ''), { operation: 'getBudget' });
    expect(failure?.kind).toBe('vendor-not-found');
    expect(failure?.details.public).toContain('budget');
  });

  it('is a refused request at 400, quoted short and printable', () => {
    const failure = readFailure(
      reply(400, errors('billing_service.invalid_range', `bad\r\n\u001b[31m${'x'.repeat(999)}`)),
      costs,
    );
    expect(failure?.kind).toBe('vendor-rejected');
    expect(failure?.details.public).toMatch(/^[\x20-\x7e]{1,260}$/);
  });
});
