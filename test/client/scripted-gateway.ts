import { type ClientOptions, createClient } from '../../openapi/client/client.ts';

export interface Scripted {
  readonly client: ReturnType<typeof createClient>;
  /** What was asked, as `GET /v1/costs?limit=1`. */
  readonly asked: string[];
  readonly requests: Request[];
  /** How long was waited, in milliseconds. */
  readonly waits: number[];
}

export type Answer = Response | Error;

export const now = Date.parse('2026-11-21T10:00:00Z');

export const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });

export const problem = (status: number, headers: Record<string, string> = {}): Response =>
  json({ type: '/problems/overloaded', title: 'Overloaded', status, detail: 'Later.' }, status, headers);

/** A client whose gateway says these things, one after the other, and whose waits pass at once. */
export const scripted = (answers: readonly Answer[], options: Partial<ClientOptions> = {}): Scripted => {
  const left = [...answers];
  const asked: string[] = [];
  const requests: Request[] = [];
  const waits: number[] = [];
  const client = createClient({
    baseUrl: 'http://gateway.test/',
    fetch: async (request) => {
      const { pathname, search } = new URL(request.url);
      asked.push(`${request.method} ${pathname}${search}`);
      requests.push(request);
      const answer = left.shift();
      if (answer === undefined) throw new TypeError('it was asked too often');
      if (answer instanceof Error) throw answer;
      return answer;
    },
    timing: {
      now: () => now,
      random: () => 0.5,
      sleep: async (milliseconds, signal) => {
        signal.throwIfAborted();
        waits.push(milliseconds);
      },
    },
    ...options,
  });
  return { client, asked, requests, waits };
};
