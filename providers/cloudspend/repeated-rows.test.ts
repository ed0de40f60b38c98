import { expect, test } from 'vitest';
import { takeTurns } from '../../src/domain/turns.ts';
import { VirtualClock } from '../../test/support/clock.ts';
import { sankeyCosts } from './normalise.ts';

const context = { dimensions: ['service', 'region', 'category'], day: '2026-01-01', currency: 'USD' } as const;
const costsOf = (data: unknown) => sankeyCosts({ code: 0, data }, context, takeTurns(new VirtualClock()));
const row = ['AWS', 'Usage', 'us-east-1', 'AmazonEC2', '5.25'];

test('a row that comes twice is counted once', async () => {
  const twice = await costsOf([row, row, ['AWS', 'Usage', 'us-east-2', 'AmazonEC2', '5.25']]);
  expect(twice.items.map(({ amount }) => amount)).toEqual(['5.25', '5.25']);
  expect(twice.faults).toEqual([]);
});

test('a row that comes again with another amount is a fault that names it', async () => {
  const { items, faults } = await costsOf([row, [...row.slice(0, 4), '6']]);
  expect(items.map(({ amount }) => amount)).toEqual(['5.25']);
  expect(faults.map(({ message }) => message)).toEqual([
    'has two different amounts for AWS, Usage, us-east-1, AmazonEC2; the first was taken',
  ]);
});
