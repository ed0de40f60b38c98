import { describe, expect, it } from 'vitest';
import { everybodyIs } from '../shared/expected.ts';
import { useMonitorApp, watch } from '../shared/monitor-app.ts';

const api = useMonitorApp();

describe('403 of POST /v1/anomaly-monitors', () => {
  it('is for a caller without the scope to write, who can still read', async () => {
    await api.restart({ authenticate: everybodyIs({ scopes: new Set(['read'] as const) }) });
    expect((await api.ask('POST', '/v1/anomaly-monitors', watch)).status).toBe(403);
    expect((await api.ask('GET', '/v1/anomaly-monitors')).status).toBe(200);
  });
});
