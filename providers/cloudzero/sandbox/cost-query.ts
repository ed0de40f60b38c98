import { type Day, dayFromNumber, dayNumber, dayOfInstant, readDay } from '../../../src/domain/day.ts';
import { type Checked, fine, wrong } from './replies.ts';
import { type CostWord, costWords, dimensions, type Filters, type Granularity, type SpendQuestion } from './world.ts';

const nullPartition = '__NULL_PARTITION_VALUE__';
export const groupText = (value: string | null): string => value ?? nullPartition;

/** The words of a query in one dialect. */
export interface CostWords {
  readonly start: string | null;
  readonly end: string | null;
  readonly groupBy: readonly string[];
  readonly filters: unknown;
  readonly granularity: string;
  readonly costType: string;
}

const instantOf = (text: string): number | null => {
  const day = readDay(text);
  if (day !== null) return Date.parse(`${day}T00:00:00Z`);
  try {
    return Temporal.Instant.from(text).epochMilliseconds;
  } catch {
    return null;
  }
};

const readFilters = (value: unknown): Checked<Filters> => {
  if (value === undefined || value === null) return fine(new Map());
  if (typeof value !== 'object' || Array.isArray(value)) return wrong('filters is no object');
  const filters = new Map<string, (string | null)[]>();
  for (const [key, wanted] of Object.entries(value)) {
    const id = key.startsWith('!') ? key.slice(1) : key;
    if (!dimensions.some((dimension) => dimension.id === id)) return wrong(`${id} is no dimension`);
    const list: unknown = typeof wanted === 'string' ? [wanted] : wanted;
    if (!Array.isArray(list) || list.length === 0) return wrong(`the filter on ${id} is no list of values`);
    const texts: (string | null)[] = [];
    for (const each of list) {
      if (typeof each !== 'string') return wrong(`the filter on ${id} is no list of texts`);
      texts.push(each === nullPartition ? null : each);
    }
    filters.set(key, texts);
  }
  return fine(filters);
};

export interface CostDialect {
  readonly granularities: readonly Granularity[];
  readonly costWord: (text: string) => CostWord | null;
}

export const liveDialect: CostDialect = {
  granularities: ['daily', 'weekly', 'monthly', 'yearly'],
  costWord: (text) => costWords.find((word) => (word === 'usage_amount' ? word : `${word}_cost`) === text) ?? null,
};
export const publishedDialect: CostDialect = {
  granularities: ['daily', 'monthly', 'cumulative'],
  costWord: (text) => costWords.find((word) => word !== 'usage_amount' && word === text) ?? null,
};

export const checkQuery = (words: CostWords, dialect: CostDialect, today: Day): Checked<SpendQuestion> => {
  const start = words.start === null ? null : instantOf(words.start);
  if (start === null) return wrong('the start date is missing or is no ISO 8601 date');
  const end = words.end === null ? Date.parse(`${today}T00:00:00Z`) + 86_400_000 : instantOf(words.end);
  if (end === null) return wrong('the end date is no ISO 8601 date');
  if (end <= start) return wrong('the end date does not come after the start date');
  const unknown = words.groupBy.find((id) => !dimensions.some((dimension) => dimension.id === id));
  if (unknown !== undefined) return wrong(`${unknown} is no dimension to group by`);
  if (new Set(words.groupBy).size < words.groupBy.length) return wrong('a dimension is grouped by twice');
  const granularity = dialect.granularities.find((each) => each === words.granularity);
  if (granularity === undefined) return wrong(`the granularity is none of ${dialect.granularities.join(', ')}`);
  const costWord = dialect.costWord(words.costType);
  if (costWord === null) return wrong(`${words.costType} is no cost type`);
  const filters = readFilters(words.filters);
  if (!filters.ok) return filters;
  return fine({
    start: dayOfInstant(start),
    // A day belongs to the range if any part of it does.
    end: dayFromNumber(dayNumber(dayOfInstant(end - 1)) + 1),
    groupBy: words.groupBy,
    filters: filters.value,
    costWord,
    granularity,
  });
};
