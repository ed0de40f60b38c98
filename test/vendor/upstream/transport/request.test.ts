import { describe, expect, test } from 'vitest';
import { failureOf, kindOf, openRig } from '../rig.ts';

describe('what is sent', () => {
  test('base path, exact query, credentials, user agent and a JSON body', async () => {
    const rig = await openRig();
    const query = [
      ['start', '2026-11-01'],
      ['filter[a b]', 'x&y=z+1/ü\u{1F600}'],
      ['filter[a b]', ''],
      ['lone', '\ud800'],
    ] as const;
    await rig.get('/v2/costs', { query });
    await rig.post({ json: { name: 'ü' }, headers: { 'X-Key': 'k' } });
    await rig.post({ json: undefined, form: [['grant type', 'a&b']] });
    const [first, second, third] = rig.stub.seen;
    expect(first?.target).toBe(
      '/base/v2/costs?start=2026-11-01&filter%5Ba%20b%5D=x%26y%3Dz%2B1%2F%C3%BC%F0%9F%98%80&filter%5Ba%20b%5D=&lone=%EF%BF%BD',
    );
    expect(first?.headers).toMatchObject({
      authorization: 'key canary-static',
      'user-agent': 'cost-gateway/test',
      accept: 'application/json',
      'accept-encoding': 'gzip, deflate',
    });
    expect(second).toMatchObject({ method: 'POST', body: '{"name":"ü"}' });
    expect(second?.headers).toMatchObject({ 'content-type': 'application/json', 'x-key': 'k' });
    expect(third?.body).toBe('grant%20type=a%26b');
    expect(third?.headers['content-type']).toBe('application/x-www-form-urlencoded');
  });

  test('a header of the request does not displace the credential', async () => {
    const rig = await openRig();
    await rig.get('/x', { headers: { authorization: 'forged', ACCEPT: 'text/csv' } });
    expect(rig.stub.seen[0]?.headers.authorization).toBe('key canary-static');
    expect(rig.stub.seen[0]?.headers.accept).toBe('text/csv');
  });

  test.each(['/../admin', '/a/%2e%2E/b', '/a?b=c', '/a#b', '/a b', '/a\r\nb', '/a\\b', 'no-slash', '/ü', '/a\u0000'])(
    'the path %j is never sent',
    async (path) => {
      const rig = await openRig();
      expect(await kindOf(rig.get(path))).toBe('internal');
      expect(rig.stub.seen).toHaveLength(0);
    },
  );

  test('a header that would split the request is never sent', async () => {
    const rig = await openRig();
    const failure = await failureOf(rig.get('/x', { headers: { 'x-a': 'b\r\nx-evil: canary' } }));
    expect(failure.kind).toBe('internal');
    expect(JSON.stringify([failure.message, failure.details])).not.toContain('canary');
    expect(rig.stub.seen).toHaveLength(0);
  });

  test('an origin that the connector lacks is a fault of ours', async () => {
    const rig = await openRig();
    expect(await kindOf(rig.get('/x', { origin: 'elsewhere' }))).toBe('internal');
  });
});
