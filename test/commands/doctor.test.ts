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

test('beside a running gateway it uses its token and store; what is wrong is told with what to mend', async () => {
  const data = join(folder, 'data');
  const gateway = await startGateway({ file: { connections: vendors.connections }, folder: data });
  onTestFinished(() => gateway.close());
  const costs = `${gateway.url}/v1/costs?start=2026-10-01&end=2026-10-02&granularity=total&connection=cloudspend`;
  expect((await fetch(costs)).status).toBe(200);
  const before = await tokenRequests();

  const fine = await doctor(['--json'], vendors.connections);
  expect(fine.code, fine.output).toBe(0);
  const result = resultSchema.parse(JSON.parse(fine.output));
  expect(result.ok).toBe(true);
  expect(result.connections.map(({ connection }) => connection)).toEqual(['cloudzero', 'elastic', 'cloudspend']);

  await vendors.misbehave('elastic', [{ kind: 'status', status: 503 }]);
  const broken = await doctor(
    [],
    vendors.connections.map((each) => (each.provider === 'cloudzero' ? { ...each, apiKey: 'of-nobody' } : each)),
  );
  expect(broken.code).toBe(1);
  expect(broken.output).toContain('WRONG  credentials');
  expect(broken.output).toContain('WRONG  reachability');
  expect(broken.output).toContain('cloudspend\n  ok     reachability');
  expect(broken.output).not.toContain('of-nobody');
  // Both runs have used the token of the gateway.
  expect(await tokenRequests()).toBe(before);
  // The gateway is as it was.
  const health = await fetch(`${gateway.url}/health/ready`);
  expect(health.status).toBe(200);
  expect(gateway.log()).not.toContain('"level":50');
});

test.each([
  [['--colour'], 64, 'npm run doctor'],
  [[], 78, 'is required'],
])('%j: a command line or a configuration that is wrong is refused with a hint', async (words, code, hint) => {
  const refused = await doctor(words, [{ id: 'elastic', provider: 'elastic' }]);
  expect(refused.code).toBe(code);
  expect(refused.said).toContain(hint);
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
