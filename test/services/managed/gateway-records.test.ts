import { beforeEach, describe, expect, it } from 'vitest';
import { type Monitor, type MonitorInput, monitorInputSchema, sourceMonitorSchema } from '../../../src/domain/nouns.ts';
import { createGatewaySource } from '../../../src/services/managed/gateway-source.ts';
import type { Managed } from '../../../src/services/managed/managed.ts';
import { createMemoryStore } from '../../../src/store/memory.ts';
import type { Store } from '../../../src/store/store.ts';
import type { Connection } from '../../../src/vendor/connection.ts';
import type { MonitorSource, Session } from '../../../src/vendor/contract/contract.ts';
import { VirtualClock } from '../../support/clock.ts';
import { openToyConnection } from '../../support/cost-rig.ts';
import { ToyVendor } from '../../support/toy-vendor.ts';

const clock = new VirtualClock();
const watch: MonitorInput = {
  name: 'Storage watch',
  description: null,
  filters: { service: ['storage'] },
  groupBy: ['service'],
  sensitivity: 'medium',
  minImpact: { amount: '10', currency: 'USD' },
};
const kind: Managed<Monitor, MonitorInput> = {
  noun: 'monitor',
  plural: 'monitors',
  thing: sourceMonitorSchema,
  input: monitorInputSchema,
  source: () => undefined,
  defined: () => [],
  make: (input, record) => ({ ...record, ...input }),
  cannotKeep: (_connection, { groupBy }) => (groupBy.length > 2 ? 'Too many.' : null),
  comparedAmount: () => null,
  present: (monitor) => monitor,
};
let connection: Connection;
let store: Store;
let monitors: MonitorSource;
let session: Session;
beforeEach(() => {
  store = createMemoryStore(clock);
  connection = { ...openToyConnection(new ToyVendor(clock), clock, store), storageKey: 'toy-1' };
  monitors = createGatewaySource(kind, connection, store, clock);
  session = connection.session({ purpose: 'dashboard' });
});
const names = async () => (await monitors.list(session)).items.map((monitor) => monitor.name);

describe('monitors that the gateway keeps', () => {
  it('are made once a key, changed, and removed', async () => {
    const { create, replace, remove } = monitors.writes ?? {};
    const made = await create?.send(session, { input: watch }, 'a'.repeat(32));
    expect(await create?.send(session, { input: watch }, 'a'.repeat(32))).toEqual(made);
    expect(await names()).toEqual(['Storage watch']);
    const nativeId = made?.nativeId ?? '';
    const changed = await replace?.send(session, { nativeId, input: { ...watch, name: 'Renamed' } }, 'b');
    expect(changed).toMatchObject({ nativeId, name: 'Renamed', createdAt: made?.createdAt });
    await remove?.send(session, { nativeId }, 'c');
    await remove?.send(session, { nativeId }, 'd');
    expect(await names()).toEqual([]);
    await expect(replace?.send(session, { nativeId, input: watch }, 'e')).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('are told from others by all of what they watch', async () => {
    const made = await monitors.writes?.create?.send(session, { input: watch }, 'a'.repeat(32));
    if (made === undefined) throw new TypeError('monitors can be made');
    expect(monitors.writes?.matches(made, { ...watch, groupBy: [...watch.groupBy] })).toBe(true);
    expect(monitors.writes?.matches(made, { ...watch, sensitivity: 'high' })).toBe(false);
    expect(monitors.writes?.cannotHold({ ...watch, groupBy: ['a', 'b', 'c'] })).toBe('Too many.');
  });

  it('are all there, however many', async () => {
    const { create } = monitors.writes ?? {};
    const wanted = Array.from({ length: 2_050 }, (_, index) => `${index}`.padStart(20, '0'));
    for (const key of wanted) await create?.send(session, { input: { ...watch, name: key } }, key);
    const { items, faults } = await monitors.list(session);
    expect(items.map((monitor) => monitor.name).sort()).toEqual(wanted);
    expect(faults).toEqual([]);
  });

  it('belong to one owner', async () => {
    await monitors.writes?.create?.send(session, { input: watch }, 'a'.repeat(32));
    expect(
      (await createGatewaySource(kind, { ...connection, storageKey: 'toy-10' }, store, clock).list(session)).items,
    ).toEqual([]);
  });

  it('that cannot be read are named, and do not hide the others', async () => {
    await monitors.writes?.create?.send(session, { input: watch }, 'a'.repeat(32));
    await store.set('kept/1/monitors/toy-1/broken', Buffer.from('{'));
    expect(await monitors.list(session)).toMatchObject({
      items: [{ name: 'Storage watch' }],
      faults: [{ path: 'monitors(id=broken)' }],
    });
  });

  it('are not changed while their store cannot be read, and a change that it does not confirm counts as unknown', async () => {
    const made = await monitors.writes?.create?.send(session, { input: watch }, 'a'.repeat(32));
    const nativeId = made?.nativeId ?? '';
    const lost = async () => Promise.reject(new Error('lost'));
    const over = (broken: Partial<Store>) => createGatewaySource(kind, connection, { ...store, ...broken }, clock);
    const unread = over({ get: lost, keys: lost });
    const refusal = { kind: 'idempotency-unavailable', details: { effect: 'never' } };
    const { create, replace, remove } = unread.writes ?? {};
    await expect(create?.send(session, { input: watch }, 'b'.repeat(32))).rejects.toMatchObject(refusal);
    await expect(replace?.send(session, { nativeId, input: watch }, 'b')).rejects.toMatchObject(refusal);
    await expect(remove?.send(session, { nativeId }, 'b')).rejects.toMatchObject(refusal);
    await expect(unread.list(session)).rejects.toMatchObject(refusal);
    const unconfirmed = over({ set: lost, delete: lost });
    const unknown = { kind: 'outcome-unknown' };
    await expect(unconfirmed.writes?.create?.send(session, { input: watch }, 'c'.repeat(32))).rejects.toMatchObject(
      unknown,
    );
    await expect(unconfirmed.writes?.remove?.send(session, { nativeId }, 'c')).rejects.toMatchObject(unknown);
    expect(await names()).toEqual(['Storage watch']);
  });
});
