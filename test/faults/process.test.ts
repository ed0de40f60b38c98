import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';

const lineSchema = z.object({ url: z.string().optional(), msg: z.string(), level: z.number() });
const question = '/v1/costs?granularity=monthly&start=2026-10-01&end=2026-11-01&connection=elastic';

interface Gateway {
  readonly child: ChildProcess;
  readonly url: string;
  /** Of the simulated vendor that the question is about. */
  readonly vendorUrl: string;
  readonly ended: Promise<number | null>;
}

/** The gateway as it is run, in a process of its own, with its sandboxes. */
const startGateway = async (more: Record<string, string> = {}): Promise<Gateway> => {
  const folder = await mkdtemp(join(tmpdir(), 'gateway-'));
  const main = new URL('../../src/main.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [main], {
    env: { PATH: process.env.PATH, PORT: '0', SANDBOX: 'on', DATA_DIR: folder, ...more },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
    await rm(folder, { recursive: true, force: true });
  });
  let vendorUrl = '';
  for await (const line of createInterface({ input: child.stdout })) {
    const { url, msg } = lineSchema.parse(JSON.parse(line));
    if (msg.startsWith('sandbox of Elastic')) vendorUrl = url ?? '';
    if (msg.includes('answers on') && url !== undefined) return { child, url, vendorUrl, ended };
  }
  throw new TypeError('the gateway ended before it answered');
};

const misbehave = (vendorUrl: string, fault: object): Promise<Response> =>
  fetch(`${vendorUrl}/_sandbox/faults`, { method: 'PUT', body: JSON.stringify({ faults: [fault] }) });

const unready = async (url: string): Promise<void> => {
  while ((await fetch(`${url}/health/ready`)).status === 200);
};

test('K1 told to stop under load, it answers what it has begun and ends well', async () => {
  const { child, url, vendorUrl, ended } = await startGateway();
  await misbehave(vendorUrl, { kind: 'latency', milliseconds: 700 });
  const asked = Array.from({ length: 20 }, () => fetch(`${url}${question}`));
  child.kill('SIGTERM');
  await unready(url);
  const late = Array.from({ length: 20 }, () => fetch(`${url}/v1/providers`));
  expect((await Promise.all([...asked, ...late])).map(({ status }) => status)).toEqual(Array(40).fill(200));
  expect(await ended).toBe(0);
});

test('K2 told twice, with a vendor that hangs, it ends at once', async () => {
  const { child, url, vendorUrl, ended } = await startGateway();
  await misbehave(vendorUrl, { kind: 'hang' });
  const asked = fetch(`${url}${question}`).catch(() => null);
  child.kill('SIGTERM');
  await unready(url);
  const begun = performance.now();
  child.kill('SIGTERM');
  expect(await ended).toBe(1);
  expect(performance.now() - begun).toBeLessThan(1_000);
  await asked;
});

test('K4 with a Redis that is not there, the process starts and answers', async () => {
  const { url } = await startGateway({ REDIS_URL: 'redis://127.0.0.1:1', REPLICAS: '3' });
  expect((await fetch(`${url}${question}`)).status).toBe(200);
  expect((await fetch(`${url}/health/ready`)).status).toBe(200);
});

test('K7 with nobody who reads its log, it goes on', async () => {
  const { child, url } = await startGateway({ LOG_LEVEL: 'debug' });
  child.stdout?.destroy();
  for (let turn = 0; turn < 50; turn += 1) expect((await fetch(`${url}/v1/providers`)).status).toBe(200);
  expect(child.exitCode).toBeNull();
});
