import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { anomalySchema } from '../../../../src/domain/answer-schemas.ts';
import { metaSchema } from '../../../../src/domain/meta.ts';
import { type SeriesApp, startSeriesApp } from '../../anomaly/toy-series.ts';
import { ToyMonitors } from './toy-monitors.ts';

const listSchema = z.object({ data: z.array(anomalySchema), meta: metaSchema });
let running: SeriesApp;
afterEach(() => running.app.close());

const anomaliesOf = async (name: string) => {
  const { body } = await running.ask('GET', '/v1/anomalies?limit=1000');
  return listSchema.parse(body).data.filter((each) => each.name === name);
};
const make = async (monitor: object) => {
  const made = await running.ask('POST', '/v1/anomaly-monitors', { connection: 'toy', ...monitor });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  return String(made.headers.location);
};

describe('a monitor that the gateway keeps', () => {
  it('finds what it asks for, under its name, beside the built-in watch', async () => {
    running = await startSeriesApp();
    await make({ name: 'Mine', filters: { service: ['spiky', 'calm'] }, groupBy: ['account', 'region'] });
    const mine = await anomaliesOf('Mine');
    expect(mine).toMatchObject([
      { scope: { account: 'a1', region: 'eu' }, detectedAt: '2026-11-10T00:00:00Z', detectedBy: 'gateway' },
    ]);
    const { status, body } = await running.ask('GET', `/v1/anomalies/${encodeURIComponent(mine[0]?.id ?? '')}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ data: { ...mine[0], rootCauses: [{ kind: 'service', id: 'spiky' }] } });
    expect(await anomaliesOf('spiky')).toHaveLength(1);
  });

  it('may watch one sum', async () => {
    running = await startSeriesApp();
    await make({ name: 'Sum', filters: { service: ['spiky'] } });
    const [found, ...more] = await anomaliesOf('Sum');
    expect(more).toEqual([]);
    expect(found?.scope).toEqual({ service: 'spiky' });
    const { body } = await running.ask('GET', `/v1/anomalies/${encodeURIComponent(found?.id ?? '')}`);
    expect(body).toMatchObject({ data: { id: found?.id, rootCauses: [{ id: 'a1' }, { id: 'eu' }] } });
  });

  it('says nothing of what is less than its minimum impact', async () => {
    running = await startSeriesApp();
    await make({ name: 'Great', groupBy: ['service'], minImpact: { amount: '250', currency: 'USD' } });
    expect((await anomaliesOf('Great')).map((each) => each.scope.service)).toEqual(['spiky']);
  });

  it('says more at high sensitivity than at low', async () => {
    const slight = (day: string) => (day === '2026-11-10' ? 1.15 : 1);
    running = await startSeriesApp({ series: [{ service: 'slight', factor: slight }] });
    await make({ name: 'Low', groupBy: ['service'], sensitivity: 'low' });
    await make({ name: 'High', groupBy: ['service'], sensitivity: 'high' });
    expect(await anomaliesOf('Low')).toEqual([]);
    expect(await anomaliesOf('High')).toMatchObject([{ scope: { service: 'slight' } }]);
  });

  it('is followed from the next request on as it is changed, and no more when it is gone', async () => {
    running = await startSeriesApp();
    const path = await make({ name: 'Mine', filters: { service: ['calm'] } });
    expect(await anomaliesOf('Mine')).toEqual([]);
    await running.ask('PUT', path, { name: 'Mine', filters: { service: ['droopy'] } });
    const [found] = await anomaliesOf('Mine');
    expect(found).toMatchObject({ direction: 'decrease', scope: { service: 'droopy' } });
    await running.ask('DELETE', path);
    expect(await anomaliesOf('Mine')).toEqual([]);
    expect((await running.ask('GET', `/v1/anomalies/${encodeURIComponent(found?.id ?? '')}`)).status).toBe(404);
  });

  it('costs the vendor nothing where the days are paid for', async () => {
    running = await startSeriesApp();
    await anomaliesOf('x');
    const before = running.toy.calls;
    await make({ name: 'Mine', groupBy: ['service', 'region'] });
    await anomaliesOf('Mine');
    expect(running.toy.calls).toBe(before);
  });

  it('is followed where it stands in the connections file, also beside a vendor that has its own', async () => {
    running = await startSeriesApp({
      capabilities: { monitors: new ToyMonitors().source() },
      monitors: [
        {
          id: 'from-file',
          connection: 'toy',
          name: 'From the file',
          description: null,
          filters: { service: ['spiky'] },
          groupBy: [],
          sensitivity: 'medium',
          minImpact: null,
        },
      ],
    });
    expect(await anomaliesOf('From the file')).toMatchObject([{ id: 'toy:gw:monitor:from-file::2026-11-10' }]);
  });

  it('of the file that asks for what no cost tells apart is named in a note', async () => {
    running = await startSeriesApp({
      monitors: [
        {
          id: 'blind',
          connection: 'toy',
          name: 'Blind',
          description: null,
          filters: {},
          groupBy: ['resource'],
          sensitivity: 'medium',
          minImpact: null,
        },
      ],
    });
    const { body } = await running.ask('GET', '/v1/anomalies');
    expect(listSchema.parse(body).meta.providers[0]?.notes).toContainEqual({
      code: 'monitor-unwatched',
      message: expect.stringContaining('Blind'),
    });
  });
});

describe("a vendor's monitor", () => {
  it('is the vendor\u2019s to follow', async () => {
    running = await startSeriesApp({ capabilities: { monitors: new ToyMonitors().source() } });
    await make({ name: 'Theirs', filters: { service: ['spiky'] } });
    expect(await anomaliesOf('Theirs')).toEqual([]);
  });
});
