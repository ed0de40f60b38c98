import fc from 'fast-check';
import { anyText } from '../support/any-text.ts';
import type { Draft } from './requests.ts';

/** What clients send by mistake, and what others send on purpose. */

const numbers = [
  ...['Infinity', '-Infinity', '1e999', 'NaN', '-0', '-1', '0x10', '0b11', '1e3', '01', '1_000', '1.0', '٣', ' 1'],
  ...['9007199254740993', '1'.repeat(400)],
];
const days = ['2026-02-30', '0000-01-01', '9999-12-31', '2026-W01', 'today', '2026-11-01T25:00:00Z', '-271821-04-20'];
const texts = [
  ...[
    '',
    ',',
    ',,',
    'null',
    'null()',
    'undefined',
    '__proto__',
    'constructor',
    'a\0b',
    'a\r\nX-Evil: 1',
    '\t',
    '\u0085',
  ],
  ...[
    '=cmd|A1',
    "' OR 1=1 --",
    '../../etc/passwd',
    '{{7*7}}',
    '<script>',
    '\u202e',
    'e\u0301',
    '\ufeff',
    'x'.repeat(2100),
  ],
];
const rawTexts = ['%', '%zz', '%ff', '%ED%A0%80', '%C0%AF', '%00', 'a%0d%0ab', '%2525', '+', ';', '&&', '=', '#'];
const names = [
  'nonsense',
  '__proto__',
  'constructor',
  'limit[]',
  'a[b]',
  'Limit',
  'start ',
  '',
  '%00',
  'x'.repeat(300),
];

const hostileText = fc.oneof(
  fc.constantFrom(...numbers, ...days, ...texts).map(encodeURIComponent),
  fc.constantFrom(...rawTexts),
  anyText({ maxLength: 20 }).map((text) => encodeURIComponent(text.toWellFormed())),
);

/** What Node lets into a header. */
const headerText = fc
  .oneof(
    fc.constantFrom(...numbers, ...days, ...texts, '*/*;q=2', 'a/b,'.repeat(200), '"', '*', 'bytes=0-1', 'no-cache,'),
    fc.string({ unit: 'binary-ascii', maxLength: 60 }),
  )
  .map((text) => text.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, '').trim());
const headerNames = [
  ...[
    'accept',
    'accept-encoding',
    'if-none-match',
    'if-match',
    'if-modified-since',
    'range',
    'cache-control',
    'origin',
  ],
  ...[
    'x-deadline-ms',
    'x-request-id',
    'idempotency-key',
    'traceparent',
    'content-type',
    'content-encoding',
    'x-api-key',
  ],
  ...['authorization', 'x-http-method-override', 'x-forwarded-for', 'forwarded', 'te', 'upgrade', 'cookie', 'x-scope'],
];

const json = fc.oneof(
  { weight: 3, arbitrary: fc.json({ maxDepth: 4 }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      ...[
        '',
        ' ',
        '{',
        '[]',
        'null',
        '"',
        '1e999',
        '{"a":1,"a":2}',
        '{"__proto__":{}}',
        '\ufeff{}',
        'tru',
        '{"a":\u0000}',
      ],
      ...['['.repeat(5000), '{"a":'.repeat(40), '9'.repeat(1000), '{"\\u005f_proto__":{"x":1}}', '{"a":"\\ud800"}'],
    ),
  },
);

const at = (list: readonly (readonly [string, string])[], index: number): number => index % Math.max(1, list.length);

type Mutation = (draft: Draft) => Draft;

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.tuple(fc.nat(), hostileText).map(
    ([index, value]): Mutation =>
      (draft) => {
        const chosen = at(draft.query, index);
        return { ...draft, query: draft.query.map((pair, place) => (place === chosen ? [pair[0], value] : pair)) };
      },
  ),
  fc.nat().map(
    (index): Mutation =>
      (draft) => {
        const pair = draft.query[at(draft.query, index)];
        return pair === undefined ? draft : { ...draft, query: [...draft.query, pair] };
      },
  ),
  fc.tuple(fc.constantFrom(...names), hostileText).map(
    ([name, value]): Mutation =>
      (draft) => ({ ...draft, query: [...draft.query, [name, value]] }),
  ),
  fc
    .tuple(
      fc.constantFrom('start', 'end', 'limit', 'top', 'groupBy', 'cursor', 'tag', 'strict', 'minImpact'),
      hostileText,
    )
    .map(
      ([name, value]): Mutation =>
        (draft) => ({ ...draft, query: [...draft.query, [name, value]] }),
    ),
  fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE').map(
    (method): Mutation =>
      (draft) => ({ ...draft, method }),
  ),
  fc
    .constantFrom(
      '/',
      '//',
      '/x',
      '/%2e%2e/',
      '/..%2f..',
      '%00',
      '%zz',
      ';a=1',
      '/%0d%0aX: 1',
      '.json',
      '/'.repeat(9000),
    )
    .map(
      (tail): Mutation =>
        (draft) => ({ ...draft, path: `${draft.path}${tail}` }),
    ),
  hostileText.map(
    (value): Mutation =>
      (draft) => ({ ...draft, path: draft.path.replace(/[^/]*$/, value) }),
  ),
  fc.tuple(fc.constantFrom(...headerNames), headerText).map(
    ([name, value]): Mutation =>
      (draft) => ({ ...draft, headers: { ...draft.headers, [name]: value } }),
  ),
  json.map(
    (body): Mutation =>
      (draft) => ({
        ...draft,
        body,
        headers: { 'content-type': 'application/json', ...draft.headers },
      }),
  ),
  fc.nat(200).map(
    (length): Mutation =>
      (draft) => ({ ...draft, body: draft.body?.slice(0, length) ?? null }),
  ),
  fc.tuple(fc.nat(500), fc.constantFrom('0', '"', '}', ',', '\\', '-1', 'null', '\u0000', '{"x":1}', 'e9999')).map(
    ([index, text]): Mutation =>
      (draft) => {
        const { body } = draft;
        const place = index % Math.max(1, body?.length ?? 1);
        return { ...draft, body: body === null ? null : `${body.slice(0, place)}${text}${body.slice(place + 1)}` };
      },
  ),
);

/** The same request with one to three things wrong with it. */
export const illMeant = (draft: fc.Arbitrary<Draft>): fc.Arbitrary<Draft> =>
  fc
    .tuple(draft, fc.array(mutation, { minLength: 1, maxLength: 3 }))
    .map(([good, mutations]) => mutations.reduce((bad, mutate) => mutate(bad), good));
