import { monthPlaceOf } from './calendar.ts';
import { at, median, spread } from './statistics.ts';

/** What a day of the month costs beyond what its weekday and level tell: fees on the first, batches on the last day. */
export interface MonthEffects {
  /** By place: `start:1` is the first of the month, `end:1` its last day. */
  readonly byPlace: ReadonlyMap<string, number>;
}

const endPlacesMax = 3;
const occurrencesMax = 6;
const spreadsMin = 4;
/** An effect below this share of the level is noise. */
const shareMin = 0.05;

const placesOf = (ordinal: number): string[] => {
  const { fromStart, fromEnd } = monthPlaceOf(ordinal);
  return fromEnd <= endPlacesMax ? [`end:${fromEnd}`, `start:${fromStart}`] : [`start:${fromStart}`];
};

export const monthEffect = (effects: MonthEffects, ordinal: number): number => {
  for (const place of placesOf(ordinal)) {
    const effect = effects.byPlace.get(place);
    if (effect !== undefined) return effect;
  }
  return 0;
};

/**
 * Finds days of the month that stood out every time. `residuals` are shares of the level (`NaN`: not known).
 * Places counted from the end of the month are asked first, so that a last day explains the 30th and not the reverse.
 */
export const findMonthEffects = (residuals: readonly number[], first: number): MonthEffects => {
  const places = residuals.map((_, index) => placesOf(first + index));
  const limit = Math.max(shareMin, spreadsMin * (spread(residuals) || 0));
  const byPlace = new Map<string, number>();
  for (const kind of ['end:', 'start:']) {
    const groups = new Map<string, number[]>();
    for (let index = residuals.length - 1; index >= 0; index -= 1) {
      const candidates = at(residuals, index);
      if (Number.isNaN(candidates)) continue;
      const dayPlaces = places[index] ?? [];
      if (kind === 'start:' && dayPlaces.some((place) => place.startsWith('end:') && byPlace.has(place))) continue;
      for (const place of dayPlaces) {
        if (!place.startsWith(kind)) continue;
        const group = groups.get(place) ?? [];
        if (group.length < occurrencesMax) group.push(candidates);
        groups.set(place, group);
      }
    }
    for (const [place, group] of groups) {
      const middle = median(group);
      const agreeing = group.filter((value) => value * Math.sign(middle) > limit).length;
      if (group.length >= 2 && agreeing >= Math.max(2, 0.75 * group.length)) byPlace.set(place, middle);
    }
  }
  return { byPlace };
};

/** What the same day of last month was, counted from its start and from its end; not known is left out. */
export const samePlaceLastMonth = (residuals: readonly number[], index: number, ordinal: number): number[] => {
  const { fromStart, fromEnd } = monthPlaceOf(ordinal);
  const lastOfMonthBefore = index - fromStart;
  const { fromStart: lengthBefore } = monthPlaceOf(ordinal - fromStart);
  const candidates = [lastOfMonthBefore - lengthBefore + Math.min(fromStart, lengthBefore), lastOfMonthBefore - fromEnd + 1];
  return candidates.map((candidate) => at(residuals, candidate)).filter(Number.isFinite);
};
