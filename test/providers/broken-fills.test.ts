import { beforeAll, describe, expect, it } from 'vitest';
import type { LineFault } from '../support/breaking-line.ts';
import { type BrokenFill, fillOver } from '../support/broken-fill.ts';
import { startOf, toys } from './contenders.ts';

const faults: readonly (readonly [string, LineFault])[] = [
  ['a throttle', 'throttle'],
  ['a status of 500', 'status'],
  ['an answer that is cut', 'cut'],
  ['the end of the process', 'hang'],
];
/** So often one fill is broken at most; the faults break a longer one at different requests. */
const breaksMax = 12;

const answers = ({ fills }: BrokenFill): number => [...fills.paid.values()].reduce((sum, times) => sum + times, 0);
const repeated = ({ fills }: BrokenFill, whole: BrokenFill): string[] =>
  [...fills.paid].flatMap(([request, times]) =>
    times > (whole.fills.paid.get(request) ?? 1) ? [`${times} × ${request}`] : [],
  );

describe.each(toys.map((provider) => [provider.id, provider] as const))('a long fill of %s', (_id, provider) => {
  let whole: BrokenFill;
  beforeAll(async () => {
    whole = await fillOver(provider, startOf(provider), null);
  });

  it('reads several months, and hands over or saves on its way what took more than one request', () => {
    const { fills, rounds, answer } = whole;
    expect(rounds).toBe(1);
    expect(answer.data.length).toBeGreaterThan(60);
    expect(fills.announced.size).toBeGreaterThan(0);
    if (fills.announced.size > fills.fills()) expect(fills.advances()).toBeGreaterThan(0);
  });

  it.each(faults)('is whole and pays for nothing twice, broken at each request by %s', async (_what, fault) => {
    const every = Math.ceil(whole.fills.announced.size / breaksMax);
    const from = Math.floor((faults.findIndex(([, each]) => each === fault) * every) / faults.length);
    const broken = await fillOver(provider, startOf(provider), { fault, every, from });
    expect(broken.breaks).toBeGreaterThanOrEqual(Math.floor(whole.fills.announced.size / every));
    expect(broken.answer.totals).toEqual(whole.answer.totals);
    expect(broken.answer.data).toEqual(whole.answer.data);
    expect(broken.fills.askedAgain, 'days that were handed over and asked for again').toEqual([]);
    expect(repeated(broken, whole), 'requests that were paid for twice').toEqual([]);
    expect(answers(broken)).toBeLessThanOrEqual(answers(whole));
  });
});
