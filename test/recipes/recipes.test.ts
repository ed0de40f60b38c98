import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { buildDocument } from '../../openapi/document.ts';
import { operations } from '../../routes/index.ts';
import { root } from '../architecture/tree.ts';
import { readDocument } from '../docs/document.ts';
import { openContract } from '../openapi/contract.ts';
import type { RunningApp } from '../support/app.ts';
import { openReader, origin, requestsIn, startLiveGateway } from './live-gateway.ts';

const names = readdirSync(join(root, 'docs/recipes')).filter((name) => name.endsWith('.md'));
const contract = openContract(buildDocument(operations));

let app: RunningApp;
let port = 0;
beforeAll(async () => {
  app = await startLiveGateway();
  port = Number(new URL(await app.server.listen({ host: '127.0.0.1', port: 0 })).port);
});
afterAll(() => app.close());

const fencesOf = (name: string) => readDocument(`docs/recipes/${name}`).fences;

test('there are recipes', () => expect(names.length).toBeGreaterThanOrEqual(4));

test.each(names)('every request of %s is answered as the recipe and the document say', async (name) => {
  const ask = openReader(app);
  for (const { command, status } of fencesOf(name).flatMap(requestsIn)) {
    const said = await ask(command);
    expect(said.status, `${command}\n${said.text.slice(0, 300)}`).toBe(status);
    const url = said.url.slice(origin.length);
    expect(contract.faultsOf({ ...said, url, body: said.text }), command).toEqual([]);
  }
});

const jqFound = spawnSync('jq', ['--version']).status === 0;
/** In CI its absence is a fault, not a reason to skip. */
const withJq = jqFound || process.env.CI !== undefined ? describe : describe.skip;

withJq('curl and jq', () => {
  const piped = fencesOf('curl-and-jq.md')
    .filter(({ language }) => language === 'sh')
    .flatMap(({ text }) => [...text.matchAll(/^(curl .*?) \| jq ((?:-\w+ )*)'(.*)'$/gm)])
    .map(([, command = '', options = '', filter = '']) => ({ command, options: options.trim(), filter }));

  test('every filter is tried', () => expect(piped.length).toBeGreaterThanOrEqual(7));

  test.each(piped)('$filter reads what the gateway answers', async ({ command, options, filter }) => {
    const { text } = await openReader(app)(command);
    const { status, stdout, stderr } = spawnSync('jq', [...options.split(' ').filter(Boolean), filter], {
      input: text,
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([0, '']);
    // Of vendors that are not well there is none here.
    if (!filter.includes('.health')) expect(stdout.trim().split('\n')[0]).not.toMatch(/^$|null|unknown/);
  });

  test('the loop reads every page', async () => {
    const [loop] = fencesOf('curl-and-jq.md').filter(({ language }) => language === 'bash');
    const script = (loop?.text ?? '').replace('127.0.0.1:8080', `127.0.0.1:${port}`).replace('limit=500', 'limit=7');
    const { spawn } = await import('node:child_process');
    const run = spawn('bash', ['-euc', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    let printed = '';
    run.stdout.on('data', (bytes: Buffer) => {
      printed += bytes.toString();
    });
    const code = await new Promise((resolve) => run.on('close', resolve));
    expect(code).toBe(0);
    const whole = z.object({ data: z.array(z.unknown()) }).parse((await app.get('/v1/costs?limit=1000')).body);
    expect(whole.data.length).toBeGreaterThan(7);
    expect(
      printed
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual(whole.data);
  });
});

const query = z.object({
  type: z.enum(['json', 'csv']),
  source: z.literal('url'),
  format: z.literal('table'),
  parser: z.literal('backend'),
  url: z.string().startsWith(origin),
  url_options: z.object({
    method: z.literal('GET'),
    headers: z.array(z.object({ key: z.string(), value: z.string() })).default([]),
  }),
  root_selector: z.string(),
  columns: z.array(
    z.object({ selector: z.string(), text: z.string(), type: z.enum(['string', 'number', 'timestamp']) }),
  ),
});

const at = (value: unknown, selector: string): unknown =>
  selector
    .split('.')
    .reduce<unknown>(
      (held, name) => (typeof held === 'object' && held !== null ? Reflect.get(held, name) : undefined),
      value,
    );

const readable = {
  string: (value: unknown) => value === null || typeof value === 'string',
  number: (value: unknown) => value === null || Number.isFinite(Number(value)),
  timestamp: (value: unknown) => !Number.isNaN(Date.parse(String(value))),
};

describe('Grafana', () => {
  const queries = fencesOf('grafana-infinity.md')
    .filter(({ language }) => language === 'json')
    .map(({ text }) => query.parse(JSON.parse(text)));

  test.each(queries)('$url has rows and columns where the query looks for them', async (asked) => {
    const headers = Object.fromEntries(asked.url_options.headers.map(({ key, value }) => [key.toLowerCase(), value]));
    const answer = await app.server.inject({ url: asked.url.slice(origin.length), headers });
    expect(answer.statusCode).toBe(200);
    let rows: unknown;
    if (asked.type === 'csv') {
      expect(answer.headers['content-type']).toMatch(/^text\/csv/);
      const [head = [], ...lines] = answer.body
        .trimEnd()
        .split(/\r?\n/)
        .map((line) => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell = '']) => cell));
      rows = lines.map((cells) => Object.fromEntries(head.map((name, index) => [name, cells[index]])));
    } else rows = at(JSON.parse(answer.body), asked.root_selector);
    const list = z.array(z.unknown()).min(1).parse(rows);
    for (const row of list) {
      for (const { selector, type } of asked.columns) {
        const value = at(row, selector);
        expect(value, selector).not.toBe(undefined);
        expect(readable[type](value), `${selector}: ${String(value)}`).toBe(true);
      }
    }
  });

  test('every kind of query is tried', () =>
    expect(queries.map(({ type }) => type).sort()).toEqual(['csv', 'json', 'json', 'json']));
});
