import { describe, expect, it } from 'vitest';
import { Failure } from '../../../src/domain/failure/failure.ts';
import { checkReachability } from '../../../src/services/doctor/reachability.ts';
import type { Heard } from '../../../src/vendor/upstream/hear.ts';
import { transportFailure } from '../../../src/vendor/upstream/transport/transport-failure.ts';

const heard = (more: Partial<Heard> = {}): Heard => ({
  operation: 'list',
  status: 200,
  contentType: 'application/json',
  serverTime: null,
  sentAt: 0,
  receivedAt: 12,
  ...more,
});
const coded = (code: string) => transportFailure(Object.assign(new Error('x'), { code }), 'list');
const failed = (kind: 'vendor-malformed' | 'vendor-redirected' | 'permission-missing' | 'vendor-throttled') =>
  new Failure(kind, { public: 'The vendor says no.' });

describe('reachability', () => {
  it.each([
    ['ENOTFOUND', '(DNS)'],
    ['EAI_AGAIN', '(DNS)'],
    ['ECONNREFUSED', 'refuses the connection'],
    ['SELF_SIGNED_CERT_IN_CHAIN', '(TLS)'],
    ['CERT_HAS_EXPIRED', '(TLS)'],
    ['UND_ERR_CONNECT_TIMEOUT', 'nothing answers at its address'],
    ['EHOSTUNREACH', 'nothing answers at its address'],
    ['UND_ERR_SOCKET', 'was closed before an answer was complete'],
  ])('%s is told from the others', (code, words) => {
    const check = checkReachability([coded(code)], []);
    expect(check.ok).toBe(false);
    expect(check.detail).toContain(words);
    expect(check.detail).toContain(code);
    expect(check.mend).not.toBeNull();
  });

  it('a page of a proxy is told from an answer of the vendor, whatever its status', () => {
    for (const [kind, status] of [
      ['vendor-malformed', 200],
      ['vendor-redirected', 302],
      ['permission-missing', 403],
    ] as const) {
      const page = heard({ status, contentType: 'text/html; charset=utf-8' });
      expect(checkReachability([failed(kind)], [page]).detail).toContain('a web page came instead of data');
      expect(checkReachability([failed(kind)], [heard({ status })]).detail).not.toContain('web page');
    }
  });

  it('a missing permission and a throttle are answers', () => {
    expect(checkReachability([failed('permission-missing')], [heard({ status: 403 })]).ok).toBe(true);
    expect(checkReachability([failed('vendor-throttled')], [heard({ status: 429 })]).ok).toBe(true);
  });

  it('is not known where nothing was sent', () => {
    const check = checkReachability([failed('vendor-throttled')], []);
    expect(check).toMatchObject({ ok: false, detail: expect.stringContaining('not known') });
  });

  it('tells how long the slowest answer took', () => {
    expect(checkReachability([], [heard(), heard({ receivedAt: 40 })]).detail).toBe('answers within 40 ms');
  });
});
