import { describe, expect, it } from 'vitest';
import { useMonitorApp } from '../shared/monitor-app.ts';

describe.each(['vendor', 'gateway'] as const)('200 of GET /v1/anomaly-monitors/{id}, kept by the %s', (managedBy) => {
  const api = useMonitorApp(managedBy);

  it('is the monitor that was created', async () => {
    expect(await api.ask('GET', await api.create())).toMatchObject({
      status: 200,
      body: { data: { name: 'Storage watch', managedBy } },
    });
  });
});
