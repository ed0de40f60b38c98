import { z } from 'zod';

/**
 * What is done with what the receiver holds of the month: `replace_drop` replaces all of it, `replace_hourly` the hours
 * that are sent, `sum` adds to it.
 */
export const exportOperations = ['replace_drop', 'replace_hourly', 'sum'] as const;
export type ExportOperation = (typeof exportOperations)[number];

export const monthSchema = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'must be a month such as 2026-10');
