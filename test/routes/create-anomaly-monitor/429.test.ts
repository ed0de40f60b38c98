import { describe, expect, it } from 'vitest';
import { Failure } from '../../../src/domain/failure/failure.ts';
import { useMonitorApp, watch } from '../shared/monitor-app.ts';

const api = useMonitorApp();

describe('429 of POST /v1/anomaly-monitors', () => {
  it('is for a vendor that is asked too often, with its pause', async () => {
    api.vendor.failure = new Failure('vendor-throttled', { public: 'Slowly.', retryAfterMs: 2_000 });
    expect(await api.ask('POST', '/v1/anomaly-monitors', watch)).toMatchObject({
      status: 429,
      headers: { 'retry-after': '2' },
    });
  });
});
