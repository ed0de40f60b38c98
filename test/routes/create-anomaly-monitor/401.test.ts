import { describe, expect, it } from 'vitest';
import { refuseEverybody } from '../shared/expected.ts';
import { useMonitorApp, watch } from '../shared/monitor-app.ts';

const api = useMonitorApp();

describe('401 of POST /v1/anomaly-monitors', () => {
  it('is for a caller without a credential', async () => {
    await api.restart({ authenticate: refuseEverybody });
    expect((await api.ask('POST', '/v1/anomaly-monitors', watch)).status).toBe(401);
  });
});
