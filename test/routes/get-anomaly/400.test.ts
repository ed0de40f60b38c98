import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SeriesApp, startSeriesApp } from '../../services/anomaly/toy-series.ts';

let running: SeriesApp;
beforeAll(async () => {
  running = await startSeriesApp();
});
afterAll(() => running.app.close());

describe('400 of GET /v1/anomalies/{id}', () => {
  it.each([
    'toy',
    ':x',
    'toy:',
    'toy:gw:',
    'toy:gw:planet:mars:2026-11-10',
    'toy:gw:service:spiky:2026-02-30',
    'toy:gw:service:%zz:2026-11-10',
    'toy:gw:monitor::spiky:2026-11-10',
    'toy:gw:service:spiky',
  ])('is 400 for %s, which is no id', async (id) => {
    expect(await running.ask('GET', `/v1/anomalies/${encodeURIComponent(id)}`)).toMatchObject({
      status: 400,
      body: { type: '/problems/invalid-request', errors: [{ path: 'path.id' }] },
    });
  });
});
