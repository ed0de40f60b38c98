import { dayFromNumber } from '../domain/day.ts';

/** Monday is 0. Days are numbers since 1970-01-01, a Thursday. */
export const weekdayOf = (ordinal: number): number => (((ordinal + 3) % 7) + 7) % 7;

export interface MonthPlace {
  /** 1 on the first of the month. */
  readonly fromStart: number;
  /** 1 on its last day. */
  readonly fromEnd: number;
}

export const monthPlaceOf = (ordinal: number): MonthPlace => {
  const day = dayFromNumber(ordinal);
  const fromStart = Number(day.slice(8, 10));
  const length = new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 0)).getUTCDate();
  return { fromStart, fromEnd: length - fromStart + 1 };
};
