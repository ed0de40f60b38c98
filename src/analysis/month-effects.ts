import { monthPlaceOf } from './calendar.ts';
import { at, median } from './statistics.ts';

/**
 * The cost of a day of the month beyond weekday and level, such as fees on the first or batches on the last day.
 * Deviations are shares of the level, one per day, `NaN` for unknown days.
 */

/** This many days at the end of a month are also compared by their distance from the end. */
const endPlacesMax = 3;
const comparedMonthsMax = 6;
const spreadsMin = 4;
/** An effect below this share of the level is noise. */
const shareMin = 0.05;
/** The share of months that must show the effect. */
const agreeingShare = 0.75;

/** The deviations of the same day in earlier months, latest first: counted from the end, and from the start. */
export const samePlaces = (deviations: readonly number[], index: number, ordinal: number): [number[], number[]] => {
  const { fromStart, fromEnd } = monthPlaceOf(ordinal);
  const fromEnds: number[] = [];
  const fromStarts: number[] = [];
  let monthEnd = index - fromStart;
  for (let month = 0; month < comparedMonthsMax && monthEnd >= 0; month += 1) {
    const length = monthPlaceOf(ordinal - index + monthEnd).fromStart;
    const counted = at(deviations, monthEnd - fromEnd + 1);
    if (fromEnd <= endPlacesMax && Number.isFinite(counted)) fromEnds.push(counted);
    const sameNumber = at(deviations, monthEnd - length + fromStart);
    if (fromStart <= length && Number.isFinite(sameNumber)) fromStarts.push(sameNumber);
    monthEnd -= length;
  }
  return [fromEnds, fromStarts];
};

/** The smallest deviation that counts as a month effect, from the spread of the deviations of all days. */
export const monthEffectLimit = (spreadOfAll: number): number => Math.max(shareMin, spreadsMin * (spreadOfAll || 0));

/** The usual effect of this day of the month; 0 unless it shows in at least two months and in most of them. */
export const monthEffect = (places: readonly (readonly number[])[], limit: number): number => {
  for (const place of places) {
    const middle = median(place);
    const agreeing = place.filter((deviation) => deviation * Math.sign(middle) > limit).length;
    if (agreeing >= Math.max(2, agreeingShare * place.length)) return middle;
  }
  return 0;
};
