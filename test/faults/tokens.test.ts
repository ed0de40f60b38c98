import { describe, expect, test } from 'vitest';
import { createMemoryStore } from '../../src/store/memory.ts';
import type { SandboxFault } from '../../src/vendor/contract/sandbox.ts';
import { HastyClock } from '../support/hasty-clock.ts';
import { pinnedClock } from '../support/pinned-clock.ts';
import { getFrom, hour, oneCall, otherMonths, startFaultRig, startFaultRigOn } from './rig.ts';

const token = '/oauth';
const inVendors = { vendors: ['cloudspend'] };
const [october = '', september = '', august = ''] = otherMonths;
const grant = (expiresIn: string): SandboxFault => ({
  kind: 'body',
  path: token,
  body: `{"access_token":"1000.canary.token","expires_in":${expiresIn}}`,
});

describe('the token of a vendor that gives out few', () => {
  test('E1 five hundred cold reads at once ask for one', async () => {
    const { ask, vendor } = await startFaultRig(inVendors);
    const answers = await Promise.all(
      Array.from({ length: 500 }, (_, index) => ask(otherMonths[index % otherMonths.length])),
    );
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(vendor.callsTo(token)).toBe(1);
  });

  test('E3 is renewed ahead of its end, by one, while the others go on', async () => {
    const { ask, vendor, clock } = await startFaultRig(inVendors);
    await ask();
    await clock.advance(0.86 * hour);
    const answers = await Promise.all([october, september, august].map((query) => ask(query)));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(vendor.callsTo(token)).toBe(2);
  });

  test('E4 pushed out by another client: renewed once for all who lost it, and nobody notices', async () => {
    const { ask, vendor } = await startFaultRig(inVendors);
    await ask();
    vendor.sandbox.faults.set([{ kind: 'invalidate-tokens', times: 1, path: '/cs' }]);
    const answers = await Promise.all([october, september, august].map((query) => ask(query)));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(vendor.callsTo(token)).toBe(2);
  });

  test('E5 a fresh token that is refused as well ends it: no loop of renewals', async () => {
    const { ask, vendor, clock } = await startFaultRig(inVendors);
    vendor.sandbox.faults.set([grant('3600')]);
    expect((await ask()).problem).toBe('credentials-rejected');
    for (const query of otherMonths) {
      await ask(query);
      await clock.advance(10_000);
    }
    expect(vendor.callsTo(token)).toBeLessThanOrEqual(2);
  });

  test.each(['invalid_code', 'invalid_client', 'invalid_client_secret'])(
    'E6 %s at 200: the cause is named, and it is asked at most once in ten minutes',
    async (error) => {
      const { ask, vendor, app, clock } = await startFaultRig(inVendors);
      vendor.sandbox.faults.set([{ kind: 'body', path: token, body: JSON.stringify({ error }) }]);
      const answer = await ask();
      expect([answer.status, answer.problem]).toEqual([502, 'credentials-rejected']);
      for (let minute = 0; minute < 9; minute += 1) {
        await clock.advance(60_000);
        await ask(otherMonths[minute % otherMonths.length]);
      }
      expect(vendor.callsTo(token)).toBe(1);
      const [provider] = (await getFrom(app, '/v1/providers')).body.data;
      expect(provider).toMatchObject({ health: 'down', token: { state: 'revoked' } });
    },
  );

  test.each(['0', '-5', '"3600"', '3600000', 'null', '1e400'])(
    'E7 a lifetime of %s is read as a sensible one: no storm of renewals',
    async (expiresIn) => {
      const { ask, vendor, clock } = await startFaultRig(inVendors);
      vendor.sandbox.faults.set([grant(expiresIn), { kind: 'body', path: '/cs', body: '{"code":0,"data":{}}' }]);
      for (let round = 0; round < 20; round += 1) {
        await ask(otherMonths[round % otherMonths.length]);
        await clock.advance(1_500);
      }
      expect(vendor.callsTo(token)).toBeLessThanOrEqual(1);
    },
  );

  test.each([-10 * 365 * 24 * hour, -hour, hour, 24 * hour])(
    'E8, K8 a wall clock that jumps by %i ms causes one renewal at most, and no failure',
    async (jump) => {
      const { ask, vendor, clock } = await startFaultRig(inVendors);
      await ask();
      clock.jump(jump);
      for (let round = 0; round < 5; round += 1) {
        // Ten years ago the question was about a future that nobody may ask about.
        expect([200, 400]).toContain((await ask(oneCall)).status);
        await clock.advance(1000);
      }
      expect(vendor.callsTo(token)).toBeLessThanOrEqual(2);
    },
  );

  test('E9 an answer that is lost: repeated once, both within our own allowance', async () => {
    const { ask, vendor, clock } = await startFaultRig(inVendors);
    vendor.sandbox.faults.set([{ kind: 'cut', path: token }]);
    for (let round = 0; round < 60; round += 1) {
      await ask(otherMonths[round % otherMonths.length]);
      await clock.advance(10_000);
    }
    expect(vendor.callsTo(token)).toBeLessThanOrEqual(5);
  });

  test('E2 eight replicas over one store ask for one between them', async () => {
    const clock = pinnedClock();
    const store = createMemoryStore(clock);
    const first = await startFaultRigOn(clock, { ...inVendors, store });
    const replicas = [first];
    for (let index = 1; index < 8; index += 1) {
      replicas.push(await startFaultRigOn(clock, { ...inVendors, store, shared: first.vendors }));
    }
    const answers = await Promise.all(replicas.map(({ ask }, index) => ask(otherMonths[index])));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(first.vendor.callsTo(token)).toBe(1);
  });

  test('E12 fifty starts in ten minutes over one store ask for one', async () => {
    const clock = new HastyClock();
    const store = createMemoryStore(clock);
    const first = await startFaultRigOn(clock, { ...inVendors, store });
    await first.ask();
    for (let start = 0; start < 50; start += 1) {
      const again = await startFaultRigOn(clock, { ...inVendors, store, shared: first.vendors });
      expect((await again.ask(otherMonths[start % otherMonths.length])).status).toBe(200);
      await again.app.close();
      await clock.advance(12_000);
    }
    expect(first.vendor.callsTo(token)).toBe(1);
  });

  test('E13 neither a token nor a secret stands in any answer, log line or metric', async () => {
    const lines: string[] = [];
    const note = (fields: object, message: string) => void lines.push(JSON.stringify(fields), message);
    const { ask, vendor, app } = await startFaultRig({
      ...inVendors,
      log: { debug: note, info: note, warn: note, error: note },
    });
    const said: string[] = [(await ask()).text];
    vendor.sandbox.faults.set([{ kind: 'status', status: 500, body: 'no' }]);
    said.push((await ask(october)).text);
    for (const path of ['/v1/providers', '/metrics', '/health/ready']) said.push((await app.get(path)).text);
    const { clientSecret = '', refreshToken = '' } = vendor.sandbox.settings;
    for (const text of [...said, ...lines]) {
      expect(text).not.toContain(clientSecret);
      expect(text).not.toContain(refreshToken);
      expect(text).not.toMatch(/1000\.sandbox0/);
    }
    expect(lines.length).toBeGreaterThan(0);
  });
});
