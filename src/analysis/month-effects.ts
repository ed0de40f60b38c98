import { monthPlaceOf } from './calendar.ts';
import { at, median } from './statistics.ts';

/**
 * What a day of the month costs beyond what its weekday and the level tell: fees on the first, batches on the last day.
 * All figures are deviations as shares of the level, one a day, `NaN` where a day is not known.
 */

/** The last days of a month are compared with the last days of others, whatever their number. */
const endPlacesMax = 3;
const comparedMonthsMax = 6;
const spreadsMin = 4;
/** An effect below this share of the level is noise. */
const shareMin = 0.05;
/** So many of the months have to show the effect. */
const agreeingShare = 0.75;

/** The deviations of the same place in the months before, the nearest first: counted from the end, and from the start. */
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

/** Below this a deviation says nothing about the day of the month; by the spread of the deviations of all days. */
export const monthEffectLimit = (spreadOfAll: number): number => Math.max(shareMin, spreadsMin * (spreadOfAll || 0));

/** What this day of the month usually adds; 0 unless it stood out in two months at least, and in nearly all. */
export const monthEffect = (places: readonly (readonly number[])[], limit: number): number => {
  for (const place of places) {
    const middle = median(place);
    const agreeing = place.filter((deviation) => deviation * Math.sign(middle) > limit).length;
    if (agreeing >= Math.max(2, agreeingShare * place.length)) return middle;
  }
  return 0;
};
