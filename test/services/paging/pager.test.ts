import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Consumer } from '../../../src/domain/consumer.ts';
import { Failure } from '../../../src/domain/failure/failure.ts';
import { createPager, type PagedAnswer, type PageRequest, type Pager } from '../../../src/services/paging/pager.ts';
import { createMemoryBudget } from '../../../src/store/memory-budget.ts';
import { VirtualClock } from '../../support/clock.ts';

const secret = Buffer.alloc(32, 7);
const numbers = (length: number, change: (index: number) => number = (index) => index) =>
  Array.from({ length }, (_, index) => change(index));

const dashboard: Consumer = { name: 'dashboard', scopes: new Set(['read']), connections: null };
const memory = () => createMemoryBudget(new VirtualClock(), 1_000_000);
const open = (): Pager<number> => createPager({ secret, memory: memory(), kept: null });
const request = (more: Partial<PageRequest<number>> = {}): PageRequest<number> => ({
  operation: 'listCosts',
  question: 'costs',
  consumer: dashboard,
  limit: 10,
  cursor: undefined,
  build: async () => ({ items: numbers(25), rest: { totals: ['all'] } }),
  ...more,
});
const never = async (): Promise<never> => {
  throw new TypeError('a page of a snapshot was built anew');
};
const cursorOf = (answer: PagedAnswer<number>): string => answer.page.nextCursor ?? '';
const kindOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'an answer',
    (thrown: unknown) => (thrown instanceof Failure ? thrown.kind : 'no Failure'),
  );

describe('pages', () => {
  it('hold every item once, in order, whatever the limits, and what stands beside them on each', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: 60 }),
        fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1 }),
        async (length, limits) => {
          const pager = open();
          const items: number[] = [];
          let cursor: string | undefined;
          for (let page = 0; page < 100; page += 1) {
            const limit = limits[page % limits.length] ?? 1;
            const build = async () => ({ items: numbers(length), rest: { totals: ['all'] } });
            const answer = await pager.page(request({ limit, cursor, build }));
            expect(answer.totals).toEqual(['all']);
            expect(answer.page.limit).toBe(limit);
            items.push(...answer.data);
            if (answer.page.nextCursor === null) break;
            cursor = answer.page.nextCursor;
          }
          expect(items).toEqual(numbers(length));
        },
      ),
      { seed: 2, numRuns: 100 },
    );
  });

  it('of an answer that fits have no next one', async () => {
    expect((await open().page(request({ limit: 25 }))).page).toEqual({ limit: 25, nextCursor: null });
  });

  it('of one snapshot stay its pages when the data changes meanwhile', async () => {
    const pager = open();
    const first = await pager.page(request());
    await pager.page(
      request({ build: async () => ({ items: numbers(25, (index) => -index), rest: { totals: ['new'] } }) }),
    );
    const second = await pager.page(request({ cursor: cursorOf(first), build: never }));
    expect(second.data).toEqual(numbers(10, (index) => index + 10));
    expect(second.totals).toEqual(['all']);
  });

  it('of one snapshot stay its pages when only its far end changes', async () => {
    const pager = open();
    const far = (change: (index: number) => number) => ({
      limit: 60,
      build: async () => ({ items: numbers(100, change), rest: {} }),
    });
    const first = await pager.page(request(far((index) => index)));
    await pager.page(request(far((index) => (index < 50 ? index : -index))));
    const second = await pager.page(request({ ...far((index) => index), cursor: cursorOf(first) }));
    expect(second.data).toEqual(numbers(40, (index) => index + 60));
  });

  it('have the same cursors as long as question and data are the same', async () => {
    const pager = open();
    expect(cursorOf(await pager.page(request()))).toBe(cursorOf(await pager.page(request())));
  });

  it('follow with the cursor alone', async () => {
    const pager = open();
    const first = await pager.page(request());
    const second = await pager.page(request({ question: null, cursor: cursorOf(first), build: never }));
    expect(second.data).toEqual(numbers(10, (index) => index + 10));
  });
});

describe('a cursor', () => {
  it('of another question is refused', async () => {
    const pager = open();
    const cursor = cursorOf(await pager.page(request()));
    expect(await kindOf(pager.page(request({ cursor, question: 'budgets', build: never })))).toBe('invalid-request');
  });

  it('of another operation is refused, even alone', async () => {
    const pager = open();
    const cursor = cursorOf(await pager.page(request()));
    const elsewhere = request({ cursor, operation: 'listBudgets', question: null, build: never });
    expect(await kindOf(pager.page(elsewhere))).toBe('invalid-request');
  });

  it('of another consumer is refused', async () => {
    const pager = open();
    const cursor = cursorOf(await pager.page(request()));
    expect(await kindOf(pager.page(request({ cursor, consumer: { ...dashboard, name: 'job' }, build: never })))).toBe(
      'invalid-request',
    );
  });

  it('whose snapshot is gone has expired', async () => {
    const cursor = cursorOf(await open().page(request()));
    expect(await kindOf(open().page(request({ cursor, build: never })))).toBe('cursor-expired');
  });

  it('that was signed with another secret is refused', async () => {
    const cursor = cursorOf(await open().page(request()));
    const other: Pager<number> = createPager({ secret: Buffer.alloc(32, 8), memory: memory(), kept: null });
    expect(await kindOf(other.page(request({ cursor, build: never })))).toBe('invalid-request');
  });

  it('that was made up, cut or altered anywhere is refused and never read', async () => {
    const pager = open();
    const good = cursorOf(await pager.page(request()));
    const forged = [
      '',
      '.',
      '..',
      'x',
      `${good}.`,
      `${good}x`,
      good.slice(0, -1),
      good.slice(1),
      good.replace('.', ''),
      `${Buffer.from('["x",1,"dashboard"]').toString('base64url')}.${good.split('.')[1]}`,
      `${good.split('.')[0]}.`,
      `.${good.split('.')[1]}`,
      Buffer.from('null').toString('base64url'),
      '__proto__',
      '\u0000',
    ];
    for (const cursor of forged) {
      expect(await kindOf(pager.page(request({ cursor, build: never }))), cursor).toBe('invalid-request');
    }
    for (const [at, character] of [...good].entries()) {
      if (character === '.') continue;
      const altered = `${good.slice(0, at)}${character === 'A' ? 'B' : 'A'}${good.slice(at + 1)}`;
      const outcome = await kindOf(pager.page(request({ cursor: altered })));
      // The last letter of a base64 text may hold bits that mean nothing.
      if (outcome === 'an answer') expect(at === good.indexOf('.') - 1 || at === good.length - 1).toBe(true);
      else expect(outcome).toBe('invalid-request');
    }
  });
});
