import { describe, expect, it } from 'vitest';
import { useMonitorApp } from '../shared/monitor-app.ts';

describe.each(['vendor', 'gateway'] as const)(
  '400 of DELETE /v1/anomaly-monitors/{id}, kept by the %s',
  (managedBy) => {
    const api = useMonitorApp(managedBy);

    it('is for a body, which it does not take', async () => {
      expect((await api.ask('DELETE', await api.create(), { really: true })).status).toBe(400);
    });
  },
);
