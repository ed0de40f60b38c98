import { describe, expect, it } from 'vitest';
import type { Provider } from '../../src/vendor/contract/provider.ts';
import type { LineFault } from '../support/breaking-line.ts';
import { type BrokenFill, fillOver } from '../support/broken-fill.ts';
import { contenders, startInPages } from './contenders.ts';

const faults: readonly (readonly [string, LineFault])[] = [
  ['a throttle', 'throttle'],
  ['a status of 500', 'status'],
  ['an answer that is cut', 'cut'],
  ['the end of the process', 'hang'],
];
/**
 * So often one fill is broken at most; the faults break a longer one at different requests. `npm run broken-fills`
 * breaks every fill at each of its requests by each fault.
 */
const breaksMax = process.env.BREAK_EVERY_REQUEST === 'yes' ? Number.POSITIVE_INFINITY : 8;
/** Every request of the longest fill takes minutes. */
const timeout = breaksMax === 8 ? 60_000 : 900_000;

const answers = ({ fills }: BrokenFill): number => [...fills.paid.values()].reduce((sum, times) => sum + times, 0);
const repeated = ({ fills }: BrokenFill, whole: BrokenFill): string[] =>
  [...fills.paid].flatMap(([request, times]) =>
    times > (whole.fills.paid.get(request) ?? 1) ? [`${times} × ${request}`] : [],
  );

/** Each fill without a fault, read once. */
const wholes = new Map<Provider, Promise<BrokenFill>>();
const wholeOf = (provider: Provider): Promise<BrokenFill> => {
  const known = wholes.get(provider) ?? fillOver(provider, startInPages(provider), null);
  wholes.set(provider, known);
  return known;
};

const named = (providers: readonly Provider[]) => providers.map((provider) => [provider.id, provider] as const);

describe('a long fill without a fault', () => {
  it.each(named(contenders))('of %s reads several months', async (_id, provider) => {
    const { fills, rounds, answer } = await wholeOf(provider);
    expect(rounds).toBe(1);
    expect(answer.data.length).toBeGreaterThan(60);
    expect(fills.announced.size).toBeGreaterThan(0);
  });

  it.each(named(contenders))(
    'of %s hands over or saves on its way what takes more than one request',
    async (_id, provider) => {
      const { fills } = await wholeOf(provider);
      if (fills.announced.size > fills.fills()) expect(fills.advances()).toBeGreaterThan(0);
    },
  );
});

describe.each(named(contenders))('a long fill of %s', (_id, provider) => {
  it.each(faults)(
    'is whole and pays for nothing twice, broken at each request by %s',
    async (_what, fault) => {
      const whole = await wholeOf(provider);
      const every = Math.max(1, Math.ceil(whole.fills.announced.size / breaksMax));
      const from = Math.floor((faults.findIndex(([, each]) => each === fault) * every) / faults.length);
      const broken = await fillOver(provider, startInPages(provider), { fault, every, from });
      expect(broken.breaks).toBeGreaterThanOrEqual(Math.floor(whole.fills.announced.size / every));
      expect(broken.answer.totals).toEqual(whole.answer.totals);
      expect(broken.answer.data).toEqual(whole.answer.data);
      expect(broken.fills.askedAgain, 'days that were handed over and asked for again').toEqual([]);
      expect(repeated(broken, whole), 'requests that were paid for twice').toEqual([]);
      expect(answers(broken)).toBeLessThanOrEqual(answers(whole));
    },
    timeout,
  );
});
