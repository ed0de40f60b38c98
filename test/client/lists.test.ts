import { describe, expect, it } from 'vitest';
import { ProblemError } from '../../openapi/client/index.ts';
import { json, problem, scripted } from './scripted-gateway.ts';

const page = (ids: readonly string[], nextCursor: string | null) =>
  json({ data: ids.map((id) => ({ id })), page: { limit: 2, nextCursor }, meta: { complete: true, providers: [] } });

describe('a list', () => {
  it('is read to its end, page after page, by the cursor alone', async () => {
    const script = scripted([page(['a', 'b'], 'c/1'), page(['c', 'd'], 'c/2'), page(['e'], null)]);
    const ids: string[] = [];
    const query = { provider: ['acme', 'b,c'], limit: 2 };
    for await (const { id } of script.client.items('/v1/accounts', { params: { query } })) ids.push(id);
    expect(ids).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(script.asked).toEqual([
      'GET /v1/accounts?provider=acme&provider=b%2Cc&limit=2',
      'GET /v1/accounts?cursor=c%2F1&limit=2',
      'GET /v1/accounts?cursor=c%2F2&limit=2',
    ]);
  });

  it('is asked for no further than it is taken', async () => {
    const script = scripted([page(['a', 'b'], 'more')]);
    for await (const { id } of script.client.items('/v1/accounts')) if (id === 'b') break;
    expect(script.asked).toEqual(['GET /v1/accounts']);
  });

  it('says how complete each page is', async () => {
    const script = scripted([page(['a'], null)]);
    for await (const { meta, data } of script.client.pages('/v1/accounts')) {
      expect(meta.complete).toBe(true);
      expect(data).toHaveLength(1);
    }
  });

  it('may stand under a thing', async () => {
    const script = scripted([page([], null)]);
    const params = { path: { key: 'tag:a/b' } };
    for await (const { data } of script.client.pages('/v1/dimensions/{key}/values', { params }))
      expect(data).toEqual([]);
    expect(script.asked).toEqual(['GET /v1/dimensions/tag%3Aa%2Fb/values']);
  });

  it('is retried like any read, and throws what it is told', async () => {
    const script = scripted([page(['a'], 'next'), problem(503), problem(410)]);
    const pages = script.client.pages('/v1/accounts');
    await pages.next();
    const thrown = await pages.next().catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(ProblemError);
    expect(thrown).toMatchObject({ status: 410, problem: { detail: 'Later.' }, message: 'Overloaded: Later.' });
    const proxy = scripted([new Response('<html>', { status: 400 })]);
    await expect(proxy.client.pages('/v1/accounts').next()).rejects.toMatchObject({ status: 400, problem: null });
  });
});
