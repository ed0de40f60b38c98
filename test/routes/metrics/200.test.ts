import { expect, it } from 'vitest';
import { openWorkerApp } from '../shared/worker-app.ts';

it('200 of GET /metrics is the text that Prometheus reads', async () => {
  const answer = await (await openWorkerApp()).get('/metrics');
  expect(answer.status).toBe(200);
  expect(answer.headers['content-type']).toMatch(/^text\/plain/);
  expect(answer.text).toMatch(/^# HELP cost_gateway_/m);
});
