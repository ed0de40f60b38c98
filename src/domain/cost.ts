import { z } from 'zod';

export const costTypes = ['billed', 'effective', 'list', 'contracted'] as const;
export type CostType = (typeof costTypes)[number];
export const costTypeSchema = z.enum(costTypes);

export const granularities = ['daily', 'monthly', 'total'] as const;
export type Granularity = (typeof granularities)[number];
