import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { anomalySchema, detailedAnomalySchema } from '../../../src/domain/answer-schemas.ts';
import { metaSchema } from '../../../src/domain/meta.ts';
import { moneySchema } from '../../../src/domain/money.ts';
import { type SeriesApp, type SeriesAppOptions, startSeriesApp, type ToySeries } from './toy-series.ts';

/** The gateway tells both figures of what it has detected. */
const figures = { expected: moneySchema, actual: moneySchema };
const listSchema = z.object({ data: z.array(anomalySchema.extend(figures)), meta: metaSchema });
const oneSchema = z.object({ data: detailedAnomalySchema.extend(figures), meta: metaSchema });

let running: SeriesApp;
const restart = async (options: SeriesAppOptions) => {
  await running.app.close();
  running = await startSeriesApp(options);
};
beforeEach(async () => {
  running = await startSeriesApp();
});
afterEach(() => running.app.close());

const list = async (query = '') => {
  const { status, body } = await running.ask('GET', `/v1/anomalies?limit=1000&${query}`);
  expect(status, JSON.stringify(body)).toBe(200);
  return listSchema.parse(body);
};
const idsOf = async (query = '', key = 'service') =>
  (await list(query)).data.filter((each) => each.scope[key] !== undefined).map((each) => each.id);
const one = async (id: string) => {
  const { status, body } = await running.ask('GET', `/v1/anomalies/${encodeURIComponent(id)}`);
  expect(status, JSON.stringify(body)).toBe(200);
  return oneSchema.parse(body).data;
};

describe('what the gateway finds in daily costs', () => {
  it('are the spike, the drop and both shifts by the day they began, and nothing of what is calm', async () => {
    expect(await idsOf()).toEqual([
      'toy:gw:service:shifty:2026-11-12',
      'toy:gw:service:spiky:2026-11-10',
      'toy:gw:service:droopy:2026-11-04',
      'toy:gw:service:settled:2026-09-10',
    ]);
  });

  it('is told by account and by region as well', async () => {
    expect(await idsOf('', 'account')).toContain('toy:gw:account:a1:2026-11-10');
    expect(await idsOf('', 'region')).toContain('toy:gw:region:eu:2026-11-10');
  });

  it('has what was expected, what came, and how far it is out of line', async () => {
    const { data, meta } = await list('status=closed&severity=high');
    expect(meta).toMatchObject({ complete: true, providers: [{ status: 'fresh', completeThrough: '2026-11-19' }] });
    const spike = data.find((each) => each.id === 'toy:gw:service:spiky:2026-11-10');
    expect(spike).toMatchObject({
      provider: 'toy',
      connection: 'toy',
      name: 'spiky',
      detectedAt: '2026-11-10T00:00:00Z',
      direction: 'increase',
      status: 'closed',
      nativeStatus: 'closed',
      scope: { service: 'spiky' },
      detectedBy: 'gateway',
    });
    expect(Number(spike?.actual.amount)).toBeGreaterThan(490);
    expect(Number(spike?.expected.amount)).toBeGreaterThan(190);
    expect(Number(spike?.expected.amount)).toBeLessThan(215);
    expect(Number(spike?.impact.amount)).toBeCloseTo(Number(spike?.actual.amount) - Number(spike?.expected.amount), 6);
    expect(data.find((each) => each.scope.service === 'droopy')?.direction).toBe('decrease');
  });

  it('is open until costs are back in line, or have become the usual', async () => {
    expect(await idsOf('status=open')).toEqual(['toy:gw:service:shifty:2026-11-12']);
    await running.clock.advance(12 * 86_400_000);
    expect(await idsOf('status=open')).toEqual([]);
    expect(await idsOf('status=closed')).toContain('toy:gw:service:shifty:2026-11-12');
  });

  it('is nothing of days that the vendor has not wholly reported', async () => {
    expect(await idsOf()).not.toContain('toy:gw:service:hasty:2026-11-20');
    running.toy.completeThrough = '2026-11-20';
    await running.clock.advance(3 * 3_600_000);
    expect(await idsOf()).toContain('toy:gw:service:hasty:2026-11-20');
  });

  it('is cut by range, side and size, whatever else there is', async () => {
    expect(await idsOf('start=2026-11-05&end=2026-11-11')).toEqual(['toy:gw:service:spiky:2026-11-10']);
    expect(await idsOf('start=2026-11-11&end=2026-11-12')).toEqual([]);
    expect(await idsOf('minImpact=200')).toEqual(['toy:gw:service:spiky:2026-11-10']);
    expect(await idsOf('detectedBy=vendor')).toEqual([]);
    expect(await idsOf('detectedBy=gateway&connection=toy&severity=high')).toContain('toy:gw:service:spiky:2026-11-10');
  });

  it('is the same, to the last digit, whatever range it is asked for in', async () => {
    const wide = await list('start=2026-03-01');
    const narrow = await list('start=2026-11-09&end=2026-11-12');
    expect(narrow.data.length).toBeGreaterThan(2);
    for (const each of narrow.data) expect(wide.data).toContainEqual(each);
  });

  it('costs no question while it is held, and none for another range that is paid for', async () => {
    await list();
    const before = running.toy.calls;
    expect(before).toBeLessThanOrEqual(1);
    await list();
    await list('start=2026-10-01&detectedBy=gateway');
    await one('toy:gw:service:spiky:2026-11-10');
    expect(running.toy.calls).toBe(before);
  });

  it('leaves out what is beyond the 200 largest groups, and says so', async () => {
    const many = Array.from({ length: 205 }, (_, index): ToySeries => ({ account: 'a', service: `s${index}` }));
    await restart({ series: many });
    const { notes } = (await list('start=2026-11-19')).meta.providers[0] ?? { notes: [] };
    expect(notes).toContainEqual({
      code: 'gateway-watches-largest',
      message: 'only the 200 largest groups are watched by service',
    });
  });

  it.each(['a,b', 'null()', '__proto__', '%2F:x', 'ä ö', 'a:2026-11-01'])(
    'leads by its id to a service that is called %s',
    async (service) => {
      await restart({ series: [{ service, factor: (day) => (day === '2026-11-10' ? 4 : 1) }] });
      const [id = ''] = (await list()).data.filter((each) => each.name === service).map((each) => each.id);
      expect(await one(id)).toMatchObject({ id, scope: { service } });
    },
  );

  it('is told for costs without a value in the words of a filter', async () => {
    await restart({ series: [{ service: 's' }, { service: null, factor: (day) => (day === '2026-11-10' ? 4 : 1) }] });
    expect(await one('toy:gw:service:null():2026-11-10')).toMatchObject({
      name: 'no service',
      scope: { service: 'null()' },
    });
  });

  it('keeps two currencies of one group apart', async () => {
    const factor = (day: string) => (day === '2026-11-10' ? 4 : 1);
    await restart({
      series: [
        { service: 's', currency: 'EUR', factor },
        { service: 's', currency: 'USD', factor },
      ],
    });
    expect(await idsOf()).toEqual(['toy:gw:service:s:2026-11-10', 'toy:gw:service:s:2026-11-10:USD']);
    expect((await one('toy:gw:service:s:2026-11-10')).actual.currency).toBe('EUR');
    expect((await one('toy:gw:service:s:2026-11-10:USD')).actual.currency).toBe('USD');
  });

  it('takes a fee on the first of every month for what it is', async () => {
    await restart({
      series: [{ service: 'fee', factor: (day) => (day.endsWith('-01') ? 8 : 0) }, { service: 'calm' }],
    });
    expect(await idsOf('start=2026-10-01')).toEqual([]);
  });

  it('is no gap where no daily cost tells anything apart', async () => {
    await restart({ cubes: [{ id: 'months', grain: 'monthly', dimensions: ['service'], span: 'month', price: 1 }] });
    const { data, meta } = await list('strict=true');
    expect(data).toEqual([]);
    expect(meta).toMatchObject({ complete: true, providers: [{ notes: [{ code: 'no-daily-costs' }] }] });
    expect(running.toy.calls).toBe(0);
  });
});

describe('GET /v1/anomalies/{id}, of the gateway', () => {
  it('names what drove it by the other dimensions, against the same weekdays before', async () => {
    const spike = await one('toy:gw:service:spiky:2026-11-10');
    expect(spike.rootCauses.slice(0, 2)).toMatchObject([
      { kind: 'account', id: 'a1', name: 'a1', account: 'a1', service: 'spiky', region: null, isNew: false },
      { kind: 'region', id: 'eu', region: 'eu', service: 'spiky', account: null },
    ]);
    expect(Number(spike.rootCauses[0]?.sharePercent)).toBeGreaterThan(95);
    expect(Number(spike.rootCauses[0]?.change?.amount)).toBeGreaterThan(290);
    expect(spike.rootCauses.length).toBeLessThanOrEqual(10);
  });

  it('says of a cause that it is new', async () => {
    const late = (day: string) => (day === '2026-11-10' ? 3 : 0);
    await restart({
      series: [
        { service: 's', region: 'eu' },
        { service: 's', region: 'mars', factor: late },
      ],
    });
    const { rootCauses } = await one('toy:gw:service:s:2026-11-10');
    expect(rootCauses[0]).toMatchObject({ kind: 'region', id: 'mars', isNew: true });
  });

  it('shows the 30 days before it and the 7 after, as far as they are reported', async () => {
    const { history, expected, actual } = await one('toy:gw:service:spiky:2026-11-10');
    expect(history).toHaveLength(38);
    expect(history[0]?.day).toBe('2026-10-11');
    expect(history.at(-1)?.day).toBe('2026-11-17');
    expect(history.filter((each) => each.expected !== null)).toEqual([{ day: '2026-11-10', actual, expected }]);
    expect((await one('toy:gw:service:shifty:2026-11-12')).history.at(-1)?.day).toBe('2026-11-19');
  });
});
