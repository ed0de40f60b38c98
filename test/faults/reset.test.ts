import { expect, test } from 'vitest';
import { createMemoryStore } from '../../src/store/memory.ts';
import { HastyClock } from '../support/hasty-clock.ts';
import { otherMonths, startFaultRig, startFaultRigOn } from './rig.ts';

const reset = (rig: Awaited<ReturnType<typeof startFaultRig>>, connection = 'elastic') =>
  rig.app.server.inject({ method: 'POST', url: `/v1/providers/${connection}/reset` });

test('a reset closes the circuit: the next read asks the vendor', async () => {
  const rig = await startFaultRig();
  rig.vendor.sandbox.faults.set([{ kind: 'status', status: 500 }]);
  for (const query of otherMonths) await rig.ask(query);
  rig.vendor.sandbox.faults.clear();
  expect((await rig.ask()).problem).toBe('circuit-open');
  const answer = await reset(rig);
  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toMatchObject({ connection: 'elastic', circuit: 'closed', pausedUntil: null });
  await rig.clock.advance(5_000);
  expect((await rig.ask()).status).toBe(200);
});

test('a reset drops a pause for every replica, also one that the vendor begged for a day', async () => {
  const clock = new HastyClock();
  const store = createMemoryStore(clock);
  const first = await startFaultRigOn(clock, { store });
  const second = await startFaultRigOn(clock, { store, shared: first.vendors });
  first.vendor.sandbox.faults.set([{ kind: 'throttle', retryAfter: '99999999999', times: 1 }]);
  expect((await first.ask()).status).toBe(429);
  expect((await second.ask()).status).toBe(429);
  expect((await reset(first)).statusCode).toBe(200);
  await clock.advance(6_000);
  expect((await second.ask()).status).toBe(200);
});

test('what was spent of a quota stays spent', async () => {
  const rig = await startFaultRig({ vendors: ['cloudzero'], settings: { costQueriesPerDay: '2' } });
  for (const query of otherMonths.slice(0, 3)) await rig.ask(query);
  expect((await reset(rig, 'cloudzero')).json()).toMatchObject({ quotas: [{ spent: 2, left: 0 }] });
});
