import { pages } from '../../openapi/serve.ts';
import { describeRoutes } from '../../openapi/served-document.ts';
import { providers } from '../../providers/index.ts';
import { operations } from '../../routes/index.ts';
import { parseCurl } from '../docs/curl.ts';
import type { Fence } from '../docs/document.ts';
import { type RunningApp, startApp } from '../support/app.ts';
import { pinnedClock } from '../support/pinned-clock.ts';

export const origin = 'http://127.0.0.1:8080';

/** The whole gateway with its pages, over all sandboxes, on a date that never changes. */
export const startLiveGateway = async (): Promise<RunningApp> => {
  const app = await startApp(providers, {
    clock: pinnedClock(),
    prepare: (server) => describeRoutes(server, operations),
    extend: (server) => {
      server.register(pages, {
        landing: () => ({ connections: [], version: '0.0.0' }),
      });
    },
  });
  app.services.readiness.ready();
  return app;
};

export interface Said {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly body: unknown;
}

export interface DocumentedRequest {
  readonly command: string;
  /** `# 404` on the line above says it; 200 otherwise. */
  readonly status: number;
}

/** The requests of a fence, each with what it is to be answered with. */
export const requestsIn = ({ language, text }: Fence): DocumentedRequest[] => {
  if (language !== 'sh') return [];
  const lines = text.replaceAll('\\\n', ' ').split('\n');
  return lines.flatMap((line, index) => {
    const command = /^curl .*?(?= \||$)/.exec(line)?.[0];
    if (command === undefined) return [];
    return [{ command, status: Number(/^# (\d{3})$/.exec(lines[index - 1] ?? '')?.[1] ?? 200) }];
  });
};

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

/** One reader of a page: `$CURSOR`, `$ETAG` and `$BUDGET` stand for what the answers before have said. */
export const openReader = (app: RunningApp) => {
  const known = new Map<string, string>();
  const learn = (name: string, value: unknown): void => {
    if (typeof value === 'string') known.set(name, value);
  };
  return async (command: string): Promise<Said> => {
    const fill = (text: string): string =>
      text.replaceAll(/\$([A-Z]+)/g, (_match, name: string) => known.get(name) ?? `no-${name}-yet`);
    const { method, body: payload, ...call } = parseCurl(command);
    const url = fill(call.url);
    const headers = Object.fromEntries(Object.entries(call.headers).map(([name, value]) => [name, fill(value)]));
    if (!url.startsWith(origin)) throw new TypeError(`${url} is not of this gateway`);
    const answer = await app.server.inject({
      method,
      url: url.slice(origin.length),
      headers,
      ...(payload === null ? {} : { payload }),
    });
    const isJson = /[/+]json/.test(String(answer.headers['content-type'])) && answer.body !== '';
    const body: unknown = isJson ? JSON.parse(answer.body) : null;
    learn('CURSOR', member(member(body, 'page'), 'nextCursor'));
    learn('ETAG', answer.headers.etag);
    const { location } = answer.headers;
    if (typeof location === 'string') learn('BUDGET', location.split('/').at(-1));
    return { method, url, status: answer.statusCode, headers: answer.headers, text: answer.body, body };
  };
};
