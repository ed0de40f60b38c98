import { describe, expect, it } from 'vitest';
import { useMonitorApp, watch } from '../shared/monitor-app.ts';

const api = useMonitorApp();

describe('415 of POST /v1/anomaly-monitors', () => {
  it('is for another media type', async () => {
    const text = { 'content-type': 'text/plain' };
    expect((await api.ask('POST', '/v1/anomaly-monitors', watch, text)).status).toBe(415);
  });
});
