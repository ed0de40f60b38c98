import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { problemOf } from '../../support/answers.ts';
import { type RunningApp, startApp } from '../../support/app.ts';
import { pinnedClock } from '../../support/pinned-clock.ts';
import { toy } from '../../support/toy-provider.ts';
import { operationOf } from './operation.ts';
import { refusedValues } from './refused-values.ts';

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
  'expiresBefore',
  'cursor',
];

/** What an operation refuses in its query string, before any vendor is asked. */
export const describeRefusedQuery = (id: string): void => {
  const operation = operationOf(id);
  const { path } = operation;
  describe(`400 of GET ${path}`, () => {
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
      const values = refusedValues[name];
      if (values === undefined) throw new TypeError(`say in refused-values.ts what ${name} must refuse`);
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
        // The vendor is asked here, so that this app is not that of the other tests.
        const own = await startApp([toy], { clock: pinnedClock() });
        onTestFinished(() => own.close());
        expect((await own.get(`${path}?end=2027-06-01`)).status).toBe(200);
        expect((await own.get(`${path}?start=2026-11-01&end=9999-12-31`)).status).toBe(400);
      });
  });
};
