import { Failure } from '../../domain/failure/failure.ts';

interface Preference {
  readonly range: string;
  readonly quality: number;
}

const qualityPattern = /^q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/i;

/** Null for a part that cannot be read, which is ignored. */
const readPart = (part: string): Preference | null => {
  const [range = '', ...parameters] = part.split(';').map((piece) => piece.trim());
  if (!/^[^\s/]+\/[^\s/]+$/.test(range)) return null;
  const quality = parameters.find((parameter) => /^q=/i.test(parameter));
  if (quality === undefined) return { range: range.toLowerCase(), quality: 1 };
  const value = qualityPattern.exec(quality)?.[1];
  return value === undefined ? null : { range: range.toLowerCase(), quality: Number(value) };
};

/** By the most specific range that covers the type. */
const qualityOf = (type: string, preferences: readonly Preference[]): number => {
  for (const range of [type, `${type.slice(0, type.indexOf('/'))}/*`, '*/*']) {
    const found = preferences.find((preference) => preference.range === range);
    if (found !== undefined) return found.quality;
  }
  return 0;
};

/**
 * The offered media type that an `Accept` header prefers; of equals, the first. Throws a Failure that names the offered
 * types if none is acceptable.
 */
export const negotiate = (accept: string, offered: readonly [string, ...string[]]): string => {
  if (accept.trim() === '') return offered[0];
  const preferences = accept.split(',').flatMap((part) => readPart(part) ?? []);
  const ranked = offered
    .map((type) => ({ type, quality: qualityOf(type, preferences) }))
    .sort((left, right) => right.quality - left.quality);
  const best = ranked[0];
  if (best === undefined || best.quality === 0) {
    throw new Failure('not-acceptable', { public: `This operation answers as ${offered.join(' or ')}.` });
  }
  return best.type;
};
