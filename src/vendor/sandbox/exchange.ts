import type { IncomingMessage, ServerResponse } from 'node:http';

export interface SandboxRequest {
  readonly method: string;
  readonly path: string;
  /** The decoded `:name` segments of the route. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The sandbox's own base URL, for `next` links. */
  readonly url: string;
}

export interface SandboxReply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON. */
  readonly json?: unknown;
  readonly text?: string;
  /** Of a file; `contentType` says what it is. */
  readonly bytes?: Uint8Array;
  readonly contentType?: string;
}

export interface SandboxRoute {
  readonly method: string;
  /** `/v2/budgets/:id` */
  readonly path: string;
  readonly handle: (request: SandboxRequest) => SandboxReply | Promise<SandboxReply>;
}

export const compile = (route: SandboxRoute) => {
  const pattern = route.path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:([A-Za-z_]+)/g, '(?<$1>[^/]+)');
  return { ...route, pattern: new RegExp(`^${pattern}$`) };
};

export const readBody = async (message: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
};

export const bodyOf = (reply: SandboxReply): { body: string; contentType: string } =>
  reply.json === undefined
    ? { body: reply.text ?? '', contentType: reply.contentType ?? 'text/plain; charset=utf-8' }
    : { body: JSON.stringify(reply.json), contentType: reply.contentType ?? 'application/json' };

export const send = (response: ServerResponse, reply: SandboxReply, at: number): void => {
  const { body, contentType } = bodyOf(reply);
  const date = new Date(at).toUTCString();
  response.writeHead(reply.status ?? 200, { 'content-type': contentType, date, ...reply.headers });
  response.end(reply.bytes ?? body);
};

/** The reply of the first route that fits; null where none does. */
export const handle = (
  routes: readonly ReturnType<typeof compile>[],
  request: SandboxRequest,
): ReturnType<SandboxRoute['handle']> | null => {
  for (const route of routes) {
    const match = route.method === request.method ? route.pattern.exec(request.path) : null;
    if (match === null) continue;
    const params = Object.fromEntries(
      Object.entries(match.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]),
    );
    return route.handle({ ...request, params });
  }
  return null;
};
