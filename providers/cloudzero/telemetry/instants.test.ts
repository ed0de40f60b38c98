import { afterEach, expect, test, vi } from 'vitest';
import { dateOrUtcTime, utcTime } from './instants.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

test('a time without an offset is UTC wherever the gateway runs, and any other becomes UTC', () => {
  vi.stubEnv('TZ', 'Asia/Kolkata');
  expect(new Date(0).getTimezoneOffset()).not.toBe(0);
  expect(utcTime('2026-09-01T10:00')).toBe('2026-09-01T10:00:00Z');
  expect(utcTime('2026-09-01T10:00:00.250Z')).toBe('2026-09-01T10:00:00.250Z');
  expect(utcTime('2026-09-01T10:00:00+05:30')).toBe('2026-09-01T04:30:00Z');
  expect(utcTime('2026-09-01')).toBe('2026-09-01T00:00:00Z');
});

test('a date stays a date where the vendor takes one', () => {
  expect(dateOrUtcTime('2026-09-01')).toBe('2026-09-01');
  expect(dateOrUtcTime('2026-09-01T23:30:00-01:00')).toBe('2026-09-02T00:30:00Z');
});
