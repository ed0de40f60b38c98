import { describe, expect, test } from 'vitest';
import type { SandboxFault } from '../../src/vendor/contract/sandbox.ts';
import { type FaultRig, getFrom, hour, oneCall, otherMonths, startFaultRig } from './rig.ts';

const vendorText = '<html>canary of the vendor</html>';
const status = (code: number, times?: number): SandboxFault => ({
  kind: 'status',
  status: code,
  body: vendorText,
  contentType: 'text/html',
  times,
});

interface ColdCase {
  readonly id: string;
  readonly fault: string;
  readonly faults: readonly SandboxFault[];
  readonly status: number;
  readonly type?: string;
  readonly calls: number;
}

const cold: readonly ColdCase[] = [
  { id: 'A1', fault: '500 once', faults: [status(500, 1)], status: 200, calls: 2 },
  { id: 'A3', fault: '500 for ever', faults: [status(500)], status: 502, type: 'vendor-unavailable', calls: 3 },
  { id: 'A4', fault: '502 once', faults: [status(502, 1)], status: 200, calls: 2 },
  { id: 'A4', fault: '503 for ever', faults: [status(503)], status: 502, type: 'vendor-unavailable', calls: 3 },
  { id: 'A4', fault: '504 for ever', faults: [status(504)], status: 502, type: 'vendor-unavailable', calls: 3 },
  { id: 'A5', fault: '400', faults: [status(400)], status: 502, type: 'vendor-rejected', calls: 1 },
  { id: 'A6', fault: '401', faults: [status(401)], status: 502, type: 'credentials-rejected', calls: 1 },
  { id: 'A7', fault: '403 in plain text', faults: [status(403)], status: 502, type: 'permission-missing', calls: 1 },
  { id: 'A8', fault: '404', faults: [status(404)], status: 502, type: 'vendor-not-found', calls: 1 },
  { id: 'A8', fault: '410', faults: [status(410)], status: 502, type: 'vendor-not-found', calls: 1 },
  ...[301, 302, 307, 308].map((code) => ({
    id: 'A9',
    fault: `a redirect with ${code}`,
    faults: [status(code)],
    status: 502,
    type: 'vendor-redirected',
    calls: 1,
  })),
  {
    id: 'A10',
    fault: '200 without a body',
    faults: [{ kind: 'empty' }],
    status: 502,
    type: 'vendor-malformed',
    calls: 3,
  },
  {
    id: 'A10',
    fault: '204',
    faults: [{ kind: 'status', status: 204 }],
    status: 502,
    type: 'vendor-malformed',
    calls: 3,
  },
  { id: 'A11', fault: 'a login page', faults: [{ kind: 'garbage' }], status: 502, type: 'vendor-malformed', calls: 3 },
  { id: 'A11', fault: 'a login page once', faults: [{ kind: 'garbage', times: 1 }], status: 200, calls: 2 },
  { id: 'A12', fault: 'an unknown 599', faults: [status(599)], status: 502, type: 'vendor-unavailable', calls: 3 },
  { id: 'A12', fault: 'an unknown 499', faults: [status(499)], status: 502, calls: 3 },
  {
    id: 'A14',
    fault: 'a reset of each request',
    faults: [{ kind: 'reset' }],
    status: 502,
    type: 'vendor-unavailable',
    calls: 3,
  },
  { id: 'A14', fault: 'a reset of one request', faults: [{ kind: 'reset', times: 1 }], status: 200, calls: 2 },
  {
    id: 'B3',
    fault: 'a body that is cut',
    faults: [{ kind: 'cut' }],
    status: 502,
    type: 'vendor-unavailable',
    calls: 3,
  },
  { id: 'B3', fault: 'a body that is cut once', faults: [{ kind: 'cut', times: 1 }], status: 200, calls: 2 },
];

describe('a cold read of a vendor that answers wrongly', () => {
  test.each(cold)('$id $fault: $status after $calls calls at most', async ({ faults, calls, ...expected }) => {
    const { ask, vendor } = await startFaultRig();
    vendor.sandbox.faults.set(faults);
    const answer = await ask();
    expect(answer.status).toBe(expected.status);
    expect(vendor.calls()).toBeLessThanOrEqual(calls);
    expect(vendor.calls()).toBeGreaterThan(0);
    expect(answer.text).not.toContain('canary');
    expect(answer.text).not.toContain('<html');
    if (expected.status === 200) expect(answer.body.meta.complete).toBe(true);
    if (expected.type !== undefined) expect(answer.problem).toBe(expected.type);
  });

  test('A13 refused connections: 502, three attempts at most, and back at once with the vendor', async () => {
    const { ask, vendor, clock } = await startFaultRig();
    vendor.line.set({ down: true });
    expect((await ask()).problem).toBe('vendor-unavailable');
    expect(vendor.line.connections()).toBeLessThanOrEqual(3);
    vendor.line.heal();
    await clock.advance(5_000);
    expect((await ask()).status).toBe(200);
  });

  test('A15 a kept connection that the vendor has closed costs nobody an answer', async () => {
    const { ask, vendor } = await startFaultRig();
    await ask();
    vendor.line.cut();
    const answer = await ask(otherMonths[0]);
    expect(answer.status).toBe(200);
    expect(vendor.calls()).toBeLessThanOrEqual(3);
  });

  test('A6 a refused key is not tried again within the minute, and is known as the cause', async () => {
    const { ask, vendor, app, clock } = await startFaultRig();
    vendor.sandbox.faults.set([status(401)]);
    for (const query of otherMonths) await ask(query);
    expect(vendor.calls()).toBe(1);
    expect((await getFrom(app, '/v1/providers')).body.data[0]?.health).toBe('down');
    vendor.sandbox.faults.clear();
    await clock.advance(61_000);
    expect((await ask()).status).toBe(200);
  });
});

describe('the circuit', () => {
  const opened = async (): Promise<FaultRig> => {
    const rig = await startFaultRig();
    rig.vendor.sandbox.faults.set([status(500)]);
    for (const query of otherMonths) await rig.ask(query);
    return rig;
  };

  test('A16 open: 503 with what is left, not one call', async () => {
    const { ask, vendor } = await opened();
    const before = vendor.calls();
    expect(before).toBeLessThanOrEqual(7);
    const answer = await ask();
    expect([answer.status, answer.problem]).toEqual([503, 'circuit-open']);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(answer.headers['retry-after'])).toBeLessThanOrEqual(33);
    expect(vendor.calls()).toBe(before);
  });

  test('A17 half open: one probe, and a failure opens it for longer', async () => {
    const { ask, vendor, clock } = await opened();
    await clock.advance(34_000);
    const before = vendor.calls();
    await Promise.all(otherMonths.map((query) => ask(query)));
    expect(vendor.calls() - before).toBe(1);
    await clock.advance(34_000);
    await ask();
    expect(vendor.calls() - before).toBe(1);
    vendor.sandbox.faults.clear();
    await clock.advance(34_000);
    expect((await ask()).status).toBe(200);
  });
});

describe('a warm read of a vendor that fails', () => {
  test('A2 is answered with what is held, which is said to be stale and why', async () => {
    const { ask, vendor, clock, expiredMs } = await startFaultRig();
    const fresh = await ask();
    await clock.advance(expiredMs);
    vendor.sandbox.faults.set([status(500)]);
    const stale = await ask();
    expect([stale.status, stale.body.meta.complete]).toEqual([200, false]);
    expect(stale.body.data).toEqual(fresh.body.data);
    expect(stale.body.meta.providers[0]).toMatchObject({
      status: 'stale',
      asOf: fresh.body.meta.providers[0]?.asOf,
      problem: { type: '/problems/vendor-unavailable' },
    });
  });

  test('A2 makes fewer calls in a minute of failing than the table allows, whatever is asked', async () => {
    const { ask, vendor, clock, expiredMs } = await startFaultRig();
    await ask();
    await clock.advance(expiredMs);
    const before = vendor.calls();
    vendor.sandbox.faults.set([status(500)]);
    for (let second = 0; second < 60; second += 1) {
      expect((await ask()).status).toBe(200);
      await clock.advance(1000);
    }
    expect(vendor.calls() - before).toBeLessThanOrEqual(6);
  });

  test('F7 is no longer answered with data that is too old', async () => {
    const { ask, vendor, clock, dueMs, expiredMs } = await startFaultRig({ staleIfErrorMs: hour });
    await ask();
    vendor.sandbox.faults.set([status(500)]);
    await clock.advance(dueMs / 1.25 + 0.5 * hour);
    expect((await ask()).status).toBe(200);
    await clock.advance(expiredMs);
    expect((await ask()).status).toBe(502);
  });

  test('A19 flapping: every warm read is answered, and retries stay within their budget', async () => {
    const { ask, vendor, clock, expiredMs } = await startFaultRig();
    await ask();
    for (let round = 0; round < 10; round += 1) {
      await clock.advance(expiredMs);
      vendor.sandbox.faults.set(round % 2 === 0 ? [status(500, 1)] : []);
      expect((await ask()).status).toBe(200);
    }
    // The billing history is read once a week, beside the costs.
    expect(vendor.calls('/api/v1/')).toBeLessThanOrEqual(11 + 5);
    expect(vendor.callsTo('/api/v1/')).toBeLessThanOrEqual(2);
  });
});

describe('one vendor of three', () => {
  test('A18 down: the others are fresh, the answer says what is missing, and strict refuses it', async () => {
    const { ask, vendors } = await startFaultRig({ vendors: ['elastic', 'cloudzero', 'cloudspend'] });
    vendors.elastic?.line.set({ down: true });
    const answer = await ask();
    expect([answer.status, answer.body.meta.complete]).toEqual([200, false]);
    const states = answer.body.meta.providers.map((each) => [each.provider, each.status]);
    expect(states).toEqual([
      ['elastic', 'failed'],
      ['cloudzero', 'fresh'],
      ['cloudspend', 'fresh'],
    ]);
    expect((await ask(`${oneCall}&strict=true`)).status).toBe(502);
  });
});
