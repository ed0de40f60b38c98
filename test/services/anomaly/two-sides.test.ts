import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Failure } from '../../../src/domain/failure/failure.ts';
import type { Anomaly, AnomalyDetail } from '../../../src/domain/nouns.ts';
import type { AnomalySource } from '../../../src/vendor/contract/contract.ts';
import { type SeriesApp, startSeriesApp } from './toy-series.ts';

const money = (amount: string) => ({ amount, currency: 'USD' });
const found = (nativeId: string, day: string, more: Partial<Anomaly> = {}): Anomaly => ({
  nativeId,
  name: 'Storage',
  detectedAt: `${day}T07:00:00Z`,
  day,
  severity: 'high',
  status: 'open',
  nativeStatus: 'acknowledged',
  direction: 'increase',
  scope: { service: 'storage' },
  expected: money('100'),
  actual: money('250.5'),
  ...more,
});
const told: AnomalyDetail = {
  rootCauses: [
    {
      kind: 'resource',
      id: 'r-1',
      name: 'arn:bucket/4711',
      alias: 'bucket of the shop',
      service: 'storage',
      region: null,
      account: null,
      cost: money('150'),
      change: null,
      isNew: true,
    },
    {
      kind: 'service',
      id: 's-1',
      name: 'storage',
      service: 'storage',
      region: null,
      account: null,
      cost: money('10'),
      change: money('5'),
      isNew: false,
    },
  ],
  history: [{ day: '2026-11-14', actual: money('99'), expected: null }],
  similar: [
    { nativeId: 'x:2', name: 'Storage' },
    { nativeId: 'old', name: 'Storage' },
  ],
};
const down = () => new Failure('vendor-unavailable', { public: 'The vendor is down.' });

/** A vendor's anomalies, which may fail, and counts of what it is asked. */
class ToyAnomalies {
  items: Anomaly[] = [
    found('x:1', '2026-11-15'),
    found('x:2', '2026-11-08', { status: 'closed', nativeStatus: 'dismissed' }),
    found('old', '2025-02-01'),
  ];
  failure: Failure | null = null;
  detailFailure: Failure | null = null;
  lists = 0;
  details = 0;
  readonly list: AnomalySource['list'] = async (_session, { start, end }) => {
    this.lists += 1;
    if (this.failure !== null) throw this.failure;
    const items = this.items.filter(({ day }) => day >= start && day < end);
    return { items, notes: [{ code: 'toy', message: 'a word of the vendor' }], faults: [] };
  };
  readonly detail: NonNullable<AnomalySource['detail']> = async (_session, nativeId) => {
    this.details += 1;
    if (this.detailFailure !== null) throw this.detailFailure;
    return this.items.some((each) => each.nativeId === nativeId) ? told : null;
  };
}

let vendor: ToyAnomalies;
let running: SeriesApp;
beforeEach(async () => {
  vendor = new ToyAnomalies();
  running = await startSeriesApp({ capabilities: { anomalies: { list: vendor.list, detail: vendor.detail } } });
});
afterEach(() => running.app.close());
const get = async (path: string) => {
  const { status, body } = await running.ask('GET', path);
  return { status, ...Object(body) };
};
const sidesOf = (answer: { data: { detectedBy: string }[] }) => new Set(answer.data.map((each) => each.detectedBy));

describe("a vendor's anomalies beside the gateway's", () => {
  it('stand in one list, the latest first', async () => {
    const answer = await get('/v1/anomalies?limit=1000');
    expect(sidesOf(answer)).toEqual(new Set(['vendor', 'gateway']));
    const instants: string[] = answer.data.map((each: { detectedAt: string }) => each.detectedAt);
    expect(instants).toEqual([...instants].sort().reverse());
    expect(answer.meta).toMatchObject({
      complete: true,
      providers: [
        {
          status: 'fresh',
          completeThrough: '2026-11-19',
          notes: expect.arrayContaining([{ code: 'toy', message: 'a word of the vendor' }]),
        },
      ],
    });
  });

  it('are open while acknowledged and closed when dismissed, with the word of the vendor', async () => {
    const open = await get('/v1/anomalies?detectedBy=vendor&status=open');
    expect(open.data).toMatchObject([{ id: 'toy:x:1', nativeStatus: 'acknowledged', impact: money('150.5') }]);
    const closed = await get('/v1/anomalies?detectedBy=vendor&status=closed');
    expect(closed.data).toMatchObject([{ id: 'toy:x:2', nativeStatus: 'dismissed', deviationPercent: '150.5' }]);
  });

  it('are asked for alone when only they are wanted', async () => {
    await get('/v1/anomalies?detectedBy=vendor');
    expect(running.toy.calls).toBe(0);
    await get('/v1/anomalies?detectedBy=gateway');
    expect(vendor.lists).toBe(1);
  });

  it('may fail without taking the others down, and are named with their problem', async () => {
    vendor.failure = down();
    const answer = await get('/v1/anomalies');
    expect(sidesOf(answer)).toEqual(new Set(['gateway']));
    expect(answer.meta).toMatchObject({
      complete: false,
      providers: [{ status: 'partial', problem: { type: '/problems/vendor-unavailable' } }],
    });
    expect((await get('/v1/anomalies?strict=true')).status).toBe(502);
  });

  it('stand where the costs cannot be had', async () => {
    running.toy.failure = down();
    const answer = await get('/v1/anomalies');
    expect(sidesOf(answer)).toEqual(new Set(['vendor']));
    expect(answer.meta).toMatchObject({ complete: false, providers: [{ status: 'partial' }] });
    expect(answer.meta.providers[0].problem.type).toBe('/problems/vendor-unavailable');
  });

  it('are 502 when neither can be had', async () => {
    vendor.failure = down();
    running.toy.failure = down();
    expect((await get('/v1/anomalies')).status).toBe(502);
  });

  it('are looked for again as soon as the costs can be had', async () => {
    running.toy.failure = down();
    await get('/v1/anomalies');
    running.toy.failure = null;
    await running.clock.advance(60_000);
    const answer = await get('/v1/anomalies');
    expect(sidesOf(answer)).toEqual(new Set(['vendor', 'gateway']));
    expect(answer.meta.complete).toBe(true);
  });

  it('are partial beside costs of which a part cannot be read', async () => {
    running.toy.faults = [{ path: 'rows[3].amount', message: 'is no amount' }];
    const answer = await get('/v1/anomalies?limit=1000');
    expect(sidesOf(answer)).toEqual(new Set(['vendor', 'gateway']));
    expect(answer.meta).toMatchObject({
      complete: false,
      providers: [{ status: 'partial', problem: { type: '/problems/vendor-incomplete' } }],
    });
  });
});

describe('GET /v1/anomalies/{id}, of a vendor', () => {
  it('has the causes and the history that the vendor tells', async () => {
    const { status, data, meta } = await get('/v1/anomalies/toy%3Ax%3A1');
    expect(status).toBe(200);
    expect(data).toMatchObject({ id: 'toy:x:1', detectedBy: 'vendor', history: told.history });
    expect(data.rootCauses).toEqual([
      { ...told.rootCauses[0], sharePercent: null },
      { ...told.rootCauses[1], alias: null, sharePercent: null },
    ]);
    expect(meta.complete).toBe(true);
    await get('/v1/anomalies/toy%3Ax%3A1');
    expect(vendor.details).toBe(1);
    expect(running.toy.calls).toBe(0);
  });

  it('names those like it by ids that can be read', async () => {
    const { data } = await get('/v1/anomalies/toy%3Ax%3A1');
    expect(data.similar).toEqual([
      { id: 'toy:x:2', nativeId: 'x:2', name: 'Storage' },
      { id: 'toy:old', nativeId: 'old', name: 'Storage' },
    ]);
    for (const { id } of data.similar) {
      expect(await get(`/v1/anomalies/${encodeURIComponent(id)}`)).toMatchObject({ status: 200, data: { id } });
    }
  });

  it('is found however old it is', async () => {
    expect(await get('/v1/anomalies/toy%3Aold')).toMatchObject({ status: 200, data: { id: 'toy:old' } });
  });

  it('is 404 for what the vendor does not know, after one question for it', async () => {
    expect((await get('/v1/anomalies/toy%3Anothing')).status).toBe(404);
    expect((await get('/v1/anomalies/toy%3Anothing')).status).toBe(404);
    expect([vendor.lists, vendor.details]).toEqual([1, 1]);
  });

  it('is there without causes when only these cannot be had', async () => {
    vendor.detailFailure = down();
    expect(await get('/v1/anomalies/toy%3Ax%3A1')).toMatchObject({
      status: 200,
      data: { id: 'toy:x:1', rootCauses: [], history: [] },
      meta: { complete: false, providers: [{ status: 'partial' }] },
    });
  });

  it('is there without causes where the vendor tells none', async () => {
    await running.app.close();
    running = await startSeriesApp({ capabilities: { anomalies: { list: vendor.list } } });
    expect(await get('/v1/anomalies/toy%3Ax%3A1')).toMatchObject({
      status: 200,
      data: { rootCauses: [], history: [], similar: [] },
      meta: { complete: true },
    });
    expect((await get('/v1/anomalies/toy%3Anothing')).status).toBe(404);
  });

  it('is 502 when the vendor cannot be read', async () => {
    vendor.failure = down();
    expect((await get('/v1/anomalies/toy%3Ax%3A1')).status).toBe(502);
  });

  it('is 404 for a connection that the consumer may not see', async () => {
    await running.app.close();
    running = await startSeriesApp({
      capabilities: { anomalies: { list: vendor.list } },
      authenticate: async () => ({
        name: 'somebody',
        scopes: new Set(['read'] as const),
        connections: new Set(['else']),
      }),
    });
    expect((await get('/v1/anomalies/toy%3Ax%3A1')).status).toBe(404);
    expect((await get('/v1/anomalies/toy%3Agw%3Aservice%3Aspiky%3A2026-11-10')).status).toBe(404);
  });
});
