import { z } from 'zod';
import { exportOperations, monthSchema } from '../src/domain/export.ts';
import { none } from '../src/server/operation/operation.ts';
import { connectionId } from './shared/budget-body.ts';
import { exportAnswer, exportOrRowsAnswer } from './shared/export-answers.ts';
import { defineWrite } from './shared/operation.ts';
import { writeProblems } from './shared/problems.ts';

export const exportAnyCost = defineWrite({
  id: 'exportAnyCost',
  method: 'POST',
  path: '/v1/exports/anycost',
  resultsUnder: '/v1/exports',
  tag: 'Exports',
  summary: 'Send a month of one connection to another that takes bills',
  description:
    'The month is read at the finest grain that its vendor has, with every kind of charge, and written in the Common Bill Format. A month that cannot be read completely is not sent. The receiver checks all rows before the first is sent. One export at a time writes into a stream. `dryRun` sends nothing and answers with the rows. An export that takes longer than this request may is a 202, and goes on: `Location` tells how far it is. Repeated under its `Idempotency-Key`, it is the same export.',
  scope: 'write',
  query: none,
  params: none,
  body: z
    .strictObject({
      from: connectionId,
      to: connectionId
        .optional()
        .meta({ description: 'The connection that takes the bill; needed where several can.', examples: ['umbra'] }),
      month: monthSchema.meta({ description: 'In UTC.', examples: ['2026-10'] }),
      connectionId: z
        .string()
        .trim()
        .min(1)
        .max(256)
        .meta({ description: "The receiver's id of the stream that takes the rows.", examples: ['5f1c'] }),
      operation: z.enum(exportOperations).optional().meta({
        description:
          '`replace_drop` (the default) replaces the whole month, `replace_hourly` the hours that are sent, `sum` adds to what is there.',
      }),
      dryRun: z.boolean().optional().meta({ description: 'Answers with the rows, and sends nothing.' }),
    })
    .meta({ id: 'ExportMonth' }),
  answers: {
    200: exportOrRowsAnswer,
    202: exportAnswer('The export goes on; `Location` is its path.', { state: 'running', done: 0, requests: 0 }),
  },
  problems: writeProblems,
  handle: ({ body, services, ...ask }) => services.exports.start(body, ask),
});
