import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { type GatewayProcess, startGateway as startProcess } from '../support/whole-app/gateway-process.ts';
import { startVendors, type VendorsProcess } from '../support/whole-app/vendors.ts';

const question = '/v1/costs?granularity=monthly&start=2026-10-01&end=2026-11-01&connection=elastic';

let vendors: VendorsProcess;
beforeAll(async () => {
  vendors = await startVendors();
});
beforeEach(() => vendors.misbehave('elastic', []));
afterAll(() => vendors.close());

const startGateway = async (environment: Record<string, string> = {}): Promise<GatewayProcess> => {
  const gateway = await startProcess({ file: { connections: vendors.connections }, environment });
  onTestFinished(() => gateway.close());
  return gateway;
};

const unready = async (url: string): Promise<void> => {
  while ((await fetch(`${url}/health/ready`)).status === 200);
};

test('K1 told to stop under load, it answers what it has begun and ends well', async () => {
  const { kill, url, ended } = await startGateway();
  await vendors.misbehave('elastic', [{ kind: 'latency', milliseconds: 700 }]);
  const asked = Array.from({ length: 20 }, () => fetch(`${url}${question}`));
  kill('SIGTERM');
  await unready(url);
  const late = Array.from({ length: 20 }, () => fetch(`${url}/v1/providers`));
  expect((await Promise.all([...asked, ...late])).map(({ status }) => status)).toEqual(Array(40).fill(200));
  expect(await ended).toBe(0);
});

test('K2 told twice, with a vendor that hangs, it ends at once', async () => {
  const { kill, url, ended } = await startGateway();
  await vendors.misbehave('elastic', [{ kind: 'hang' }]);
  const asked = fetch(`${url}${question}`).catch(() => null);
  kill('SIGTERM');
  await unready(url);
  const begun = performance.now();
  kill('SIGTERM');
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
  const { url, stopReading } = await startGateway({ LOG_LEVEL: 'debug' });
  stopReading();
  for (let turn = 0; turn < 50; turn += 1) expect((await fetch(`${url}/v1/providers`)).status).toBe(200);
});
