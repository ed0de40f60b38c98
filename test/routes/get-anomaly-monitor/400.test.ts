import { describe, expect, it } from 'vitest';
import { useMonitorApp } from '../shared/monitor-app.ts';

const api = useMonitorApp();

describe('400 of GET /v1/anomaly-monitors/{id}', () => {
  it('is 400 for a parameter that it does not take', async () => {
    expect((await api.ask('GET', '/v1/anomaly-monitors/toy%3Am-1?expand=all')).status).toBe(400);
  });
});
