import { afterEach, describe, expect, it } from 'vitest';
import { Failure } from '../../../../src/domain/failure/failure.ts';
import { createMemoryStore } from '../../../../src/store/memory.ts';
import { VirtualClock } from '../../../support/clock.ts';
import type { Mishap } from '../../writes/toy-budgets.ts';
import { bareCore, core, startToyApp, type ToyApp } from './toy-app.ts';

/** Whether the organisation has budgets, as its vendor says it now; a failure where it does not answer. */
let has: boolean | Failure = true;
let running: ToyApp;
const start = async (more: Partial<Parameters<typeof startToyApp>[0]> = {}): Promise<ToyApp> => {
  running = await startToyApp({
    toyOptions: {
      available: async () => {
        if (has instanceof Failure) throw has;
        return has;
      },
    },
    ...more,
  });
  return running;
};
afterEach(() => running.app.close());
const budget = { ...bareCore, connection: 'toy' };
const down = new Failure('vendor-unavailable', { public: 'The vendor is down.' });
const listed = async () => Object((await running.ask('GET', '/v1/budgets?connection=toy')).body);

describe('a vendor whose budgets only some organisations have', () => {
  it('keeps new ones where the organisation has them', async () => {
    has = true;
    const { ask, toy } = await start();
    expect(await ask('POST', '/v1/budgets', budget)).toMatchObject({
      status: 201,
      body: { data: { managedBy: 'vendor' } },
    });
    expect(toy.sends).toHaveLength(1);
  });

  it('leaves them to the gateway where it has none, with the limits of the gateway', async () => {
    has = false;
    const { ask, toy } = await start();
    const made = await ask('POST', '/v1/budgets', budget);
    expect(made).toMatchObject({ status: 201, body: { data: { managedBy: 'gateway' } } });
    const path = String(made.headers.location);
    expect(await ask('PUT', path, { ...budget, name: 'Renamed' })).toMatchObject({
      status: 200,
      body: { data: { name: 'Renamed', managedBy: 'gateway' } },
    });
    expect(await ask('POST', '/v1/budgets', core)).toMatchObject({ status: 422 });
    expect((await ask('DELETE', path)).status).toBe(204);
    expect((await ask('GET', path)).status).toBe(404);
    expect(toy.sends).toHaveLength(0);
    expect(toy.lists).toBe(0);
  });

  it('shows both kinds once the organisation has got them, and changes each where it is kept', async () => {
    has = false;
    const { ask, toy } = await start();
    const own = String((await ask('POST', '/v1/budgets', budget)).headers.location);
    has = true;
    const theirs = String((await ask('POST', '/v1/budgets', { ...budget, name: 'At the vendor' })).headers.location);
    const { data, meta } = await listed();
    expect(data.map(({ name, managedBy }: Record<string, unknown>) => [name, managedBy])).toEqual([
      ['At the vendor', 'vendor'],
      ['Core platform', 'gateway'],
    ]);
    expect(meta.complete).toBe(true);
    expect(await ask('PUT', own, { ...budget, name: 'Own' })).toMatchObject({
      body: { data: { managedBy: 'gateway' } },
    });
    expect(toy.sends.map(({ act }) => act)).toEqual(['create']);
    expect((await ask('DELETE', own)).status).toBe(204);
    expect((await ask('DELETE', theirs)).status).toBe(204);
    expect(toy.sends.map(({ act }) => act)).toEqual(['create', 'remove']);
  });

  it('creates nothing while it is not known whether the organisation has them', async () => {
    has = down;
    const { ask, toy } = await start();
    expect((await ask('POST', '/v1/budgets', budget)).status).toBe(502);
    expect(toy.sends).toHaveLength(0);
    has = false;
    expect((await listed()).data).toEqual([]);
  });

  it.each([
    [
      'it is not known whether there are any',
      () => {
        has = down;
      },
    ],
    [
      'their list cannot be read',
      () => {
        has = true;
        running.toy.listFailure = down;
      },
    ],
  ])('shows those of the gateway as a part where %s', async (_what, fail) => {
    has = false;
    const { ask } = await start();
    await ask('POST', '/v1/budgets', budget);
    fail();
    const { data, meta } = await listed();
    expect(data).toMatchObject([{ name: 'Core platform', managedBy: 'gateway' }]);
    expect(meta).toMatchObject({ complete: false, providers: [{ status: 'partial' }] });
    expect(meta.providers[0].problem.detail).toContain('The vendor is down.');
  });

  it('is the problem of the answer where it fails and the gateway keeps none', async () => {
    has = down;
    const { ask } = await start();
    expect((await ask('GET', '/v1/budgets?connection=toy')).status).toBe(502);
  });

  it.each<[boolean, Mishap, string]>([
    [true, 'dropped-after', 'vendor'],
    [false, 'none', 'gateway'],
  ])('settles a write by the list of its own keeper (has: %s)', async (available, mishap, managedBy) => {
    has = available;
    const { ask, toy } = await start();
    toy.mishap = () => mishap;
    expect(await ask('POST', '/v1/budgets', budget)).toMatchObject({ status: 201, body: { data: { managedBy } } });
    expect(toy.effectsOf('Core platform')).toBe(available ? 1 : 0);
  });

  it('keeps those of the gateway over a restart', async () => {
    has = false;
    const store = createMemoryStore(new VirtualClock());
    const { ask, app } = await start({ store });
    await ask('POST', '/v1/budgets', budget);
    await app.close();
    has = true;
    await start({ store });
    expect((await listed()).data).toMatchObject([{ managedBy: 'gateway' }]);
  });
});
