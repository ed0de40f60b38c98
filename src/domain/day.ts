/** A calendar day in UTC, `YYYY-MM-DD`. Comparing the texts compares the days. */
export type Day = string;
/** A calendar month in UTC, `YYYY-MM`. */
export type Month = string;

const dayPattern = /^\d{4}-\d{2}-\d{2}$/;

export const millisecondsPerDay = 86_400_000;
const cachedMax = 20_000;
const ordinals = new Map<Day, number>();
const texts = new Map<number, Day>();

/** Days since 1970-01-01. */
export const dayNumber = (day: Day): number => {
  const known = ordinals.get(day);
  if (known !== undefined) return known;
  const value = Math.round(
    Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8, 10))) / millisecondsPerDay,
  );
  if (ordinals.size > cachedMax) ordinals.clear();
  ordinals.set(day, value);
  return value;
};
export const dayFromNumber = (ordinal: number): Day => {
  const known = texts.get(ordinal);
  if (known !== undefined) return known;
  const text = new Date(ordinal * millisecondsPerDay).toISOString().slice(0, 10);
  if (texts.size > cachedMax) texts.clear();
  texts.set(ordinal, text);
  return text;
};

/** The day; null if the text is none, such as 30 February or a year before 1000. */
export const readDay = (text: string): Day | null => {
  if (!dayPattern.test(text) || text < '1000-01-01') return null;
  return dayFromNumber(dayNumber(text)) === text ? text : null;
};

export const addDays = (day: Day, days: number): Day => dayFromNumber(dayNumber(day) + days);
export const daysBetween = (start: Day, end: Day): number => dayNumber(end) - dayNumber(start);

export const addMonths = (day: Day, months: number): Day => Temporal.PlainDate.from(day).add({ months }).toString();

export const monthOf = (day: Day): Month => day.slice(0, 7);
export const monthStart = (month: Month): Day => `${month}-01`;
export const nextMonth = (month: Month): Month => {
  const year = Number(month.slice(0, 4));
  const number = Number(month.slice(5, 7));
  return number === 12 ? `${year + 1}-01` : `${month.slice(0, 4)}-${String(number + 1).padStart(2, '0')}`;
};
/** The first day after the month. */
export const monthEnd = (month: Month): Day => monthStart(nextMonth(month));

export const dayOfInstant = (epochMilliseconds: number): Day =>
  dayFromNumber(Math.floor(epochMilliseconds / millisecondsPerDay));
export const instantText = (epochMilliseconds: number): string =>
  new Date(epochMilliseconds).toISOString().replace(/\.000Z$/, 'Z');

/** Every day from `start` up to but not including `end`. */
export const daysIn = (start: Day, end: Day): Day[] => {
  const days: Day[] = [];
  for (let ordinal = dayNumber(start); ordinal < dayNumber(end); ordinal += 1) days.push(dayFromNumber(ordinal));
  return days;
};

/** Every month with a day from `start` up to but not including `end`. */
export const monthsIn = (start: Day, end: Day): Month[] => {
  const months: Month[] = [];
  for (let month = monthOf(start); monthStart(month) < end; month = nextMonth(month)) months.push(month);
  return months;
};

export const earlier = (left: Day, right: Day): Day => (left < right ? left : right);
export const later = (left: Day, right: Day): Day => (left > right ? left : right);
