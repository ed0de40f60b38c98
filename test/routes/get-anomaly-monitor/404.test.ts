import { describe, expect, it } from 'vitest';
import { problem } from '../shared/expected.ts';
import { useMonitorApp } from '../shared/monitor-app.ts';

const api = useMonitorApp();

describe('404 of GET /v1/anomaly-monitors/{id}', () => {
  it.each(['toy%3Anothing', 'nobody%3Am-1', 'toy', '%3Am-1'])('is 404 for %s', async (id) => {
    expect(await api.ask('GET', `/v1/anomaly-monitors/${id}`)).toMatchObject({
      status: 404,
      body: problem('not-found'),
    });
  });
});
