import { describe, expect, it } from 'vitest';
import { useMonitorApp, watch } from '../shared/monitor-app.ts';

describe.each(['vendor', 'gateway'] as const)('201 of POST /v1/anomaly-monitors, kept by the %s', (managedBy) => {
  const api = useMonitorApp(managedBy);

  it('has a Location, and the monitor is in the list and under that path', async () => {
    const made = await api.ask('POST', '/v1/anomaly-monitors', watch);
    const data = {
      provider: 'toy',
      connection: 'toy',
      name: 'Storage watch',
      description: 'It has grown before.',
      filters: { service: ['spiky', 'calm'] },
      groupBy: ['account'],
      sensitivity: 'high',
      minImpact: { amount: '10.5', currency: 'USD' },
      managedBy,
    };
    expect(made).toMatchObject({ status: 201, body: { data, meta: { complete: true } } });
    const path = String(made.headers.location);
    expect(path).toMatch(/^\/v1\/anomaly-monitors\/toy%3A/);
    expect(await api.ask('GET', path)).toMatchObject({ status: 200, body: { data } });
    expect(await api.ask('GET', '/v1/anomaly-monitors')).toMatchObject({ status: 200, body: { data: [data] } });
  });

  it('has defaults for all that may be left out', async () => {
    const made = await api.ask('POST', '/v1/anomaly-monitors', { connection: 'toy', name: 'All' });
    expect(made).toMatchObject({
      status: 201,
      body: { data: { description: null, filters: {}, groupBy: [], sensitivity: 'medium', minImpact: null } },
    });
  });

  it('creates once per key, and repeats the first answer', async () => {
    const key = { 'idempotency-key': 'k-1' };
    const first = await api.ask('POST', '/v1/anomaly-monitors', watch, key);
    const again = await api.ask('POST', '/v1/anomaly-monitors', watch, key);
    expect([again.status, JSON.stringify(again.body)]).toEqual([201, JSON.stringify(first.body)]);
    expect(Object((await api.ask('GET', '/v1/anomaly-monitors')).body).data).toHaveLength(1);
  });
});

describe('201 of POST /v1/anomaly-monitors', () => {
  const api = useMonitorApp();

  it('is done once where the connection breaks off: the gateway looks for what it sent', async () => {
    api.vendor.breaksOff = true;
    const made = await api.ask('POST', '/v1/anomaly-monitors', watch);
    expect(made).toMatchObject({ status: 201, body: { data: { id: 'toy:m-1' } } });
    expect(api.vendor.sends).toEqual(['create']);
  });
});
