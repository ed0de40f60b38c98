import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SandboxCall, SandboxFault } from '../../src/vendor/contract/sandbox.ts';
import { type GatewayProcess, startGateway } from '../support/whole-app/gateway-process.ts';
import { startVendors, type VendorsProcess } from '../support/whole-app/vendors.ts';

const vendorIds = ['cloudzero', 'elastic', 'cloudspend'] as const;
type VendorId = (typeof vendorIds)[number];

let vendors: VendorsProcess;
let gateway: GatewayProcess;
beforeAll(async () => {
  vendors = await startVendors();
  // A connection for each fault, so that no circuit is open from the one before.
  const connections = vendors.connections.flatMap((each) =>
    Object.keys(faults).map((name) => ({ ...each, id: `${each.provider}-${name}` })),
  );
  gateway = await startGateway({ file: { connections } });
});
afterAll(async () => {
  await gateway.close();
  await vendors.close();
});

const faults = {
  broken: { kind: 'status', status: 500 },
  unauthorized: { kind: 'status', status: 401 },
  forbidden: { kind: 'status', status: 403 },
  absent: { kind: 'status', status: 404 },
  malformed: { kind: 'garbage' },
  reset: { kind: 'reset' },
} as const satisfies Record<string, SandboxFault>;
type FaultName = keyof typeof faults;

/** Each fault has a month of its own: what was refused a moment ago is not asked for again. */
const monthOf = (fault: FaultName): string => `0${Object.keys(faults).indexOf(fault) + 2}`;

/** The requests that reached the vendor for a cold question about a month. */
const callsFor = async (vendor: VendorId, fault: FaultName): Promise<SandboxCall[]> => {
  const ask = async (query: string): Promise<number> => {
    const answer = await fetch(`${gateway.url}/v1/costs?connection=${vendor}-${fault}&${query}`);
    await answer.text();
    return answer.status;
  };
  await vendors.misbehave(vendor, []);
  expect(await ask('granularity=total&start=2026-11-01&end=2026-11-02')).toBe(200);
  await vendors.misbehave(vendor, [faults[fault]]);
  const before = (await vendors.calls(vendor)).length;
  const month = `start=2026-${monthOf(fault)}-01&end=2026-${monthOf(fault)}-28`;
  expect(await ask(`groupBy=service&${month}`)).toBeGreaterThanOrEqual(500);
  const calls = (await vendors.calls(vendor)).slice(before);
  await vendors.misbehave(vendor, []);
  return [...calls];
};

const mostOf = (calls: readonly SandboxCall[]): number => {
  const counts = new Map<string, number>();
  for (const { method, path, query } of calls) {
    const request = `${method} ${path}?${query}`;
    counts.set(request, (counts.get(request) ?? 0) + 1);
  }
  return Math.max(0, ...counts.values());
};

/** As many calls as each vendor is asked at once: they have been sent when the first answer comes. */
const atOnce: Record<VendorId, number> = { cloudzero: 2, elastic: 6, cloudspend: 4 };

test.each(vendorIds)('a cold question against a broken %s sends no request more than three times', async (vendor) => {
  for (const fault of ['broken', 'absent', 'malformed', 'reset'] as const) {
    const calls = await callsFor(vendor, fault);
    expect(calls.length).toBeGreaterThan(0);
    expect([fault, mostOf(calls)]).toEqual([fault, expect.toSatisfy((most: number) => most <= 3)]);
  }
});

test.each(vendorIds)('a %s that refuses its key is not asked for the rest of the question', async (vendor) => {
  for (const fault of ['unauthorized', 'forbidden'] as const) {
    const { length } = await callsFor(vendor, fault);
    expect([fault, length]).toEqual([
      fault,
      expect.toSatisfy((count: number) => count >= 1 && count <= atOnce[vendor]),
    ]);
  }
});
