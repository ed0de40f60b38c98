import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { systemClock } from '../../src/domain/clock.ts';
import { compileCache } from '../support/compile-cache.ts';
import { startVendor, type Vendor } from '../support/vendor-line.ts';

const resultSchema = z.object({
  connections: z.array(
    z.object({
      connection: z.string(),
      complete: z.boolean(),
      doneThrough: z.string().nullable(),
      callsLeft: z.int(),
      problems: z.array(z.string()),
    }),
  ),
});

let directory: string;
let vendor: Vendor;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'cost-gateway-'));
  vendor = await startVendor('cloudspend', systemClock);
});
afterAll(async () => {
  await vendor.close();
  await rm(directory, { recursive: true, force: true });
});

const run = async (...words: string[]) => {
  const { settings } = vendor.sandbox;
  const child = spawn(process.execPath, ['commands/backfill.ts', ...words], {
    env: {
      PATH: process.env.PATH ?? '',
      ...compileCache,
      DATA_DIR: directory,
      CLOUDSPEND_CLIENT_ID: settings.clientId ?? '',
      CLOUDSPEND_CLIENT_SECRET: settings.clientSecret ?? '',
      CLOUDSPEND_REFRESH_TOKEN: settings.refreshToken ?? '',
      CLOUDSPEND_BASE_URL: settings.baseUrl ?? '',
      CLOUDSPEND_ACCOUNTS_URL: settings.accountsUrl ?? '',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let progress = '';
  child.stdout.on('data', (chunk) => {
    output += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    progress += String(chunk);
  });
  const [code] = await once(child, 'close');
  return { code, output, progress };
};

test('the command reads older months, goes on where a failing vendor stopped it, and then asks for nothing', async () => {
  const trends = '/cs/api/cost/custom_report/trend_box';
  vendor.sandbox.faults.set([
    { path: trends, kind: 'status', status: 403, body: '{}', contentType: 'application/json' },
  ]);
  const failed = await run('--months', '2', '--json');
  expect(failed.code).toBe(1);
  const [first] = resultSchema.parse(JSON.parse(failed.output)).connections;
  expect(first).toMatchObject({ connection: 'cloudspend', complete: false, doneThrough: null });
  expect(first?.problems.length).toBeGreaterThan(0);

  vendor.sandbox.faults.clear();
  const done = await run('--months', '2');
  expect(done.code, done.progress).toBe(0);
  expect(done.output).toContain('cloudspend: all days through');
  expect(done.progress).toContain('[########################]');

  const calls = vendor.callsTo(trends);
  expect((await run('--months', '2', '--connection', 'cloudspend')).code).toBe(0);
  // Recent days may be due again; no older one is.
  expect(vendor.callsTo(trends) - calls).toBeLessThanOrEqual(calls / 2);
});

test.each([
  [['--months', '0'], '--months takes a number'],
  [['--connection', 'nobody'], 'known are cloudspend'],
  [['--unheard-of'], 'npm run backfill'],
])('%j is refused with a hint', async (words, hint) => {
  const { code, progress } = await run(...words);
  expect(code).toBe(78);
  expect(progress).toContain(hint);
});
