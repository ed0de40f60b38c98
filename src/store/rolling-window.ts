import type { Draw, Window } from './store.ts';

export interface Spending {
  /** Wall time. */
  readonly at: number;
  readonly amount: number;
}

/** The wait until one more unit fits; for a window with a limit of 0, its length. */
const freeIn = (oldestFirst: Iterable<Spending>, window: Window, spent: number, now: number): number => {
  let left = spent;
  if (left < window.limit) return 0;
  for (const { at, amount } of oldestFirst) {
    left -= amount;
    if (left < window.limit) return Math.max(0, at + window.windowMs - now);
  }
  return window.windowMs;
};

/**
 * Decides a draw of `amount`, given the spendings in the window. The caller stores a granted one (`noted`).
 * A spending leaves the window exactly `windowMs` after it was made.
 */
export const judgeDraw = (
  oldestFirst: readonly Spending[],
  window: Window,
  amount: number,
  now: number,
): Draw & { readonly noted: boolean } => {
  const before = oldestFirst.reduce((sum, spending) => sum + spending.amount, 0);
  const granted = before + amount <= window.limit;
  const noted = granted && amount > 0;
  const spendings = noted ? [...oldestFirst, { at: now, amount }] : oldestFirst;
  const spent = noted ? before + amount : before;
  return { granted, noted, spent, freeInMs: freeIn(spendings, window, spent, now) };
};

export const checkAmount = (amount: number): void => {
  if (!Number.isSafeInteger(amount) || amount < 0) throw new RangeError('a draw takes a whole number of units');
};
