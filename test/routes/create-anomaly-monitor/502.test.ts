import { describe, expect, it } from 'vitest';
import { Failure } from '../../../src/domain/failure/failure.ts';
import { useMonitorApp, watch } from '../shared/monitor-app.ts';

const api = useMonitorApp();

describe('502 of POST /v1/anomaly-monitors', () => {
  it('is for a vendor that is down', async () => {
    api.vendor.failure = new Failure('vendor-unavailable', { public: 'Down.' });
    expect((await api.ask('POST', '/v1/anomaly-monitors', watch)).status).toBe(502);
  });
});
