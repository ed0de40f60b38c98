import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SeriesApp, startSeriesApp } from '../../services/anomaly/toy-series.ts';

let running: SeriesApp;
beforeAll(async () => {
  running = await startSeriesApp();
});
afterAll(() => running.app.close());

describe('404 of GET /v1/anomalies/{id}', () => {
  it.each([
    'toy:gw:service:calm:2026-11-10',
    'toy:gw:service:spiky:2026-11-11',
    'toy:gw:service:nobody:2026-11-10',
    'toy:gw:service:spiky:2027-11-10',
    'toy:gw:monitor:nobody:spiky:2026-11-10',
    'nobody:gw:service:spiky:2026-11-10',
    'toy:whatever',
  ])('is 404 for %s, which is unknown', async (id) => {
    expect(await running.ask('GET', `/v1/anomalies/${encodeURIComponent(id)}`)).toMatchObject({
      status: 404,
      body: { type: '/problems/not-found' },
    });
  });
});
