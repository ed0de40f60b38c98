import { describe, expect, it } from 'vitest';
import { useMonitorApp } from '../shared/monitor-app.ts';

describe.each(['vendor', 'gateway'] as const)('200 of PUT /v1/anomaly-monitors/{id}, kept by the %s', (managedBy) => {
  const api = useMonitorApp(managedBy);

  it('replaces the whole monitor, and the next read shows it', async () => {
    const path = await api.create();
    const changed = await api.ask('PUT', path, { name: 'Renamed', groupBy: ['region'] });
    expect(changed).toMatchObject({ status: 200, body: { data: { name: 'Renamed', filters: {}, minImpact: null } } });
    expect(await api.ask('GET', path)).toMatchObject({ body: { data: { name: 'Renamed', groupBy: ['region'] } } });
  });
});
