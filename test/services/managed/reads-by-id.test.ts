import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMemoryStore } from '../../../src/store/memory.ts';
import type { Store } from '../../../src/store/store.ts';
import { VirtualClock } from '../../support/clock.ts';
import { ToyVendor } from '../../support/toy-vendor.ts';
import { budgetNamed, openGateway } from '../writes/gateway.ts';
import { mortalStore } from '../writes/mortal-store.ts';
import { bareCore, startToyApp, type ToyApp } from './budget/toy-app.ts';

const others = 20;

/** The store, and which keys of kept things were read from it, and which lists of them. */
const observed = (store: Store) => {
  const read: string[] = [];
  const listed: string[] = [];
  const isKept = (key: string) => key.startsWith('kept/');
  return {
    read,
    listed,
    store: {
      ...store,
      get: async (key: string) => {
        if (isKept(key)) read.push(key);
        return store.get(key);
      },
      keys: async (prefix: string, limit: number, after?: string) => {
        if (isKept(prefix)) listed.push(prefix);
        return store.keys(prefix, limit, after);
      },
    } satisfies Store,
  };
};

describe('one of many budgets that the gateway keeps', () => {
  let running: ToyApp;
  let seen: ReturnType<typeof observed>;
  beforeEach(async () => {
    seen = observed(createMemoryStore(new VirtualClock()));
    running = await startToyApp({ store: seen.store });
    for (let index = 0; index < others; index += 1)
      await running.ask('POST', '/v1/budgets', { ...bareCore, name: `Other ${index}` });
  });
  afterEach(() => running.app.close());

  /** The different records that this request read. */
  const recordsOf = async (status: number, ...request: Parameters<ToyApp['ask']>) => {
    seen.read.length = 0;
    seen.listed.length = 0;
    const answer = await running.ask(...request);
    expect(answer.status).toBe(status);
    expect(seen.listed).toEqual([]);
    return { records: new Set(seen.read), body: Object(answer.body) };
  };

  it('is created, found, replaced and removed by reading no other record', async () => {
    const created = await recordsOf(201, 'POST', '/v1/budgets', bareCore, { 'idempotency-key': 'k-1' });
    expect(created.records.size).toBe(1);
    const path = `/v1/budgets/${encodeURIComponent(created.body.data.id)}`;
    const found = await recordsOf(200, 'GET', path);
    expect(found.body.data).toMatchObject({ name: bareCore.name, managedBy: 'gateway', spent: { currency: 'USD' } });
    expect(found.records).toEqual(created.records);
    const replaced = await recordsOf(200, 'PUT', path, { ...bareCore, name: 'Renamed' });
    expect(replaced.records).toEqual(created.records);
    expect((await recordsOf(200, 'GET', path)).body.data).toMatchObject({ name: 'Renamed' });
    expect((await recordsOf(204, 'DELETE', path)).records).toEqual(created.records);
    expect((await recordsOf(404, 'GET', path)).records).toEqual(created.records);
    expect(Object((await running.ask('GET', '/v1/budgets?connection=bare')).body).data).toHaveLength(others);
  });

  it('is looked up by its own id after the process that created it has died, not by its content', async () => {
    const clock = new VirtualClock();
    const store = createMemoryStore(clock);
    const vendor = new ToyVendor(clock, { currencies: ['USD'] });
    const other = openGateway({ vendor, clock, store });
    await other.post(budgetNamed('core', { connection: vendor.name }), { key: 'earlier' });
    const mortal = mortalStore(store, { when: 'after', at: (key, value) => key.startsWith('kept/') && value !== '' });
    const dying = openGateway({ vendor, clock, store: mortal.store });
    void dying.post(budgetNamed('core', { connection: vendor.name }), { key: 'k' });
    await clock.advance(60_000);
    const repeated = await other.post(budgetNamed('core', { connection: vendor.name }), { key: 'k' });
    expect(repeated.status).toBe(201);
    const keys = await store.keys('kept/1/budgets/', 10);
    expect(keys).toHaveLength(2);
    expect(keys.filter((key) => key.endsWith(String(Object(repeated.json).data.id).split(':')[1] ?? '?'))).toHaveLength(
      1,
    );
    const earlier = await other.post(budgetNamed('core', { connection: vendor.name }), { key: 'earlier' });
    expect(Object(earlier.json).data.id).not.toBe(Object(repeated.json).data.id);
    for (const gateway of [other, dying]) gateway.close();
  });

  it('that was not written before the process died is not mistaken for an equal one', async () => {
    const clock = new VirtualClock();
    const store = createMemoryStore(clock);
    const vendor = new ToyVendor(clock, { currencies: ['USD'] });
    const other = openGateway({ vendor, clock, store });
    await other.post(budgetNamed('core', { connection: vendor.name }), { key: 'earlier' });
    const mortal = mortalStore(store, { when: 'before', at: (key, value) => key.startsWith('kept/') && value !== '' });
    const dying = openGateway({ vendor, clock, store: mortal.store });
    void dying.post(budgetNamed('core', { connection: vendor.name }), { key: 'k' });
    await clock.advance(120_000);
    const repeated = await other.post(budgetNamed('core', { connection: vendor.name }), { key: 'k' });
    expect(repeated).toMatchObject({ status: 502, kind: 'vendor-unavailable' });
    expect(await store.keys('kept/1/budgets/', 10)).toHaveLength(1);
    for (const gateway of [other, dying]) gateway.close();
  });
});
