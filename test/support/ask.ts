import type { App } from '../../src/app/app.ts';

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

export type Ask = (
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Answered>;

/** Asks an app without a port; what is not JSON is answered as text. */
export const askOver =
  ({ server }: App): Ask =>
  async (method, url, body, headers = {}) => {
    const answer = await server.inject({
      method,
      url,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    });
    const json = String(answer.headers['content-type'] ?? '').includes('json');
    const parsed: unknown = json ? JSON.parse(answer.body) : answer.body;
    return { status: answer.statusCode, headers: answer.headers, body: parsed };
  };
