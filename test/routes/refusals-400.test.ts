import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operations } from '../../routes/index.ts';
import type { OperationEntry } from '../../src/server/operation/operation.ts';
import { problemOf } from '../support/answers.ts';
import { type RunningApp, startApp } from '../support/app.ts';
import { pinnedClock } from '../support/pinned-clock.ts';
import { toy } from '../support/toy-provider.ts';

const numbers = [
  'Infinity',
  '-Infinity',
  '1e999',
  '0x10',
  '0b11',
  '1e3',
  '1_000',
  '1,000',
  '1.0',
  '-1',
  '0',
  '01',
  'NaN',
];
const limits = [...numbers, '1001', '9007199254740993', '', '%20', '%201', '%D9%A3', 'null', 'true'];
const days = [
  '2026-02-30',
  '2026-02-29',
  '2026-13-01',
  '0000-01-01',
  '2026-W01',
  '20260101',
  '2026-1-1',
  'today',
  '',
  '2026-11-01T00:00:00',
  '2026-11-01T25:00:00Z',
  '1767225600',
  '2026-01-01%0d%0a',
];
const words = ['bogus', '', '__proto__', 'constructor', 'toString', '%00'];
const flags = ['yes', '1', '0', 'TRUE', ''];
const texts = ['', 'a%0d%0ab', 'a%00b', '%09', '%C2%85', 'x'.repeat(601), '%ED%A0%80', '%', '%zz', '%ff'];

/** What each parameter must refuse, by its name. */
const refused: Readonly<Record<string, readonly string[]>> = {
  limit: limits,
  top: limits,
  start: [...days, '2026-11-22', '2999-01-01'],
  end: days,
  since: [...days, '2026-11-22'],
  horizon: [...days, '2026-10-01', '9999-12-31'],
  granularity: [...words, 'hourly', 'Daily', 'daily,monthly'],
  costType: [...words, 'net'],
  sort: [...words, 'start,cost', '+cost'],
  compare: [...words, 'previous-week'],
  severity: [...words, 'critical'],
  status: [...words, 'OPEN'],
  detectedBy: words,
  period: [...words, 'weekly'],
  strict: flags,
  currency: ['usd', 'US', 'USDT', '', 'U$D', '%EF%BC%B5SD'],
  from: ['usd', ''],
  to: ['usd', ''],
  groupBy: [...words, 'service,', 'service,bogus', 'tag:', 'tag', 'Service', 'tag:a%0ab'],
  minImpact: ['1e3', 'NaN', 'Infinity', '1,000', '', '0x10', '%201', '+1'],
  provider: [...texts, 'unheard-of', 'toy,toy', 'Toy', '__proto__', 'null()'],
  connection: [...texts, 'unheard-of', 'TOY'],
  account: texts,
  service: texts,
  region: texts,
  category: texts,
  tag: [...texts, 'novalue', '%3Dx'],
  cursor: [
    ...texts.filter((text) => text !== 'x'.repeat(601)),
    'forged',
    'Zm9v.Zm9v',
    '..',
    '__proto__',
    'x'.repeat(2001),
  ],
};
const strangers = [
  'nonsense',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'Limit',
  'limit[]',
  'a[b]',
  'group_by',
  '',
];
const once = [
  'limit',
  'top',
  'start',
  'end',
  'since',
  'granularity',
  'costType',
  'sort',
  'compare',
  'strict',
  'currency',
  'minImpact',
  'horizon',
  'cursor',
];

const listed = operations.filter(
  ({ method, path }) => method === 'GET' && path.startsWith('/v1/') && !path.includes('{'),
);
const named: (readonly [string, OperationEntry])[] = listed.map((operation) => [operation.path, operation]);

describe.each(named)('a 400 of %s', (path, operation) => {
  let app: RunningApp;
  beforeAll(async () => {
    app = await startApp([toy], { clock: pinnedClock() });
  });
  afterAll(() => app.close());
  const faultsOf = async (query: string) => {
    const { problem } = await problemOf(app, `${path}?${query}`);
    expect(problem, query).toMatchObject({ type: '/problems/invalid-request', status: 400, instance: path });
    expect(app.sandboxes.toy?.calls.length, query).toBe(0);
    return problem.errors ?? [];
  };
  const names = Object.keys(operation.query.shape);

  it.each(names)('names %s for each value that it does not take', async (name) => {
    const values = refused[name];
    if (values === undefined) throw new TypeError(`say in this file what ${name} must refuse`);
    for (const value of values) {
      const faults = await faultsOf(`${name}=${value}`);
      const paths = faults.map((fault) => fault.path);
      expect(paths, `${name}=${value}`).toContain(`query.${name}`);
      expect(faults.every((fault) => fault.message.length > 5)).toBe(true);
    }
  });

  it.each(names.filter((name) => once.includes(name)))('names %s when it is given twice', async (name) => {
    expect(await faultsOf(`${name}=1&${name}=1`)).toContainEqual({
      path: `query.${name}`,
      message: 'may be given only once',
    });
  });

  it('names every parameter that it does not know, and those that it does', async () => {
    for (const name of strangers) {
      const faults = await faultsOf(`${encodeURIComponent(name)}=1`);
      expect(faults, name).toEqual([
        { path: `query.${name}`, message: expect.stringContaining(`known are ${names.join(', ')}`) },
      ]);
    }
    expect((await faultsOf('one=1&two=2')).map((fault) => fault.path)).toEqual(['query.one', 'query.two']);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it('names all that is wrong at once', async () => {
    if (!names.includes('limit') || !names.includes('strict')) return;
    const faults = await faultsOf('limit=Infinity&strict=perhaps&nonsense=1');
    expect(faults.map((fault) => fault.path)).toEqual(['query.nonsense', 'query.limit', 'query.strict']);
  });

  if (names.includes('provider'))
    it('lists the providers and connections that there are', async () => {
      expect(await faultsOf('provider=unheard-of&connection=nowhere')).toEqual([
        { path: 'query.provider', message: 'unheard-of is not known; known are toy' },
        { path: 'query.connection', message: 'nowhere is not known; known are toy' },
      ]);
    });

  if (names.includes('start') && names.includes('end'))
    it('names a range that makes no sense', async () => {
      const paths = async (query: string) => (await faultsOf(query)).map((fault) => fault.path);
      expect(await paths('start=2023-11-20&end=2026-11-21')).toEqual(['query.end']);
      expect(await paths('start=2026-11-10&end=2026-11-10')).toEqual(['query.end']);
      expect(await paths('start=2026-11-22&end=2026-11-30')).toEqual(['query.start']);
      expect(await paths('start=2026-02-30&end=2026-02-31')).toEqual(['query.start', 'query.end']);
    });

  if (names.includes('start') && names.includes('end'))
    it('is not for an end that lies ahead', async () => {
      expect((await app.get(`${path}?end=2027-06-01`)).status).toBe(200);
      expect((await app.get(`${path}?start=2026-11-01&end=9999-12-31`)).status).toBe(400);
    });
});
