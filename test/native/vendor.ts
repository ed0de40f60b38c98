import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Connector, NativeOperation } from '../../src/vendor/kit/index.ts';

/** A vendor over HTTP whose answers are written down, with a small catalogue of every kind of operation. */

export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export interface NativeVendor {
  readonly connector: Connector;
  readonly seen: SeenRequest[];
  /** What is answered from now on; a function for what depends on the request. */
  answer: Answer | ((request: SeenRequest) => Answer | 'reset');
  close(): Promise<void>;
}

const operation = (
  id: string,
  method: NativeOperation['method'],
  path: string,
  effect: NativeOperation['effect'],
  more: Partial<NativeOperation> = {},
): NativeOperation => ({
  id,
  method,
  path,
  effect,
  title: `Operation ${id}`,
  area: 'Things',
  scope: `things:${effect}`,
  parameters: [],
  body: null,
  answers: ['application/json'],
  ...more,
});

const query = (name: string, more: object = {}) => ({
  name,
  in: 'query' as const,
  required: false,
  schema: {},
  json: false,
  ...more,
});
const jsonBody = { required: true, content: { 'application/json': {} } };

const catalogue: readonly NativeOperation[] = [
  operation('listThings', 'GET', '/v2/things', 'read', {
    parameters: [query('limit'), query('cost[gte]'), query('filter', { json: true })],
  }),
  operation('getThing', 'GET', '/v2/things/{thing_id}', 'read'),
  operation('getNewest', 'GET', '/v2/things/newest', 'read'),
  operation('searchThings', 'POST', '/v2/things/search', 'read', { body: jsonBody, quota: 'searches' }),
  operation('explainThings', 'GET', '/v2/things/explained', 'read', { body: jsonBody }),
  operation('downloadThings', 'GET', '/v2/things/archive', 'read', { answers: ['application/zip'] }),
  operation('createThing', 'POST', '/v2/things', 'write', { body: jsonBody }),
  operation('changeThing', 'PATCH', '/v2/things/{thing_id}', 'write', {
    body: { ...jsonBody, bytesMax: 64 },
    idempotencyHeader: 'x-once',
  }),
  operation('removeThing', 'DELETE', '/v2/things', 'write', { parameters: [query('id', { required: true })] }),
];

const read = async (message: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
};

export const startNativeVendor = async (): Promise<NativeVendor> => {
  const seen: SeenRequest[] = [];
  const server = createServer(async (message: IncomingMessage, response: ServerResponse) => {
    const request = {
      method: message.method ?? '',
      url: message.url ?? '',
      headers: message.headers,
      body: await read(message),
    };
    seen.push(request);
    const answer = typeof vendor.answer === 'function' ? vendor.answer(request) : vendor.answer;
    if (answer === 'reset') {
      message.socket.destroy();
      return;
    }
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers });
    response.end(answer.body ?? '{"things":[]}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('the vendor listens on a port');
  const vendor: NativeVendor = {
    seen,
    answer: {},
    connector: {
      provider: 'acme',
      identity: ['acme'],
      origins: { api: `http://127.0.0.1:${address.port}` },
      credentials: { kind: 'static', headers: () => ({ authorization: 'Key the-secret' }) },
      limits: {
        concurrency: 4,
        queue: 16,
        timeoutMs: 5_000,
        quotas: [{ name: 'searches', limit: 2, windowMs: 86_400_000 }],
      },
      readFailure: () => null,
      capabilities: {
        costs: {
          costTypes: ['billed'],
          cubes: [],
          ages: { openMs: 1, restatedDays: 0, restatedMs: 1 },
          fill: async () => ({ items: [], notes: [], faults: [], completeThrough: null }),
        },
      },
      operations: () => catalogue,
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return vendor;
};
