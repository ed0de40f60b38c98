import { spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, type TestContext, test } from 'vitest';
import { compileCache } from '../support/compile-cache.ts';

/** The process as it is started: its log, its exit code, its ports. */
const open = async (environment: Readonly<Record<string, string>> = {}) => {
  const directory = await mkdtemp(join(tmpdir(), 'cost-gateway-'));
  const child = spawn(process.execPath, ['src/main.ts'], {
    env: { PATH: process.env.PATH ?? '', ...compileCache, PORT: '0', DATA_DIR: directory, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    output += String(chunk);
  });
  const exited = once(child, 'exit').then(([code]) => Number(code));
  const close = async (): Promise<void> => {
    child.kill('SIGKILL');
    await exited;
    await rm(directory, { recursive: true, force: true });
  };
  const ready = async (): Promise<string> => {
    for (;;) {
      const url = /answers on (http:\/\/[\d.:]+)/.exec(output)?.[1];
      if (url !== undefined) return url;
      if (child.exitCode !== null || child.signalCode !== null) throw new TypeError(output);
      await Promise.race([once(child.stdout, 'data'), exited]);
    }
  };
  return { child, exited, ready, close, output: () => output };
};
type Opened = Awaited<ReturnType<typeof open>>;

/** For a case that ends its gateway, or starts it as no other does. */
const start = async (
  { onTestFinished }: Pick<TestContext, 'onTestFinished'>,
  environment: Readonly<Record<string, string>>,
): Promise<Opened> => {
  const gateway = await open(environment);
  onTestFinished(gateway.close);
  return gateway;
};

/** Below the ports that the system gives out, so that no other process is given it meanwhile. */
const freePort = async (): Promise<number> => {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    const server = createServer().listen(port, '127.0.0.1');
    const free = await Promise.race([
      once(server, 'listening').then(() => true),
      once(server, 'error').then(() => false),
    ]);
    server.close();
    if (free) return port;
  }
};

/** Only read from, by every case that changes nothing in it. */
let plain: Opened;
let closed: Opened;
const key = randomUUID();
let metricsPort = 0;
beforeAll(async () => {
  metricsPort = await freePort();
  plain = await open();
  closed = await open({
    METRICS_PORT: String(metricsPort),
    AUTH: 'keys',
    API_KEYS: JSON.stringify([
      { name: 'dashboard', key: `sha256:${createHash('sha256').update(key).digest('hex')}`, scopes: ['read'] },
    ]),
  });
});
afterAll(() => Promise.all([plain.close(), closed.close()]));

test.concurrent('a first start serves every vendor from its sandbox and says in its log where to look', async () => {
  const gateway = plain;
  const url = await gateway.ready();
  const answer = await fetch(`${url}/v1/costs?granularity=total&groupBy=provider`);
  const body = await answer.text();
  expect(answer.status).toBe(200);
  expect(body).toContain('"complete":true');
  expect(gateway.output()).toContain(`${url}/docs`);
  expect(gateway.output()).toContain('/_sandbox/faults');
  expect((await fetch(`${url}/health/ready`)).status).toBe(200);
});

test.concurrent('a stop answers the request that is in flight, says meanwhile that it is not ready, and ends with 0', async (context) => {
  const gateway = await start(context, {});
  const url = await gateway.ready();
  const sandbox = /sandbox of .* on (http:\/\/[\d.:]+);/.exec(gateway.output())?.[1];
  await fetch(`${sandbox}/_sandbox/faults`, {
    method: 'PUT',
    body: JSON.stringify({ faults: [{ kind: 'latency', milliseconds: 1500 }] }),
  });
  const slow = fetch(`${url}/v1/costs?granularity=total&groupBy=provider`);
  await fetch(`${url}/health/live`);
  gateway.child.kill('SIGTERM');
  let status = 200;
  while (status === 200) status = (await fetch(`${url}/health/ready`)).status;
  expect(status).toBe(503);
  const answer = await slow;
  expect(answer.status).toBe(200);
  expect(await answer.text()).toContain('"complete":true');
  expect(await gateway.exited).toBe(0);
});

test.concurrent('faults of the configuration are all named, and the exit code is 78', async (context) => {
  const gateway = await start(context, { PORT: 'x', REQUEST_DEADLINE: '-1', AUTH: 'open' });
  expect(await gateway.exited).toBe(78);
  for (const name of ['PORT', 'REQUEST_DEADLINE', 'AUTH']) expect(gateway.output()).toContain(name);
});

test.concurrent('a port that is taken is one line and the exit code 1', async (context) => {
  const port = new URL(await plain.ready()).port;
  const second = await start(context, { PORT: port });
  expect(await second.exited).toBe(1);
  expect(second.output()).toContain(`cannot listen on 127.0.0.1:${port}`);
});

test.concurrent('metrics have a port of their own when one is named, without a key', async () => {
  const url = await closed.ready();
  const headers = { authorization: `Bearer ${key}` };
  expect((await fetch(`${url}/v1/costs?granularity=total`, { headers })).status).toBe(200);
  const metrics = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
  expect(metrics).toMatch(/cost_gateway_quota_spent\{connection="\w+",quota="[\w-]+"\} [1-9]/);
  expect(metrics).toContain('cost_gateway_vendor_call_duration_seconds');
});

test.concurrent('with keys, the first page names no connection, and the list of them asks for a key', async () => {
  const [openUrl, closedUrl] = await Promise.all([plain.ready(), closed.ready()]);
  expect(await (await fetch(openUrl)).text()).toContain('Elastic Cloud');
  const page = await (await fetch(closedUrl)).text();
  expect(page).toContain('with your key');
  for (const title of ['Elastic Cloud', 'CloudZero', 'CloudSpend']) expect(page).not.toContain(title);
  expect((await fetch(`${closedUrl}/v1/providers`)).status).toBe(401);
});

test.concurrent('what was paid for outlives a restart', async (context) => {
  const directory = await mkdtemp(join(tmpdir(), 'cost-gateway-'));
  const first = await start(context, { DATA_DIR: directory });
  const question = '/v1/costs?granularity=total&groupBy=provider&start=2026-01-01&end=2026-02-01';
  const before = await (await fetch(`${await first.ready()}${question}`)).text();
  first.child.kill('SIGTERM');
  await first.exited;
  const second = await start(context, { DATA_DIR: directory });
  const url = await second.ready();
  expect(await (await fetch(`${url}${question}`)).text()).toBe(before);
  const metrics = await (await fetch(`${url}/metrics`)).text();
  const called = [...metrics.matchAll(/vendor_call_duration_seconds_count\{[^}]*operation="([^"]*)"/g)].map(
    ([, operation = '']) => operation,
  );
  // What a connection is checked with is called again; no figure is.
  expect(called.length).toBeGreaterThan(0);
  expect(called.filter((operation) => /costs|sankey|trend|chart/i.test(operation))).toEqual([]);
  await rm(directory, { recursive: true, force: true });
});
