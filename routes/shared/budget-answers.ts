import { z } from 'zod';
import { budgetSchema } from '../../src/domain/answer-schemas.ts';
import { metaSchema } from '../../src/domain/meta.ts';
import { exampleMeta } from './examples.ts';

/** What the operations on one budget answer with. */

export const exampleBudget = {
  id: 'acme:b-1',
  provider: 'acme',
  connection: 'acme',
  name: 'Core platform',
  period: 'monthly',
  limit: { amount: '25000.5', currency: 'USD' },
  spent: { amount: '20000.4', currency: 'USD' },
  remaining: { amount: '5000.1', currency: 'USD' },
  percentUsed: '80',
  forecast: null,
  status: 'warning',
  alerts: [{ thresholdPercent: '80', recipients: ['ops@example.com'] }],
  managedBy: 'vendor',
  scope: { account: '123456789012' },
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: null,
};

export const budgetAnswer = (description: string) => ({
  description,
  schema: z.object({ data: budgetSchema, meta: metaSchema }),
  example: { data: exampleBudget, meta: exampleMeta },
});
