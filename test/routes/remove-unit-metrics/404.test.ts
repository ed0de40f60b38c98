import { expect, it } from 'vitest';
import { openWorkerApp } from '../shared/worker-app.ts';

it.each(['', 'never-sent'])(
  '404 of DELETE /v1/telemetry/unit-metrics/{stream} is for %j, which is no stream',
  async (stream) => {
    const { server } = await openWorkerApp();
    const answer = await server.inject({ method: 'DELETE', url: `/v1/telemetry/unit-metrics/${stream}` });
    expect(answer.statusCode).toBe(404);
  },
);
