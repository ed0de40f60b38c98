import { afterEach, describe, expect, it } from 'vitest';
import { type CachedApi, cachedApi } from './cached-api.ts';

let api: CachedApi | null = null;
const start = (...options: Parameters<typeof cachedApi>): CachedApi => {
  api = cachedApi(...options);
  return api;
};
afterEach(async () => {
  await api?.app.close();
});

const echo: Parameters<typeof cachedApi>[0] = ({ query, accept, consumer }, run) => ({
  json: { query, accept, seen: consumer.connections === null ? 'all' : [...consumer.connections].sort(), run },
});

/** Whether both are one entry, and whether that is told apart from all the others. */
const runsFor = async (...urls: readonly string[]): Promise<number> => {
  const { ask, runs } = start(echo);
  for (const url of urls) expect((await ask(url)).statusCode, url).toBe(200);
  return runs();
};

describe('two ways to write one question', () => {
  it.each([
    ['the order of parameters', '/v1/toys?limit=3&service=a', '/v1/toys?service=a&limit=3'],
    ['a blank', '/v1/toys?service=a+b', '/v1/toys?service=a%20b'],
    ['needless encoding', '/v1/toys?service=a', '/v1/toys?%73ervice=%61'],
    ['the case of encoding', '/v1/toys?service=%c3%a9', '/v1/toys?service=%C3%A9'],
    ['the order of a filter', '/v1/toys?service=a&service=b', '/v1/toys?service=b&service=a'],
    ['a filter said twice', '/v1/toys?service=a', '/v1/toys?service=a&service=a'],
    ['a list and its items', '/v1/toys?groupBy=a,b', '/v1/toys?groupBy=a&groupBy=b'],
    ['an item listed twice', '/v1/toys?groupBy=a,b', '/v1/toys?groupBy=a,b,a'],
    ['empty pairs', '/v1/toys?&&limit=3&', '/v1/toys?limit=3'],
    ['nothing', '/v1/toys?', '/v1/toys'],
  ])('are one entry: %s', async (_name, one, other) => {
    expect(await runsFor(one, other)).toBe(1);
  });

  it('get the same bytes', async () => {
    const { ask } = start(echo);
    const one = await ask('/v1/toys?service=b&service=a&service=b');
    expect((await ask('/v1/toys?service=a&service=b')).body).toBe(one.body);
    expect(one.json().query.service).toEqual(['a', 'b']);
  });
});

describe('two questions', () => {
  it.each([
    ['a comma inside a value', '/v1/toys?service=a,b', '/v1/toys?service=a&service=b'],
    ['an ampersand inside a value', '/v1/toys?service=a%26service%3Db', '/v1/toys?service=a&service=b'],
    ['a quote inside a value', '/v1/toys?service=a%22,%22b', '/v1/toys?service=a&service=b'],
    ['the order of a list', '/v1/toys?groupBy=a,b', '/v1/toys?groupBy=b,a'],
    ['the name of a filter', '/v1/toys?service=a', '/v1/toys?region=a'],
    ['the side of a filter', '/v1/toys?service=a&region=b', '/v1/toys?service=b&region=a'],
    ['case', '/v1/toys?service=a', '/v1/toys?service=A'],
    ['composed characters', '/v1/toys?service=%C3%A9', '/v1/toys?service=e%CC%81'],
    ['a plus that is meant', '/v1/toys?service=a%2Bb', '/v1/toys?service=a+b'],
  ])('are two entries: %s', async (_name, one, other) => {
    expect(await runsFor(one, other, one, other)).toBe(2);
  });

  it('are two entries for two media types', async () => {
    const { ask } = start(({ accept }) => (accept === 'text/csv' ? { lines: ['a\n'] } : { json: 'a' }));
    expect((await ask('/v1/toys')).body).toBe('"a"');
    expect((await ask('/v1/toys', { accept: 'text/csv' })).body).toBe('a\n');
    expect((await ask('/v1/toys', { accept: 'application/*' })).headers['cache-status']).toContain('hit');
  });

  it('are not taken for one because a faulty one looks like a good one', async () => {
    const { ask } = start(echo);
    expect((await ask('/v1/toys?limit=5')).statusCode).toBe(200);
    for (const url of [
      '/v1/toys?limit=5&limit=5',
      '/v1/toys?limit=5&nope=1',
      '/v1/toys?limit=05',
      '/v1/toys/?limit=5',
    ]) {
      expect((await ask(url)).statusCode, url).toBeGreaterThanOrEqual(400);
    }
  });

  it('with unknown names are refused in the order in which the names came', async () => {
    const { ask } = start(echo);
    const answer = await ask('/v1/toys?z=1&a=1&service=x&m=1');
    expect(answer.json().errors.map((fault: { path: string }) => fault.path)).toEqual([
      'query.z',
      'query.a',
      'query.m',
    ]);
  });
});

describe('two consumers', () => {
  it('share an answer if they see the same connections', async () => {
    const { ask, runs } = start(echo);
    await ask('/v1/toys', { 'x-who': 'a' });
    expect((await ask('/v1/toys', { 'x-who': 'b' })).headers['cache-status']).toContain('hit');
    await ask('/v1/toys', { 'x-who': 'east' });
    await ask('/v1/toys', { 'x-who': 'east-too' });
    expect(runs()).toBe(2);
  });

  it('never share one if they do not, not even a 304', async () => {
    const { ask } = start(echo);
    const seen: Record<string, unknown> = {};
    const tags: string[] = [];
    for (const who of ['a', 'east', 'west']) {
      const answer = await ask('/v1/toys', { 'x-who': who });
      seen[who] = answer.json().seen;
      tags.push(String(answer.headers.etag));
    }
    expect(seen).toEqual({ a: 'all', east: ['x', 'y'], west: ['z'] });
    const answer = await ask('/v1/toys', { 'x-who': 'west', 'if-none-match': tags.slice(0, 2).join(', ') });
    expect(answer.statusCode).toBe(200);
    expect(answer.json().seen).toEqual(['z']);
  });

  it('never share a page that holds a cursor, nor one that was asked for with a cursor', async () => {
    const { ask, runs } = start(({ consumer, query }) => ({
      json: {
        for: consumer.name,
        page: { nextCursor: query.cursor === undefined ? `next for ${consumer.name}` : null },
      },
    }));
    for (const url of ['/v1/toys', '/v1/toys?cursor=x']) {
      for (const who of ['a', 'b', 'a', 'b']) {
        const answer = await ask(url, { 'x-who': who });
        expect(answer.json().for, url).toBe(who);
      }
    }
    expect(runs()).toBe(4);
    expect((await ask('/v1/toys', { 'x-who': 'a' })).headers['cache-status']).toContain('hit');
  });
});
