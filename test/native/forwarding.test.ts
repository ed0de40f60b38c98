import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type NativeRig, openNativeRig } from './rig.ts';

let rig: NativeRig;
beforeEach(async () => {
  rig = await openNativeRig();
});
afterEach(() => rig.close());

const lastSeen = () => rig.vendor.seen.at(-1);

describe("an operation of the vendor's own", () => {
  it('reaches the vendor with the credential of the connection and comes back byte by byte', async () => {
    const body = '{"id": 12345678901234567890,  "cost": 1.10}';
    rig.vendor.answer = { body, headers: { 'x-vendor-hint': 'a hint', 'set-cookie': 'session=1', server: 'acme' } };
    const answer = await rig.ask('GET', '/native/acme/v2/things?limit=5&cost%5Bgte%5D=1.00');
    expect(answer.status).toBe(200);
    expect(answer.text).toBe(body);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/json',
      'x-vendor-hint': 'a hint',
      'cost-gateway-answered-by': 'vendor',
      'cache-status': 'cost-gateway; fwd=miss',
    });
    expect(answer.headers).not.toHaveProperty('set-cookie');
    expect(lastSeen()).toMatchObject({
      method: 'GET',
      url: '/v2/things?limit=5&cost%5Bgte%5D=1.00',
      headers: { authorization: 'Key the-secret' },
    });
  });

  it('is meant by the template with fewer parameters where several fit', async () => {
    await rig.ask('GET', '/native/acme/v2/things/newest');
    expect(lastSeen()?.url).toBe('/v2/things/newest');
  });

  it('gets its parameters encoded anew', async () => {
    await rig.ask('GET', '/native/acme/v2/things/a%20b:c%3F');
    expect(lastSeen()?.url).toBe('/v2/things/a%20b%3Ac%3F');
  });

  it.each([400, 401, 403, 404, 409, 410, 422, 500, 503])('keeps the status %d and its body', async (status) => {
    rig.vendor.answer = { status, body: `{"vendor":"says ${status}"}` };
    const answer = await rig.ask('GET', '/native/acme/v2/things');
    expect(answer.status).toBe(status);
    expect(answer.text).toBe(`{"vendor":"says ${status}"}`);
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('may answer with a file', async () => {
    const bytes = Buffer.from([0x50, 0x4b, 0x05, 0x06, 0xff, 0xfe, 0x00, 0x80]);
    rig.vendor.answer = {
      body: bytes,
      headers: { 'content-type': 'application/zip', 'content-disposition': 'attachment; filename="things.zip"' },
    };
    const answer = await rig.ask('GET', '/native/acme/v2/things/archive');
    expect(answer.bytes.equals(bytes)).toBe(true);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/zip',
      'content-disposition': 'attachment; filename="things.zip"',
    });
  });

  it('may be a GET with a body', async () => {
    const answer = await rig.ask('GET', '/native/acme/v2/things/explained', { body: '{"of":"things"}' });
    expect(answer.status).toBe(200);
    expect(lastSeen()).toMatchObject({ method: 'GET', body: '{"of":"things"}' });
  });

  it('may answer without a body', async () => {
    rig.vendor.answer = { status: 204, body: '' };
    const answer = await rig.ask('DELETE', '/native/acme/v2/things?id=7');
    expect(answer.status).toBe(204);
    expect(answer.text).toBe('');
  });

  it("never leads to where a vendor's redirect points", async () => {
    rig.vendor.answer = { status: 302, headers: { location: 'https://elsewhere.example/' } };
    const answer = await rig.ask('GET', '/native/acme/v2/things');
    expect(answer.status).toBe(502);
    expect(answer.json()).toMatchObject({ type: '/problems/vendor-redirected' });
    expect(answer.headers).not.toHaveProperty('location');
  });

  it('is a problem of the gateway where the vendor does not answer', async () => {
    rig.vendor.answer = () => 'reset';
    const answer = await rig.ask('GET', '/native/acme/v2/things');
    expect(answer.status).toBe(502);
    expect(answer.json()).toMatchObject({ type: '/problems/vendor-unavailable' });
    expect(rig.vendor.seen).toHaveLength(3);
  });

  it('answers a page of the vendor as one that can run nothing', async () => {
    rig.vendor.answer = { body: '<script>alert(1)</script>', headers: { 'content-type': 'text/html' } };
    const answer = await rig.ask('GET', '/native/acme/v2/things');
    expect(answer.text).toBe('<script>alert(1)</script>');
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'; sandbox");
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
  });
});

describe('what is in no catalogue', () => {
  it.each([
    ['an unknown path', '/native/acme/v2/others', 404],
    ['an unknown connection', '/native/umbra/v2/things', 404],
    ['a connection without a path', '/native/acme', 404],
    ['a path that goes up', '/native/acme/v2/things/..', 400],
    ['an encoded path that goes up', '/native/acme/v2/things/%2e%2e', 400],
    ['an encoded slash', '/native/acme/v2/things/..%2f..%2fadmin', 400],
    ['a backslash', '/native/acme/v2/things/..%5cadmin', 400],
    ['a doubled slash', '/native/acme//v2/things', 404],
    ['a host', '/native/acme//evil.example/v2/things', 404],
    ['a line break', '/native/acme/v2/things/a%0d%0ax-injected:1', 400],
    ['a NUL', '/native/acme/v2/things/a%00', 400],
    ['what is encoded twice', '/native/acme/v2/things/%252e%252e', 400],
    ['half a character', '/native/acme/v2/things/%e4', 400],
    ['an empty parameter', '/native/acme/v2/things/', 404],
  ])('is refused before anything is sent: %s', async (_what, path, status) => {
    expect(await rig.askRaw(path)).toBe(status);
    expect(rig.vendor.seen).toEqual([]);
  });

  it('is named with its methods where only the method is wrong', async () => {
    const answer = await rig.ask('PUT', '/native/acme/v2/things', { body: '{}' });
    expect(answer.status).toBe(405);
    expect(answer.json()).toMatchObject({ detail: expect.stringContaining('DELETE, GET, POST') });
    expect(rig.vendor.seen).toEqual([]);
  });

  it.each([
    ['query.colour', 'GET', '/native/acme/v2/things?colour=red', undefined],
    ['query.id', 'DELETE', '/native/acme/v2/things', undefined],
    ['query.filter', 'GET', '/native/acme/v2/things?filter=%7B', undefined],
    ['body', 'POST', '/native/acme/v2/things', undefined],
    ['body', 'DELETE', '/native/acme/v2/things?id=1', '{}'],
  ] as const)('is a 400 that names %s in %s %s', async (path, method, url, body) => {
    const answer = await rig.ask(method, url, body === undefined ? {} : { body });
    expect(answer.status).toBe(400);
    expect(answer.json()).toMatchObject({ errors: [{ path }] });
    expect(rig.vendor.seen).toEqual([]);
  });

  it('is a body of another type or of more bytes than the vendor takes', async () => {
    const other = await rig.ask('POST', '/native/acme/v2/things', {
      body: 'a',
      headers: { 'content-type': 'text/csv' },
    });
    expect(other.status).toBe(415);
    const large = await rig.ask('PATCH', '/native/acme/v2/things/7', { body: `"${'x'.repeat(64)}"` });
    expect(large.status).toBe(413);
    expect(rig.vendor.seen).toEqual([]);
  });
});

describe('a file', () => {
  const archive = '/native/acme/v2/things/archive';
  const zip = { 'content-type': 'application/zip' };

  it('is passed on as it comes, larger than any answer that is read', async () => {
    const bytes = Buffer.alloc(40 * 1024 * 1024, 7);
    rig.vendor.answer = { body: bytes, headers: { ...zip, 'content-length': String(bytes.length) } };
    const { port } = new URL(await rig.app.server.listen({ host: '127.0.0.1', port: 0 }));
    const answer = await fetch(`http://127.0.0.1:${port}${archive}`);
    expect(answer.status).toBe(200);
    let length = 0;
    for await (const chunk of answer.body ?? []) length += chunk.length;
    expect(length).toBe(bytes.length);
  });

  it('is refused before it is read where it says that it is too large', async () => {
    rig.vendor.answer = { body: '', headers: { ...zip, 'content-length': String(2 ** 40) } };
    const answer = await rig.ask('GET', archive);
    expect(answer.status).toBe(502);
    expect(answer.json()).toMatchObject({ type: '/problems/vendor-too-large' });
  });

  it('is not kept: each caller reads its own', async () => {
    rig.vendor.answer = { body: 'PK', headers: zip };
    await rig.ask('GET', archive);
    await rig.ask('GET', archive);
    expect(rig.vendor.seen).toHaveLength(2);
  });

  it('may be refused by the vendor in its own words', async () => {
    rig.vendor.answer = { status: 404, body: '{"no":"such report"}' };
    const answer = await rig.ask('GET', archive);
    expect([answer.status, answer.text]).toEqual([404, '{"no":"such report"}']);
  });

  it('has no body for HEAD', async () => {
    rig.vendor.answer = { body: 'PK', headers: zip };
    const answer = await rig.ask('HEAD', archive);
    expect([answer.status, answer.text]).toEqual([200, '']);
  });
});
