import { z } from 'zod';
import { readDay } from '../../../src/domain/day.ts';

export const daySchema = z.string().refine((text) => readDay(text) !== null);
/** A range of days as requests name it. */
export const rangeSchema = z
  .object({ start_date: daySchema, end_date: daySchema, group_by_type: z.string().optional() })
  .refine((range) => range.start_date <= range.end_date);
export type Range = z.output<typeof rangeSchema>;
