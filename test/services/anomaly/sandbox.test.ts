import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { providers } from '../../../providers/index.ts';
import { operations } from '../../../routes/index.ts';
import { metaSchema } from '../../../src/domain/meta.ts';
import { type RunningApp, startApp } from '../../support/app.ts';
import { pinnedClock } from '../../support/pinned-clock.ts';

const metaOnly = z.object({ meta: metaSchema });

describe.each([{}, { cloudzero: 'published' }])('the sandboxes, variants %j', (variants) => {
  let app: RunningApp;
  beforeAll(async () => {
    app = await startApp(providers, { clock: pinnedClock(), variants });
  });
  afterAll(() => app.close());

  /** What it answers, which has to be as its document says. */
  const read = async (operationId: string, path: string) => {
    const schema = operations.find(({ id }) => id === operationId)?.answers[200]?.schema;
    const answer = await app.get(path);
    expect(answer.status, answer.text.slice(0, 300)).toBe(200);
    expect(schema?.parse(answer.body)).toEqual(answer.body);
    return Object(answer.body);
  };
  const complete = (body: unknown) => metaOnly.parse(body).meta.complete;

  it('have anomalies that vendors found, and some that the gateway found in every connection', async () => {
    const body = await read('listAnomalies', '/v1/anomalies?limit=1000');
    expect(complete(body)).toBe(true);
    const sides: { connection: string; detectedBy: string }[] = body.data;
    for (const { id } of providers) {
      expect(
        sides.some((each) => each.connection === id && each.detectedBy === 'gateway'),
        id,
      ).toBe(true);
    }
    expect(sides.some((each) => each.detectedBy === 'vendor')).toBe(true);
  });

  it('tell of each anomaly what drove it, where the vendor tells more than its impact', async () => {
    const { data } = await read('listAnomalies', '/v1/anomalies?limit=1000&start=2026-11-01');
    expect(data.length).toBeGreaterThan(3);
    for (const listed of data) {
      const { data: one } = await read('getAnomaly', `/v1/anomalies/${encodeURIComponent(listed.id)}`);
      expect(one).toMatchObject(listed);
      if (listed.expected === null) {
        expect([listed.actual, listed.deviationPercent, one.history], listed.id).toEqual([null, null, []]);
        continue;
      }
      expect(one.history.length, listed.id).toBeGreaterThan(5);
      expect(one.rootCauses.length, listed.id).toBeGreaterThan(0);
    }
  });

  it('answer for what is watched, cost centers, recommendations and the values of dimensions', async () => {
    const monitors = await read('listAnomalyMonitors', '/v1/anomaly-monitors');
    for (const { id } of monitors.data.slice(0, 3)) {
      await read('getAnomalyMonitor', `/v1/anomaly-monitors/${encodeURIComponent(id)}`);
    }
    for (const [operation, path] of [
      ['listCostCenters', '/v1/cost-centers'],
      ['listRecommendations', '/v1/recommendations'],
      ['listCommitments', '/v1/commitments'],
      ['listPolicies', '/v1/policies'],
      ['listDimensionValues', '/v1/dimensions/service/values?limit=1000'],
    ] as const) {
      const body = await read(operation, path);
      expect(complete(body), path).toBe(true);
      expect(body.data.length, path).toBeGreaterThan(0);
    }
    expect(complete(monitors)).toBe(true);
    expect(monitors.data.length).toBeGreaterThan(0);
  });

  it('have values of every dimension that they list', async () => {
    const { data } = await read('listDimensions', '/v1/dimensions?limit=1000');
    for (const { key } of data) {
      await read('listDimensionValues', `/v1/dimensions/${encodeURIComponent(key)}/values`);
    }
  });

  it('are told to watch what they can, and say what they cannot', async () => {
    const post = async (body: object) => {
      const answer = await app.server.inject({ method: 'POST', url: '/v1/anomaly-monitors', payload: body });
      return { status: answer.statusCode, text: answer.body, location: String(answer.headers.location) };
    };
    const [center] = (await read('listCostCenters', '/v1/cost-centers')).data;
    const [connection, costCenter] = center.id.split(':');
    const made = await post({ connection, name: 'Made by a test', filters: { costCenter: [costCenter] } });
    expect(made.status, made.text).toBe(201);
    expect(await read('getAnomalyMonitor', made.location)).toMatchObject({ data: { managedBy: 'vendor' } });
    const removed = await app.server.inject({ method: 'DELETE', url: made.location });
    expect(removed.statusCode).toBe(422);
    const other = await post({ connection: 'cloudzero', name: 'Made by a test', filters: { service: ['AmazonRDS'] } });
    expect(other.status, other.text).toBe('cloudzero' in variants ? 201 : 422);
  });

  it('let the gateway watch for a vendor that cannot', async () => {
    const lacking = providers.find(({ id }) => id === 'elastic')?.id;
    const made = await app.server.inject({
      method: 'POST',
      url: '/v1/anomaly-monitors',
      payload: { connection: lacking, name: 'Every account', groupBy: ['account'], sensitivity: 'high' },
    });
    expect(made.statusCode, made.body).toBe(201);
    const { data } = await read('listAnomalies', `/v1/anomalies?connection=${lacking}&limit=1000`);
    const own = data.filter((each: { name: string }) => each.name === 'Every account');
    expect(own.length).toBeGreaterThan(0);
    await read('getAnomaly', `/v1/anomalies/${encodeURIComponent(own[0].id)}`);
  });
});
