import { z } from 'zod';
import { exportOperations, monthSchema } from '../../src/domain/export.ts';
import { failureKinds } from '../../src/domain/failure/failure.ts';
import { problemPath } from '../../src/domain/failure/problem-kinds.ts';
import { metaSchema } from '../../src/domain/meta.ts';
import { moneySchema } from '../../src/domain/money.ts';
import { exampleMeta } from './examples.ts';

const exportSchema = z
  .object({
    id: z.string(),
    state: z.enum(['running', 'done', 'failed']),
    done: z.int().meta({ description: 'Requests that the receiver has taken.' }),
    total: z.int().nullable().meta({ description: 'Of how many; null before the month is read.' }),
    problem: z
      .object({ type: z.enum(failureKinds.map(problemPath)), kind: z.enum(failureKinds), detail: z.string() })
      .nullable(),
    from: z.string(),
    to: z.string(),
    connectionId: z.string(),
    month: monthSchema,
    operation: z.enum(exportOperations),
    rowCount: z.int(),
    totals: z.array(moneySchema).meta({ description: 'The sum of all rows, as `/v1/costs` has it.' }),
    requests: z.int(),
    dropIds: z.array(z.string()).meta({ description: "The receiver's ids of what it took." }),
    skipped: z.boolean().meta({ description: 'Nothing was sent, because the receiver has the same rows already.' }),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'Export' });

const example = {
  id: '4f0c1f7c1c9a4c0e9d8a7b6c5d4e3f2a',
  state: 'done',
  done: 1,
  total: 1,
  problem: null,
  from: 'acme',
  to: 'umbra',
  connectionId: '5f1c',
  month: '2026-10',
  operation: 'replace_drop',
  rowCount: 62,
  totals: [{ amount: '1234.5678', currency: 'USD' }],
  requests: 1,
  dropIds: ['2026-10-1'],
  skipped: false,
  createdAt: '2026-11-21T10:00:00Z',
  updatedAt: '2026-11-21T10:00:04Z',
} as const;

export const exportAnswer = (description: string, more: Partial<z.input<typeof exportSchema>> = {}) => ({
  description,
  schema: z.object({ data: exportSchema, meta: metaSchema }),
  example: { data: { ...example, ...more }, meta: exampleMeta },
});

/** An export, or the rows that it would send. */
export const exportOrRowsAnswer = {
  description: 'The export, which has ended; with `dryRun` the rows that it would send.',
  schema: z.object({
    data: z.union([
      exportSchema,
      z
        .object({
          month: monthSchema,
          operation: z.enum(exportOperations),
          rows: z.array(z.record(z.string(), z.string())),
          rowCount: z.int(),
          totals: z.array(moneySchema),
          requests: z.int(),
          dropIds: z.array(z.string()),
        })
        .meta({ id: 'ExportedRows' }),
    ]),
    meta: metaSchema,
  }),
  example: { data: example, meta: exampleMeta },
};
