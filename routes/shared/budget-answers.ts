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

/** What reading one thing can answer with beside its data. */
export const readProblems = [
  'invalid-request',
  'not-found',
  'vendor-unavailable',
  'vendor-timeout',
  'vendor-throttled',
  'vendor-malformed',
  'vendor-incomplete',
  'credentials-rejected',
  'permission-missing',
  'circuit-open',
  'quota-exhausted',
  'overloaded',
  'deadline-exceeded',
] as const;

/** What a write can answer with beside that. */
export const writeProblems = [
  ...readProblems,
  'conflict',
  'capability-unsupported',
  'idempotency-conflict',
  'idempotency-mismatch',
  'idempotency-unavailable',
  'outcome-unknown',
  'vendor-rejected',
  'vendor-not-found',
  'unsupported-media-type',
  'payload-too-large',
] as const;

export const writtenOnce =
  'It is sent to the vendor at most once. With an `Idempotency-Key` the same request may be repeated for 24 hours: the first answer is given again, and while it is not known yet the repetition is a 409. A key stands for one request of one consumer; with another body, path or operation it is a 422. Where the vendor never answers, the gateway looks for what was written: it says `outcome-unknown` while it cannot tell, and never sends it again.';
