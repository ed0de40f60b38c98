import { describe, expect, it } from 'vitest';
import { useMonitorApp } from '../shared/monitor-app.ts';

describe.each(['vendor', 'gateway'] as const)(
  '204 of DELETE /v1/anomaly-monitors/{id}, kept by the %s',
  (managedBy) => {
    const api = useMonitorApp(managedBy);

    it('removes the monitor, which is a 404 from then on', async () => {
      const path = await api.create();
      expect((await api.ask('DELETE', path)).status).toBe(204);
      expect((await api.ask('DELETE', path)).status).toBe(404);
      expect((await api.ask('GET', path)).status).toBe(404);
    });
  },
);
