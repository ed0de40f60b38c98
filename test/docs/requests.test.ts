import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { pages } from '../../openapi/serve.ts';
import { describeRoutes } from '../../openapi/served-document.ts';
import { providers } from '../../providers/index.ts';
import { operations } from '../../routes/index.ts';
import { type RunningApp, startApp } from '../support/app.ts';
import { pinnedClock } from '../support/pinned-clock.ts';
import { parseCurl } from './curl.ts';
import { documentPaths, readDocument, tableRows } from './document.ts';

const readme = readDocument('README.md');
const origin = 'http://127.0.0.1:8080';
let app: RunningApp;

const startGateway = async (): Promise<RunningApp> => {
  const started = await startApp(providers, {
    clock: pinnedClock(),
    prepare: (server) => describeRoutes(server, operations),
    extend: (server) => {
      server.register(pages, {
        landing: () => ({ connections: [], version: '0.0.0' }),
      });
    },
  });
  started.services.readiness.ready();
  return started;
};
beforeAll(async () => {
  app = await startGateway();
});
afterAll(() => app.close());

/** Sends what a command line would, and gives back the body. */
const run = async (gateway: RunningApp, command: string): Promise<unknown> => {
  const { method, url, body, headers } = parseCurl(command);
  if (!url.startsWith(origin)) {
    const target = url.replace('$SANDBOX_URL', gateway.sandboxes.elastic?.url ?? '');
    const answer = await fetch(target, { method, ...(body === null ? {} : { body }) });
    expect(answer.status).toBe(200);
    return answer.json();
  }
  const answer = await gateway.server.inject({
    method,
    url: url.slice(origin.length),
    headers,
    ...(body === null ? {} : { payload: body }),
  });
  return answer.json();
};

/** What differs from one run to the next. */
const changing = new Set(['asOf', 'requestId']);
const settled = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (name, held: unknown) => (changing.has(name) && held !== null ? 'changes' : held)));

const providersOf = (body: unknown): unknown => {
  const meta: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'meta') : null;
  return typeof meta === 'object' && meta !== null ? Reflect.get(meta, 'providers') : [];
};

test('the answers in the README are those that its requests get, one after the other', async () => {
  const gateway = await startGateway();
  onTestFinished(() => gateway.close());
  let last: unknown = null;
  let compared = 0;
  for (const { language, text } of readme.fences) {
    const commands = text.split('\n').filter((line) => line.startsWith('curl '));
    for (const command of commands) last = await run(gateway, command);
    if (language !== 'json') continue;
    const shown: unknown = settled(JSON.parse(text));
    // One connection's entry stands for the answer that it is from.
    if (typeof shown === 'object' && shown !== null && 'connection' in shown) {
      expect(settled(providersOf(last))).toContainEqual(shown);
    } else {
      expect(settled(last)).toEqual(shown);
    }
    compared += 1;
  }
  expect(compared).toBeGreaterThanOrEqual(3);
});

test('the table of routes is the list of operations', () => {
  const rows = tableRows(readme).flatMap(([first = '']) => /^`([A-Z]+ \/[^`]*)`$/.exec(first)?.[1] ?? []);
  const names = operations.map(({ method, path }) => `${method} ${path}`);
  expect(names.filter((name) => !rows.includes(name))).toEqual([]);
  const pagesOnly = rows.filter((row) => !names.includes(row));
  expect(pagesOnly).toEqual(['ANY /native/{connection}/{path}', 'GET /openapi.json', 'GET /docs', 'GET /problems/']);
});

const routesIn = (path: string): string[] =>
  readDocument(path).spans.flatMap((span) => /^(?:GET )?(?:http:\/\/127\.0\.0\.1:8080)?(\/\S*)$/.exec(span)?.[1] ?? []);

test.each(documentPaths)('%s names no route that is not served', async (path) => {
  // A template is served if it is an operation's own; it names nothing that could be asked for.
  const templates = new Set([...operations.map((operation) => operation.path), '/native/{connection}']);
  const asked = routesIn(path).filter((route) => !(route.includes('{') && templates.has(route)));
  const answers = await Promise.all(asked.map(async (route) => ({ route, ...(await app.get(route)) })));
  expect(answers.filter(({ status }) => status >= 400).map(({ route, status }) => `${route}: ${status}`)).toEqual([]);
});

test('the pages name routes at all', () => {
  expect(documentPaths.flatMap(routesIn).length).toBeGreaterThan(15);
});
