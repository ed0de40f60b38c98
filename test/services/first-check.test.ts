import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { healthReady } from '../../routes/health-ready.ts';
import { providerSchema } from '../../routes/list-providers.ts';
import type { Connector } from '../../src/vendor/contract/contract.ts';
import type { RunningApp } from '../support/app.ts';
import { startApp } from '../support/app.ts';
import { VirtualClock } from '../support/clock.ts';
import { ToyVendor } from '../support/toy-vendor.ts';
import { type Handler, hang, startVendorStub, status, type VendorStub } from '../vendor/upstream/vendor-stub.ts';

let clock: VirtualClock;
let stub: VendorStub;
let app: RunningApp;
beforeEach(async () => {
  clock = new VirtualClock();
  stub = await startVendorStub();
});
afterEach(async () => {
  await app.close();
  await stub.close();
});

/** Two connections to the same vendor: one that can be checked, and one that cannot. */
const start = async (answer?: Handler) => {
  if (answer !== undefined) stub.answer(answer);
  const connector: Connector = { ...new ToyVendor(clock).connector, origins: { api: stub.url } };
  const check: Connector['check'] = async (session) => {
    await session.call({
      operation: 'ping',
      method: 'GET',
      path: '/ping',
      effect: 'read',
      attemptsMax: 1,
    });
  };
  const endpoint = { provider: 'toy', title: 'Toy Cloud', sandbox: false };
  app = await startApp([], {
    endpoints: [
      { ...endpoint, id: 'checked', connector: { ...connector, identity: ['checked'], check } },
      { ...endpoint, id: 'unchecked', connector: { ...connector, identity: ['unchecked'] } },
    ],
    clock,
  });
  app.services.readiness.ready();
};
const listen = () => app.server.listen({ host: '127.0.0.1', port: 0 });
const provider = async (id: string) => {
  const { body } = await app.get('/v1/providers');
  return z
    .object({ data: z.array(providerSchema) })
    .parse(body)
    .data.find(({ connection }) => connection === id);
};
const ready = async () => {
  const answer = await app.get('/health/ready');
  expect(healthReady.answers[200]?.schema?.parse(answer.body)).toEqual(answer.body);
  return { code: answer.status, ...Object(answer.body) };
};

describe('a connection that has never been called', () => {
  it('is unknown, and not yet proven for a gateway that is ready all the same', async () => {
    await start();
    for (const id of ['checked', 'unchecked']) {
      expect(await provider(id)).toMatchObject({ health: 'unknown', lastSuccessAt: null, lastFailure: null });
    }
    expect(await ready()).toMatchObject({
      code: 200,
      connections: [
        { connection: 'checked', state: 'not yet proven' },
        { connection: 'unchecked', state: 'not yet proven' },
      ],
    });
    expect(stub.seen).toEqual([]);
  });
});

describe('the first check', () => {
  it('is made once the gateway listens, and proves a connection that answers', async () => {
    await start();
    await listen();
    await stub.saw(1);
    await expect.poll(async () => (await provider('checked'))?.health).toBe('ok');
    expect(await ready()).toMatchObject({
      connections: [
        { connection: 'checked', state: 'proven' },
        { connection: 'unchecked', state: 'not yet proven' },
      ],
    });
    expect(stub.seen.map(({ target }) => target)).toEqual(['/ping']);
    await clock.advance(600_000);
    await provider('checked');
    expect(stub.seen).toHaveLength(1);
  });

  it('does not hold up the start while the vendor hangs', async () => {
    await start(hang);
    await listen();
    await stub.saw(1);
    expect(await provider('checked')).toMatchObject({ health: 'unknown' });
    expect((await ready()).code).toBe(200);
  });

  it.each([
    ['a key that is refused', 401, 'down', 'credentials-rejected'],
    ['a vendor that is down', 500, 'degraded', 'vendor-unavailable'],
  ])('shows %s, and leaves it at that', async (_what, code, health, kind) => {
    await start(status(code));
    await listen();
    await expect.poll(async () => (await provider('checked'))?.health).toBe(health);
    expect(await provider('checked')).toMatchObject({ lastFailure: { kind } });
    expect(await ready()).toMatchObject({ code: 200, connections: [{ state: 'not yet proven' }, {}] });
    await clock.advance(600_000);
    await provider('checked');
    expect(stub.seen).toHaveLength(1);
  });

  it('is repeated at most once a minute, and only when somebody looks, while nothing is proven', async () => {
    await start(status(404));
    await listen();
    await expect.poll(async () => (await provider('checked'))?.warnings.length).toBe(1);
    expect(await provider('checked')).toMatchObject({ health: 'unknown', lastFailure: null });
    await clock.advance(600_000);
    expect(stub.seen).toHaveLength(1);
    for (let turn = 0; turn < 5; turn += 1) await ready();
    await stub.saw(2);
    await clock.advance(59_000);
    for (let turn = 0; turn < 5; turn += 1) await ready();
    await clock.advance(0);
    expect(stub.seen).toHaveLength(2);
  });
});
