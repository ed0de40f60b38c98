import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SeriesApp, startSeriesApp } from '../../services/anomaly/toy-series.ts';

let running: SeriesApp;
beforeAll(async () => {
  running = await startSeriesApp();
});
afterAll(() => running.app.close());
const get = (path: string) => running.ask('GET', path);

describe('400 of GET /v1/dimensions/{key}/values', () => {
  it('is 400 for a parameter or a provider that it does not know', async () => {
    expect((await get('/v1/dimensions/service/values?groupBy=service')).status).toBe(400);
    expect((await get('/v1/dimensions/service/values?provider=nobody')).status).toBe(400);
  });
});
