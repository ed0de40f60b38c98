import { describe, expect, test } from 'vitest';
import { compare, decimalText } from '../../../src/domain/decimal.ts';
import { createWorld } from './world.ts';

describe('the world', () => {
  const today = '2026-11-21';
  const world = createWorld('seed', () => today);
  const everything = { start: '2020-01-01', end: '2030-01-01', filters: new Map(), costWord: 'on_demand' } as const;

  test('has sixty to ninety series and goes from three years back up to today', () => {
    expect(world.leaves.length).toBeGreaterThanOrEqual(60);
    expect(world.leaves.length).toBeLessThanOrEqual(90);
    const days = world.spend({ ...everything, groupBy: [], granularity: 'daily' });
    expect(days[0]?.period).toBe('2023-11-21');
    expect(days.at(-1)?.period).toBe(today);
    expect(days).toHaveLength(1097);
  });

  test('is a function of seed and day', () => {
    const figure = (seed: string) => decimalText(createWorld(seed, () => today).total(everything));
    expect(figure('seed')).toBe(decimalText(world.total(everything)));
    expect(figure('other')).not.toBe(figure('seed'));
  });

  test('today has gathered less than it will have tomorrow', () => {
    const question = { ...everything, start: today };
    const whole = createWorld('seed', () => '2026-11-22').total({ ...question, end: '2026-11-22' });
    expect(compare(world.total(question), whole)).toBe(-1);
  });

  test('a day keeps its figure once it is over', () => {
    const question = { ...everything, start: '2026-11-20', end: '2026-11-21' };
    const later = createWorld('seed', () => '2026-11-25');
    expect(decimalText(later.total(question))).toBe(decimalText(world.total(question)));
  });
});
