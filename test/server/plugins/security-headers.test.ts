import { afterAll, describe, expect, it } from 'vitest';
import { securityHeaders } from '../../../src/server/plugins/security-headers.ts';
import { toyApi } from '../operation/toy-api.ts';
import { echo } from '../operation/toy-operations.ts';

const { app } = toyApi([echo], {}, securityHeaders);
afterAll(() => app.close());

describe('every answer', () => {
  it.each(['/v1/echo/a', '/nope', '/v1/echo/a?x=1'])('says what a browser may do with it: %s', async (url) => {
    const { headers } = await app.inject(url);
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(policy).not.toContain('upgrade-insecure-requests');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['x-frame-options']).toBe('DENY');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['x-powered-by']).toBeUndefined();
    expect(headers['strict-transport-security']).toBeUndefined();
  });
});
