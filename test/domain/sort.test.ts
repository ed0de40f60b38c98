import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sortInTurns } from '../../src/domain/sort.ts';
import { takeTurns } from '../../src/domain/turns.ts';
import { VirtualClock } from '../support/clock.ts';

const turns = takeTurns(new VirtualClock());

describe('sorting in turns', () => {
  it.each([0, 1, 2, 511, 512, 513, 1_024, 1_025, 5_000])(
    'gives %i items the order of a plain sort, equal ones in theirs',
    async (length) => {
      const values = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: length, maxLength: length, size: 'max' });
      const [numbers = []] = fc.sample(values, { numRuns: 1, seed: 7 });
      const items = numbers.map((value, index) => ({ value, index }));
      const compare = (left: { value: number }, right: { value: number }) => left.value - right.value;
      const before = [...items];
      expect(await sortInTurns(items, compare, turns)).toEqual(items.toSorted(compare));
      expect(items).toEqual(before);
    },
  );
});
