import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SeriesApp, startSeriesApp } from '../../services/anomaly/toy-series.ts';

let running: SeriesApp;
beforeAll(async () => {
  running = await startSeriesApp();
});
afterAll(() => running.app.close());
const get = (path: string) => running.ask('GET', path);

describe('200 of GET /v1/dimensions/{key}/values', () => {
  it('is what occurs under the key', async () => {
    const { status, body } = await get('/v1/dimensions/region/values');
    expect(status).toBe(200);
    expect(Object(body).data.map((each: { value: string }) => each.value)).toContain('eu');
  });
});
