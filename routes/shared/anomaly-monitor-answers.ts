import { z } from 'zod';
import { monitorSchema } from '../../src/domain/answer-schemas.ts';
import { metaSchema } from '../../src/domain/meta.ts';
import { exampleMeta } from './examples.ts';

/** What the operations on one monitor answer with. */

export const exampleMonitor = {
  id: 'acme:m-1',
  provider: 'acme',
  connection: 'acme',
  name: 'Database watch',
  description: 'Databases have grown without notice before.',
  filters: { service: ['AmazonRDS'] },
  groupBy: ['account'],
  sensitivity: 'high',
  minImpact: { amount: '10', currency: 'USD' },
  managedBy: 'gateway',
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: null,
};

export const monitorAnswer = (description: string) => ({
  description,
  schema: z.object({ data: monitorSchema, meta: metaSchema }),
  example: { data: exampleMonitor, meta: exampleMeta },
});
