import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { startCommand } from '../support/command.ts';
import { startGateway } from '../support/whole-app/gateway-process.ts';
import { startVendors, type VendorsProcess } from '../support/whole-app/vendors.ts';

/** The command and the simulated vendors in processes of their own. */

const resultSchema = z.strictObject({
  ok: z.boolean(),
  connections: z.array(
    z.strictObject({
      connection: z.string(),
      provider: z.string(),
      ok: z.boolean(),
      checks: z.array(
        z.strictObject({ name: z.string(), ok: z.boolean(), detail: z.string(), mend: z.string().nullable() }),
      ),
    }),
  ),
});

let folder: string;
let vendors: VendorsProcess;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'doctor-'));
  vendors = await startVendors();
});
afterAll(async () => {
  await vendors.close();
  await rm(folder, { recursive: true, force: true });
});

const doctor = async (words: readonly string[], connections: readonly object[]) => {
  const file = join(folder, 'connections.yaml');
  await writeFile(file, JSON.stringify({ connections }));
  return startCommand('commands/doctor.ts', words, { CONNECTIONS_FILE: file, DATA_DIR: join(folder, 'data') }).ended;
};

const tokenRequests = async (): Promise<number> =>
  (await vendors.calls('cloudspend')).filter(({ path }) => path.startsWith('/oauth')).length;

test('beside a running gateway it uses its token and its store, and tells of each connection what is wrong', async () => {
  const data = join(folder, 'data');
  const gateway = await startGateway({ file: { connections: vendors.connections }, folder: data });
  onTestFinished(() => gateway.close());
  const costs = `${gateway.url}/v1/costs?start=2026-10-01&end=2026-10-02&granularity=total&connection=cloudspend`;
  expect((await fetch(costs)).status).toBe(200);
  const before = await tokenRequests();
  await vendors.misbehave('elastic', [{ kind: 'status', status: 503 }]);
  onTestFinished(() => vendors.misbehave('elastic', []));

  const connections = vendors.connections.map((each) =>
    each.provider === 'cloudzero' ? { ...each, apiKey: 'of-nobody' } : each,
  );
  const { code, output } = await doctor(['--json'], connections);
  expect(code).toBe(1);
  const result = resultSchema.parse(JSON.parse(output));
  expect(result.ok).toBe(false);
  const wrong = result.connections.map(({ connection, checks }) => ({
    connection,
    wrong: checks.filter(({ ok }) => !ok).map(({ name }) => name),
  }));
  expect(wrong).toEqual([
    { connection: 'cloudzero', wrong: expect.arrayContaining(['credentials']) },
    { connection: 'elastic', wrong: expect.arrayContaining(['reachability']) },
    { connection: 'cloudspend', wrong: [] },
  ]);
  expect(output).not.toContain('of-nobody');

  expect(await tokenRequests()).toBe(before);
  expect((await fetch(`${gateway.url}/health/ready`)).status).toBe(200);
  expect(gateway.log()).not.toContain('"level":50');
});

test('where all is in order it says so for people, and ends well', async () => {
  const { code, output } = await doctor([], vendors.connections);
  expect(code, output).toBe(0);
  expect(output).toContain('cloudspend\n  ok     reachability');
  expect(output).not.toContain('WRONG');
});

test('a configuration that is wrong is refused with a hint', async () => {
  const refused = await doctor([], [{ id: 'elastic', provider: 'elastic' }]);
  expect(refused.code).toBe(78);
  expect(refused.said).toContain('is required');
});

test('a folder that cannot be written is told', async () => {
  const path = join(folder, 'file');
  await writeFile(path, '');
  const { code, output } = await startCommand('commands/doctor.ts', ['--json'], { DATA_DIR: join(path, 'below') })
    .ended;
  expect(code).toBe(1);
  const [first] = resultSchema.parse(JSON.parse(output)).connections;
  expect(first?.checks.filter(({ ok }) => !ok).map(({ name }) => name)).toEqual(['store']);
});
