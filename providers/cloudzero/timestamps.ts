import { type Day, dayOfInstant, instantText, readDay } from '../../src/domain/day.ts';

const instantPattern = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?<offset>[Zz]|[+-]\d{2}:\d{2})?$/;

/** Milliseconds since 1970 of an RFC 3339 text with any offset, or null. The vendor's pattern makes the offset optional: without one it is UTC. */
const epochOf = (text: string): number | null => {
  const match = instantPattern.exec(text);
  if (match === null) return null;
  try {
    return Temporal.Instant.from(match.groups?.offset === undefined ? `${text}Z` : text).epochMilliseconds;
  } catch {
    return null;
  }
};

/** The UTC day of an RFC 3339 instant or of a plain date; null for everything else. */
export const utcDay = (text: string): Day | null => {
  const epoch = epochOf(text);
  return readDay(epoch === null ? text : dayOfInstant(epoch));
};

/** RFC 3339 with `Z`, or null. */
export const instantOf = (text: string): string | null => {
  const epoch = epochOf(text);
  return epoch === null ? null : instantText(epoch);
};

/** The live dialect gives instants as epoch texts, in seconds as far as is known; 12 digits and more are milliseconds. */
export const instantOfEpoch = (text: string): string | null => {
  if (!/^\d{1,13}(\.\d+)?$/.test(text)) return null;
  const value = Number(text);
  return instantText(value >= 100_000_000_000 ? Math.trunc(value) : Math.trunc(value * 1000));
};
