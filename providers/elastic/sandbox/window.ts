import { dayOfInstant, readDay } from '../../../src/domain/day.ts';
import type { Window } from './world.ts';

const pattern = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:?\d{2})?)?$/;
const dayMs = 86_400_000;

/** Reads a blank as a plus: the vendor's example has a plus that is not percent-encoded. */
const readInstant = (text: string): number | null => {
  const match = pattern.exec(text.replace(' ', '+'));
  if (match === null) return null;
  const [, day = '', time = '00:00:00', offset = 'Z'] = match;
  if (readDay(day) === null) return null;
  const instant = Date.parse(`${day}T${time}${offset}`);
  return Number.isNaN(instant) ? null : instant;
};

/** The days from `from` to `to`; `to` is exclusive. Null if the vendor would answer 400. */
export const readWindow = (query: URLSearchParams): Window | null => {
  const from = readInstant(query.get('from') ?? '');
  const to = readInstant(query.get('to') ?? '');
  if (from === null || to === null || from >= to) return null;
  return { start: dayOfInstant(from), end: dayOfInstant(to + dayMs - 1) };
};
