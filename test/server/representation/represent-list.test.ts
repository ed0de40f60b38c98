import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ProviderStatus } from '../../../src/domain/meta.ts';
import { csvLine } from '../../../src/server/representation/csv.ts';
import { representList, type Table } from '../../../src/server/representation/represent-list.ts';
import type { PagedAnswer } from '../../../src/services/paging/pager.ts';
import { anyText } from '../../support/any-text.ts';

interface Item {
  readonly name: string | null;
  readonly amount: string;
}
const table: Table<Item> = {
  columns: ['name', 'amount'],
  cells: ({ name, amount }) => [name === null ? null : { text: name }, { number: amount }],
};
const status = (connection: string, state: ProviderStatus['status']): ProviderStatus => ({
  provider: connection,
  connection,
  status: state,
  notes: [],
  asOf: null,
  completeThrough: null,
  missing: [],
});
const answer = (more: Partial<PagedAnswer<Item>> = {}): PagedAnswer<Item> => ({
  data: [
    { name: 'search', amount: '-1.5' },
    { name: null, amount: '0' },
  ],
  page: { limit: 2, nextCursor: null },
  totals: [{ amount: '-1.5', currency: 'USD' }],
  meta: { complete: true, providers: [status('acme', 'fresh')] },
  ...more,
});
const textOf = async (accept: string, given = answer()): Promise<string> => {
  const made = representList(given, table, { accept, path: '/v1/things' });
  let text = '';
  for await (const line of made.lines ?? []) text += line;
  return text;
};

/** A reader of RFC 4180, as strict as one can be. */
const readLine = (line: string): string[] => {
  if (!line.endsWith('\r\n')) throw new TypeError('no end of line');
  const cells: string[] = [];
  const pattern = /(?:^|,)(?:"((?:[^"]|"")*)"|([^",\r\n]*))/gy;
  const body = line.slice(0, -2);
  for (let match = pattern.exec(body); match !== null; match = pattern.exec(body)) {
    cells.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (pattern.lastIndex >= body.length) break;
  }
  return cells;
};

describe('a line of CSV', () => {
  it('is read back as it was, whatever stands in its cells', () => {
    const text = fc.oneof(anyText({ maxLength: 10 }), fc.constantFrom('a,b', '"', 'a\r\nb', ' x ', 'é'));
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 6 }), (texts) => {
        const line = csvLine(['first', ...texts].map((each) => ({ text: each })));
        const read = readLine(line).slice(1);
        expect(read.map((each, index) => (each === `'${texts[index]}` ? each.slice(1) : each))).toEqual(texts);
      }),
      { seed: 4, numRuns: 1000 },
    );
  });

  it.each(['=cmd|x', '+1', '-1', '@SUM(1)', '\t=1', '\r=1', '\n=1'])('runs no text as a formula: %j', (text) => {
    expect(readLine(csvLine([{ text }]))[0]).toBe(`'${text}`);
  });

  it('leaves amounts amounts, also negative ones, and nothing where there is nothing', () => {
    expect(csvLine([{ number: '-12.5' }, null, { text: '' }, { number: '0' }])).toBe('-12.5,,,0\r\n');
  });
});

describe('the same page', () => {
  it('as JSON is the answer itself', () => {
    expect(representList(answer(), table, { accept: 'application/json', path: '/v1/things' })).toEqual({
      json: answer(),
    });
  });

  it('as NDJSON is one line an item and one of what stands beside them', async () => {
    const lines = (await textOf('application/x-ndjson')).trimEnd().split('\n');
    expect(lines.map((line) => z.unknown().parse(JSON.parse(line)))).toEqual([
      ...answer().data,
      { page: answer().page, totals: answer().totals, meta: answer().meta },
    ]);
  });

  it('as CSV is a head and one line an item', async () => {
    expect(await textOf('text/csv')).toBe('name,amount\r\nsearch,-1.5\r\n,0\r\n');
  });

  it('as CSV says in its headers what is not complete and where the next page is', () => {
    const meta = {
      complete: false,
      providers: [status('acme', 'fresh'), status('umbrella', 'failed'), status('initech', 'stale')],
    };
    const given = answer({ meta, page: { limit: 2, nextCursor: 'a b.c' } });
    expect(representList(given, table, { accept: 'text/csv', path: '/v1/things' }).headers).toEqual({
      'cost-gateway-complete': 'false',
      'cost-gateway-missing': 'umbrella, initech',
      link: '</v1/things?limit=2&cursor=a%20b.c>; rel="next"',
    });
    expect(representList(answer(), table, { accept: 'text/csv', path: '/v1/things' }).headers).toEqual({
      'cost-gateway-complete': 'true',
    });
  });
});
