import { Agent, request as sendPlain } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { z } from 'zod';
import type { Exchange } from '../openapi/contract.ts';
import { startGateway } from '../support/whole-app/gateway-process.ts';
import { startVendors } from '../support/whole-app/vendors.ts';
import type { Draft } from './requests.ts';
import { startToyGateway } from './toy-gateway.ts';

/** A gateway that is asked. */
export interface Target {
  /** Null: such a request cannot be put on the wire. */
  send(draft: Draft, url: string): Promise<Exchange | null>;
  /** Whether an answer that says that the gateway or a vendor is not well is right all the same. */
  mayRefuse(draft: Draft, exchange: Exchange): boolean;
  close(): Promise<void>;
}

const anyMethod = z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

const decoded = (bytes: Buffer, coding: unknown): string => {
  if (bytes.length === 0) return '';
  if (coding === 'br') return brotliDecompressSync(bytes).toString();
  return (coding === 'gzip' ? gunzipSync(bytes) : bytes).toString();
};

/** The app inside this process, over toy vendors. */
export const toyTarget = async (): Promise<Target> => {
  const app = await startToyGateway();
  return {
    send: async (draft, url) => {
      const answer = await app.server.inject({
        method: draft.method === 'TRACE' ? 'TRACE' : anyMethod.parse(draft.method),
        url,
        headers: draft.headers,
        ...(draft.body === null ? {} : { payload: draft.body }),
      });
      // What was asked is what was sent: a URL is put in order on its way.
      const sent = answer.raw.req.url ?? url;
      const body = decoded(answer.rawPayload, answer.headers['content-encoding']);
      return { method: draft.method, url: sent, status: answer.statusCode, headers: answer.headers, body };
    },
    mayRefuse: () => false,
    close: () => app.close(),
  };
};

/** Requests are written for the toys; here their names stand for vendors. */
const renamed = (text: string): string => text.replaceAll(/\btoy\b/g, 'cloudspend').replaceAll(/\bbare\b/g, 'elastic');

/** The gateway as `npm start` runs it, over the sandboxes of all vendors in another process. */
export const sandboxTarget = async (): Promise<Target> => {
  const vendors = await startVendors();
  const gateway = await startGateway({
    file: {
      connections: vendors.connections,
      exchangeRates: [{ from: 'EUR', to: 'USD', rate: '1.1', validFrom: '2020-01-01', validTo: '2030-01-01' }],
    },
    environment: { RATE_LIMIT_MAX: '10000000', REQUEST_DEADLINE: '2m' },
  });
  const agent = new Agent({ keepAlive: true });
  return {
    send: (draft, given) =>
      new Promise((resolve, reject) => {
        const url = renamed(given);
        const content = draft.body === null ? null : renamed(draft.body);
        const length = content === null ? {} : { 'content-length': String(Buffer.byteLength(content)) };
        try {
          const request = sendPlain(
            gateway.url,
            { method: draft.method, path: url, headers: { ...length, ...draft.headers }, agent },
            async (answer) => {
              const chunks: Buffer[] = [];
              for await (const chunk of answer) chunks.push(Buffer.from(chunk));
              const body = decoded(Buffer.concat(chunks), answer.headers['content-encoding']);
              resolve({ method: draft.method, url, status: answer.statusCode ?? 0, headers: answer.headers, body });
            },
          );
          request.once('error', reject);
          request.end(content ?? undefined);
        } catch (thrown) {
          // Node puts no unescaped character into a path and no line break into a header.
          if (!(thrown instanceof TypeError)) throw thrown;
          resolve(null);
        }
      }),
    // The quota for the day is spent, the caller has left no time, or wants no answer where a vendor has not all days; a
    // busy machine sheds exports first; and only the vendor knows the streams that a caller names.
    mayRefuse: ({ headers }, { status, url, body }) =>
      (status === 429 && body.includes('/problems/quota-exhausted')) ||
      (status >= 503 && headers['x-deadline-ms'] !== undefined) ||
      (status === 503 && body.includes('/problems/overloaded')) ||
      (status === 502 && /^\/v1\/(exports|telemetry)\//.test(url) && body.includes('/problems/vendor-rejected')) ||
      (status === 502 && url.includes('strict=true') && body.includes('/problems/vendor-incomplete')),
    close: async () => {
      agent.destroy();
      await gateway.close();
      await vendors.close();
    },
  };
};
