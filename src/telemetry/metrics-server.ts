import { createServer, type Server } from 'node:http';
import { problemKinds } from '../domain/failure/problem-kinds.ts';
import type { Metrics } from './metrics.ts';

/** Serves the metrics alone on their own port, without authentication, for a scraper inside the network. */
export const serveMetrics = (metrics: Metrics, host: string, port: number): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer(async (request, response) => {
      if (request.method !== 'GET' || request.url !== '/metrics') {
        response
          .writeHead(problemKinds['not-found'].status, { 'content-type': 'text/plain; charset=utf-8' })
          .end('only GET /metrics is served here\n');
        return;
      }
      try {
        const text = await metrics.text();
        response.writeHead(200, { 'content-type': metrics.contentType }).end(text);
      } catch {
        response.writeHead(problemKinds.internal.status).end();
      }
    });
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
