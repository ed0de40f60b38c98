import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SeriesApp, startSeriesApp } from '../../services/anomaly/toy-series.ts';

let running: SeriesApp;
beforeAll(async () => {
  running = await startSeriesApp();
});
afterAll(() => running.app.close());

describe('200 of GET /v1/anomalies/{id}', () => {
  it('is an anomaly of the list with its history and its causes', async () => {
    const listed = await running.ask('GET', '/v1/anomalies?limit=1000');
    const [first] = Object(listed.body).data;
    const one = await running.ask('GET', `/v1/anomalies/${encodeURIComponent(first.id)}`);
    expect(one).toMatchObject({ status: 200, body: { data: first } });
    const { history, rootCauses } = Object(one.body).data;
    expect(history.length).toBeGreaterThan(5);
    expect(rootCauses.length).toBeGreaterThan(0);
  });

  it('has the name and the alias of every cause, and null for an alias that nobody gave', async () => {
    const listed = await running.ask('GET', '/v1/anomalies?limit=1000');
    const [first] = Object(listed.body).data;
    const one = await running.ask('GET', `/v1/anomalies/${encodeURIComponent(first.id)}`);
    for (const cause of Object(one.body).data.rootCauses) {
      expect(cause).toMatchObject({ name: expect.any(String), alias: null });
    }
  });
});
