/** Bounds for the pause that a header may ask for. */
const pauseMsMin = 1000;
const pauseMsMax = 86_400_000;

export const clampPause = (milliseconds: number): number => Math.min(pauseMsMax, Math.max(pauseMsMin, milliseconds));

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const timePattern = '(?<hour>\\d{2}):(?<minute>\\d{2}):(?<second>\\d{2})';
/** @see RFC 9110, section 5.6.7: the preferred form, and the two obsolete ones that a recipient must accept. */
const datePatterns = [
  new RegExp(`^[a-z]{3}, (?<day>\\d{2}) (?<month>[a-z]{3}) (?<year>\\d{4}) ${timePattern} gmt$`, 'i'),
  new RegExp(`^[a-z]{6,9}, (?<day>\\d{2})-(?<month>[a-z]{3})-(?<year>\\d{2}) ${timePattern} gmt$`, 'i'),
  new RegExp(`^[a-z]{3} (?<month>[a-z]{3}) (?<day>[ \\d]\\d) ${timePattern} (?<year>\\d{4})$`, 'i'),
];

/** A year of two digits is at most fifty years in the future (RFC 9110, section 5.6.7). */
const fullYear = (digits: string, now: number): number => {
  if (digits.length === 4) return Number(digits);
  const thisYear = new Date(now).getUTCFullYear();
  const year = Math.floor(thisYear / 100) * 100 + Number(digits);
  return year > thisYear + 50 ? year - 100 : year;
};

/** Milliseconds since 1970, or null if the text is not an HTTP date. */
export const readHttpDate = (text: string, now: number): number | null => {
  for (const form of datePatterns) {
    const groups = form.exec(text)?.groups;
    if (groups === undefined) continue;
    const month = months.indexOf((groups.month ?? '').toLowerCase());
    const [day, hour, minute, second] = [groups.day, groups.hour, groups.minute, groups.second].map(Number);
    if (month === -1 || day === undefined || hour === undefined || minute === undefined || second === undefined)
      return null;
    if (hour > 23 || minute > 59 || second > 60) return null;
    const instant = Date.UTC(fullYear(groups.year ?? '', now), month, day, hour, minute, second);
    return new Date(instant - second * 1000).getUTCDate() === day ? instant : null;
  }
  return null;
};

/**
 * The wait that a reply asks for, between a second and a day; null where the header is absent or not valid.
 * A date is compared with the reply's own `Date`, so that a wrong clock on either side has no effect.
 */
export const readRetryAfter = (headers: Readonly<Record<string, string>>, now: number): number | null => {
  const text = headers['retry-after']?.trim() ?? '';
  if (/^\d+$/.test(text)) return clampPause(Number(text) * 1000);
  const until = readHttpDate(text, now);
  if (until === null) return null;
  const sent = headers.date === undefined ? null : readHttpDate(headers.date.trim(), now);
  return clampPause(until - (sent ?? now));
};
