import { describe, expect, it } from 'vitest';
import { problem } from '../shared/expected.ts';
import { fromFile, useMonitorApp, watch } from '../shared/monitor-app.ts';

const api = useMonitorApp();

describe('422 of DELETE /v1/anomaly-monitors/{id}', () => {
  it.each([
    [[], 'they can be read'],
    [['create'], 'possible are create'],
  ] as const)('is 422 where the vendor only lets %j', async (acts, possible) => {
    await api.restart({ capabilities: { monitors: api.vendor.source(acts) } });
    const { connection: _connection, ...theirs } = { ...watch, sensitivity: 'high' as const, minImpact: null };
    api.vendor.monitors.set('m-1', { ...theirs, nativeId: 'm-1', createdAt: null, updatedAt: null });
    expect(await api.ask('DELETE', '/v1/anomaly-monitors/toy%3Am-1')).toMatchObject({
      status: 422,
      body: problem('capability-unsupported', { detail: expect.stringContaining(possible) }),
    });
  });

  it('is for a monitor of the connections file, which stands in the list like any other', async () => {
    await api.restart({ capabilities: { monitors: api.vendor.source() }, monitors: [fromFile] });
    await api.ask('POST', '/v1/anomaly-monitors', watch);
    expect((await api.ask('GET', '/v1/anomaly-monitors')).body).toMatchObject({
      data: [
        { id: 'toy:m-1', managedBy: 'vendor' },
        { id: 'toy:from-file', managedBy: 'gateway', name: 'From the file', groupBy: ['region'] },
      ],
    });
    const path = '/v1/anomaly-monitors/toy%3Afrom-file';
    expect((await api.ask('GET', path)).status).toBe(200);
    expect(await api.ask('DELETE', path)).toMatchObject({
      status: 422,
      body: { detail: expect.stringContaining('connections file') },
    });
  });
});
