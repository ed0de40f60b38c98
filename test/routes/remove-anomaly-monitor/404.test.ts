import { describe, expect, it } from 'vitest';
import { useMonitorApp } from '../shared/monitor-app.ts';

describe.each(['vendor', 'gateway'] as const)(
  '404 of DELETE /v1/anomaly-monitors/{id}, kept by the %s',
  (managedBy) => {
    const api = useMonitorApp(managedBy);

    it('is for a monitor that is gone already', async () => {
      const path = await api.create();
      expect((await api.ask('DELETE', path)).status).toBe(204);
      expect((await api.ask('DELETE', path)).status).toBe(404);
    });
  },
);
