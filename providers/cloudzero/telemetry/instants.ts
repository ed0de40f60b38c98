import { readDay } from '../../../src/domain/day.ts';

const pattern = /^\d{4}-\d\d-\d\d(T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)?)?$/;

const isDate = (text: string): boolean => !text.includes('T');

/** Whether it is a date or a timestamp in ISO 8601 that exists. */
export const isIsoTime = (text: string): boolean => pattern.test(text) && readDay(text.slice(0, 10)) !== null;

/** In UTC, with `Z`. A time without an offset is UTC. */
export const utcTime = (text: string): string => {
  if (isDate(text)) return `${text}T00:00:00Z`;
  const whole = /(Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text}Z`;
  return new Date(whole).toISOString().replace('.000Z', 'Z');
};

/** The same, where the vendor takes dates as well. */
export const dateOrUtcTime = (text: string): string => (isDate(text) ? text : utcTime(text));
