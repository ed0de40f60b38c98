/** Days are numbers since 1970-01-01, a Thursday. Monday is 0. */
export const weekdayOf = (ordinal: number): number => (((ordinal + 3) % 7) + 7) % 7;

const millisecondsPerDay = 86_400_000;

export interface MonthPlace {
  /** 1 on the first of the month. */
  readonly fromStart: number;
  /** 1 on its last day. */
  readonly fromEnd: number;
}

export const monthPlaceOf = (ordinal: number): MonthPlace => {
  const date = new Date(ordinal * millisecondsPerDay);
  const fromStart = date.getUTCDate();
  const length = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  return { fromStart, fromEnd: length - fromStart + 1 };
};
