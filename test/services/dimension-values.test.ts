import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Failure } from '../../src/domain/failure/failure.ts';
import { type SeriesApp, startSeriesApp } from './anomaly/toy-series.ts';

let running: SeriesApp;
beforeEach(async () => {
  running = await startSeriesApp({
    series: [
      { account: 'a1', service: 'storage', region: 'eu' },
      { account: 'a1', service: 'compute', region: null },
      { account: 'a2', service: 'compute', region: 'eu', currency: 'EUR' },
      { account: 'a3', service: 'gone', region: 'us', factor: (day) => (day < '2026-10-15' ? 1 : 0) },
    ],
  });
});
afterEach(() => running.app.close());
const get = async (path: string) => {
  const { status, body } = await running.ask('GET', path);
  return { status, ...Object(body) };
};
const valuesOf = async (path: string) => (await get(path)).data.map((each: { value: string }) => each.value);

describe('GET /v1/dimensions/{key}/values', () => {
  it('lists what occurs, each once, and no absent value', async () => {
    expect((await get('/v1/dimensions/region/values')).data).toEqual([
      { value: 'eu', label: 'eu', provider: 'toy' },
      { value: 'us', label: 'us', provider: 'toy' },
    ]);
    expect(await valuesOf('/v1/dimensions/account/values')).toEqual(['a1', 'a2', 'a3']);
  });

  it('is of the range that is asked for', async () => {
    expect(await valuesOf('/v1/dimensions/service/values?start=2026-09-01&end=2026-10-01')).toEqual([
      'compute',
      'gone',
      'storage',
    ]);
    expect((await get('/v1/dimensions/service/values?start=2026-12-01')).status).toBe(400);
  });

  it('comes in pages, whose cursor is of no other dimension', async () => {
    const first = await get('/v1/dimensions/account/values?limit=1');
    const second = await get(`/v1/dimensions/account/values?limit=1&cursor=${first.page.nextCursor}`);
    expect([first.data[0].value, second.data[0].value]).toEqual(['a1', 'a2']);
    expect((await get(`/v1/dimensions/service/values?cursor=${first.page.nextCursor}`)).status).toBe(400);
  });

  it("knows the gateway's own dimensions without asking anybody", async () => {
    expect((await get('/v1/dimensions/provider/values')).data).toEqual([
      { value: 'toy', label: 'Toy Cloud', provider: 'toy' },
    ]);
    expect((await get('/v1/dimensions/connection/values')).data).toMatchObject([{ value: 'toy' }]);
    expect(running.toy.calls).toBe(0);
  });

  it('names a dimension that the vendor lacks as missing, and asks it for nothing', async () => {
    expect(await get('/v1/dimensions/resource/values')).toMatchObject({
      status: 200,
      data: [],
      meta: { complete: true, providers: [{ status: 'fresh', missing: ['resource'] }] },
    });
    expect(running.toy.calls).toBe(0);
  });

  it('is not complete where a part of the costs is not known, or no longer kept by the vendor', async () => {
    running.toy.faults = [{ path: 'rows[3]', message: 'is no row' }];
    expect(await get('/v1/dimensions/service/values')).toMatchObject({
      status: 200,
      meta: { complete: false, providers: [{ status: 'partial' }] },
    });
    await running.app.close();
    running = await startSeriesApp({ historyDays: 30 });
    expect(await get('/v1/dimensions/service/values?start=2026-09-01&end=2026-10-01')).toMatchObject({
      status: 200,
      data: [],
      meta: { complete: false, providers: [{ status: 'partial' }] },
    });
    expect(running.toy.calls).toBe(0);
  });

  it('is 502 when the vendor cannot be read', async () => {
    running.toy.failure = new Failure('vendor-unavailable', { public: 'Down.' });
    expect((await get('/v1/dimensions/service/values')).status).toBe(502);
  });
});
