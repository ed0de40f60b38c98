import { describe, expect, it } from 'vitest';
import { useMonitorApp, watch } from '../shared/monitor-app.ts';

describe.each(['vendor', 'gateway'] as const)('400 of PUT /v1/anomaly-monitors/{id}, kept by the %s', (managedBy) => {
  const api = useMonitorApp(managedBy);

  it('is for another connection', async () => {
    expect(await api.ask('PUT', await api.create(), { ...watch, connection: 'else' })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'body.connection' }] },
    });
  });
});
