import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Consumer } from '../../src/domain/consumer.ts';
import { createMemoryStore } from '../../src/store/memory.ts';
import { VirtualClock } from '../support/clock.ts';
import { type NativeRig, openNativeRig } from './rig.ts';

const clock = new VirtualClock();
let rig: NativeRig;
beforeEach(async () => {
  rig = await openNativeRig({ clock, store: createMemoryStore(clock) });
});
afterEach(() => rig.close());

const things = '/native/acme/v2/things';
const create = (key: string | null, body = '{"name":"disk"}') =>
  rig.ask('POST', things, { body, headers: key === null ? {} : { 'idempotency-key': key } });

describe('an operation that reads', () => {
  it('is asked once in a minute, and says that its answer was kept', async () => {
    rig.vendor.answer = { body: '{"things":[1]}' };
    await rig.ask('GET', things);
    await clock.advance(20_000);
    const again = await rig.ask('GET', things);
    expect(again.text).toBe('{"things":[1]}');
    expect(again.headers).toMatchObject({ 'cache-status': 'cost-gateway; hit; ttl=40', age: '20' });
    await clock.advance(41_000);
    await rig.ask('GET', things);
    expect(rig.vendor.seen).toHaveLength(2);
  });

  it('is one call for callers who ask at the same time, whatever its method', async () => {
    const search = () => rig.ask('POST', `${things}/search`, { body: '{"name":"disk"}' });
    const answers = await Promise.all([search(), search(), search()]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(rig.vendor.seen).toHaveLength(1);
  });

  it('is asked anew for another body, another parameter and another page', async () => {
    await rig.ask('POST', `${things}/search`, { body: '{"name":"disk"}' });
    await rig.ask('POST', `${things}/search`, { body: '{"name":"tape"}' });
    await rig.ask('GET', `${things}?limit=1`);
    await rig.ask('GET', `${things}?limit=2`);
    expect(rig.vendor.seen).toHaveLength(4);
  });

  it('is asked anew with no-cache, but not within ten seconds', async () => {
    const force = () => rig.ask('GET', things, { headers: { 'cache-control': 'no-cache' } });
    await rig.ask('GET', things);
    await force();
    expect(rig.vendor.seen).toHaveLength(1);
    await clock.advance(11_000);
    await force();
    expect(rig.vendor.seen).toHaveLength(2);
  });

  it('is not kept where the vendor refused it', async () => {
    rig.vendor.answer = { status: 404, body: '{}' };
    await rig.ask('GET', `${things}/7`);
    rig.vendor.answer = {};
    expect((await rig.ask('GET', `${things}/7`)).status).toBe(200);
  });

  it('is charged to its quota, and refused by the gateway once that is spent', async () => {
    const search = (name: string) => rig.ask('POST', `${things}/search`, { body: JSON.stringify({ name }) });
    await search('one');
    await search('two');
    const third = await search('three');
    expect(third.status).toBe(429);
    expect(third.json()).toMatchObject({ type: '/problems/quota-exhausted' });
    expect(rig.vendor.seen).toHaveLength(2);
  });

  it('is not sent during a pause that the vendor asked for', async () => {
    rig.vendor.answer = { status: 429, headers: { 'retry-after': '60' }, body: '{"slow":"down"}' };
    const first = await rig.ask('GET', things);
    expect(first.status).toBe(429);
    expect(first.text).toBe('{"slow":"down"}');
    const second = await rig.ask('GET', `${things}?limit=1`);
    expect(second.status).toBe(429);
    expect(second.json()).toMatchObject({ type: '/problems/vendor-throttled' });
    expect(rig.vendor.seen).toHaveLength(1);
  });

  it('has an entity tag that is confirmed without a body', async () => {
    const { headers } = await rig.ask('GET', things);
    const again = await rig.ask('GET', things, { headers: { 'if-none-match': String(headers.etag) } });
    expect(again.status).toBe(304);
    expect(again.text).toBe('');
  });
});

describe('an operation that writes', () => {
  it('is sent once for its idempotency key, and its answer is repeated', async () => {
    rig.vendor.answer = { status: 201, body: '{"id":7}', headers: { 'x-vendor-hint': 'made' } };
    const first = await create('key-1');
    const second = await create('key-1');
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.text).toBe('{"id":7}');
    expect(second.headers).toMatchObject({ 'x-vendor-hint': 'made', 'cost-gateway-answered-by': 'vendor' });
    expect(rig.vendor.seen).toHaveLength(1);
  });

  it('is a mismatch under a key that another write has', async () => {
    await create('key-1');
    const other = await create('key-1', '{"name":"tape"}');
    expect(other.status).toBe(422);
    expect(other.json()).toMatchObject({ type: '/problems/idempotency-mismatch' });
    const removed = await rig.ask('DELETE', `${things}?id=7`, { headers: { 'idempotency-key': 'key-1' } });
    expect(removed.status).toBe(422);
  });

  it('is sent each time without a key', async () => {
    await create(null);
    await create(null);
    expect(rig.vendor.seen).toHaveLength(2);
  });

  it('repeats a refusal of the vendor under its key', async () => {
    rig.vendor.answer = { status: 422, body: '{"no":"such disk"}' };
    await create('key-1');
    rig.vendor.answer = { status: 201 };
    const again = await create('key-1');
    expect(again.status).toBe(422);
    expect(again.text).toBe('{"no":"such disk"}');
  });

  it('is free to be sent again after a throttle, whose answer is passed on', async () => {
    rig.vendor.answer = { status: 429, headers: { 'retry-after': '5' }, body: '{"slow":"down"}' };
    const first = await create('key-1');
    expect(first.status).toBe(429);
    expect(first.text).toBe('{"slow":"down"}');
    expect(first.headers).toMatchObject({ 'retry-after': '5' });
    await clock.advance(6_000);
    rig.vendor.answer = { status: 201, body: '{"id":7}' };
    expect((await create('key-1')).status).toBe(201);
  });

  it('is never sent again while its outcome is not known', async () => {
    rig.vendor.answer = () => 'reset';
    const first = create('key-1');
    await clock.advance(4_000);
    const outcome = await first;
    expect(outcome.status).toBe(504);
    expect(outcome.json()).toMatchObject({ type: '/problems/outcome-unknown' });
    rig.vendor.answer = { status: 201 };
    const again = await create('key-1');
    expect(again.status).toBe(409);
    expect(rig.vendor.seen).toHaveLength(1);
  });

  it('is sent again by itself where the vendor recognises the key', async () => {
    let calls = 0;
    rig.vendor.answer = () => {
      calls += 1;
      return calls === 1 ? 'reset' : { status: 200, body: '{"id":7}' };
    };
    const answer = await rig.ask('PATCH', `${things}/7`, { body: '{"name":"tape"}' });
    expect(answer.status).toBe(200);
    const [first, second] = rig.vendor.seen.map(({ headers }) => headers['x-once']);
    expect(first).toBe(second);
    expect(first).toMatch(/^[0-9a-f]{32}$/);
  });

  it('makes what was read before to be read again', async () => {
    await rig.ask('GET', things);
    await create(null);
    await rig.ask('GET', things);
    expect(rig.vendor.seen.map(({ method }) => method)).toEqual(['GET', 'POST', 'GET']);
  });
});

describe('scopes go by what an operation does', () => {
  const as = (scopes: Consumer['scopes'], connections: Consumer['connections'] = null) =>
    openNativeRig({ clock, authenticate: async () => ({ name: 'caller', scopes, connections }) });

  it.each([
    ['native:read', 'GET', things, 200],
    ['native:read', 'POST', `${things}/search`, 200],
    ['native:read', 'POST', things, 403],
    ['native:write', 'POST', things, 200],
    ['native:write', 'POST', `${things}/search`, 403],
    ['native:write', 'GET', things, 403],
    ['read', 'GET', things, 403],
    ['write', 'POST', things, 403],
    ['admin', 'GET', things, 403],
  ] as const)('with %s, %s %s is %d', async (scope, method, path, status) => {
    const narrow = await as(new Set([scope]));
    try {
      const answer = await narrow.ask(method, path, method === 'POST' ? { body: '{}' } : {});
      expect(answer.status).toBe(status);
      expect(narrow.vendor.seen).toHaveLength(status === 200 ? 1 : 0);
    } finally {
      await narrow.close();
    }
  });

  it('a connection that the caller may not see is one that is not there', async () => {
    const narrow = await as(new Set(['native:read']), new Set(['other']));
    try {
      expect((await narrow.ask('GET', things)).status).toBe(404);
      expect(narrow.vendor.seen).toEqual([]);
    } finally {
      await narrow.close();
    }
  });
});
