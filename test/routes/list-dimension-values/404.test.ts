import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SeriesApp, startSeriesApp } from '../../services/anomaly/toy-series.ts';

let running: SeriesApp;
beforeAll(async () => {
  running = await startSeriesApp();
});
afterAll(() => running.app.close());
const get = (path: string) => running.ask('GET', path);

describe('404 of GET /v1/dimensions/{key}/values', () => {
  it.each(['bogus', 'tag:', 'Service', '__proto__'])('is 404 for %s', async (key) => {
    expect((await get(`/v1/dimensions/${encodeURIComponent(key)}/values`)).status).toBe(404);
  });
});
