import { z } from 'zod';
import { failureKinds, invalid } from '../../src/domain/failure/failure.ts';
import { problemPath } from '../../src/domain/failure/problem-kinds.ts';
import { metaSchema } from '../../src/domain/meta.ts';
import { type TelemetryOperation, telemetryKinds, telemetryOperations } from '../../src/domain/telemetry.ts';
import { choice, freeText, one } from '../../src/server/operation/parameters.ts';
import { connectionId } from './budget-body.ts';
import { exampleMeta } from './examples.ts';
import { writeProblems } from './problems.ts';

/** What the operations on telemetry take and answer. */

export const streamParameter = z.object({
  stream: z.string().meta({ description: 'The name of a stream at the vendor.', example: 'orders' }),
});

const telemetryConnection = connectionId
  .optional()
  .meta({ description: 'The connection that takes it; needed where several can.', examples: ['acme'] });

const telemetryOperation = z.enum(telemetryOperations).meta({
  description:
    '`sum` adds to what the vendor has of the same time and meaning, `replace` overwrites it, `delete` removes it.',
});

/** A request of a few thousand records; more are sent in several, or from a file by `npm run telemetry`. */
const recordsMax = 20_000;

const deliverySchema = z
  .object({
    id: z.string(),
    state: z.enum(['running', 'done', 'failed']),
    done: z.int().meta({ description: 'Requests to the vendor that are over.' }),
    total: z.int().nullable(),
    problem: z
      .object({ type: z.enum(failureKinds.map(problemPath)), kind: z.enum(failureKinds), detail: z.string() })
      .nullable(),
    connection: z.string(),
    kind: z.enum(telemetryKinds),
    stream: z.string(),
    operation: z.enum(telemetryOperations),
    records: z.int(),
    unknown: z
      .array(z.object({ first: z.int(), last: z.int() }))
      .meta({ description: 'Records, counted from 0, of which it is not known whether the vendor took them.' }),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'TelemetryDelivery' });

const example = {
  id: '0d9b3f7c1c9a4c0e9d8a7b6c5d4e3f2a',
  state: 'done',
  done: 3,
  total: 3,
  problem: null,
  connection: 'acme',
  kind: 'unit-metric',
  stream: 'orders',
  operation: 'sum',
  records: 250,
  unknown: [],
  createdAt: '2026-11-21T10:00:00Z',
  updatedAt: '2026-11-21T10:00:03Z',
} as const;

export const deliveryAnswer = (description: string, more: Partial<z.input<typeof deliverySchema>> = {}) => ({
  description,
  schema: z.object({ data: deliverySchema, meta: metaSchema }),
  example: { data: { ...example, ...more }, meta: exampleMeta },
});

const sentAnswers = {
  200: deliveryAnswer('All records were sent.'),
  202: deliveryAnswer('The delivery goes on; `Location` is its path.', { state: 'running', done: 1 }),
};

const sentDescription =
  "Every record is checked by the vendor's rules before the first is sent. They are sent at the pace that the vendor allows, in requests of one filter shape, one after the other and each once. A request without an answer is sent again where that comes to the same (`replace`, `delete`); where records would be counted twice it is left, and `unknown` names them. What takes longer than this request may is a 202 and goes on, also after a restart. Repeated under its `Idempotency-Key`, it is the same delivery.\n\nMore records than a JSON body takes come as NDJSON, a record on each line, up to 256 MiB: `operation` and `connection` then stand in the query, and the lines are checked and stored as they arrive.";

/** What sending telemetry has in common, whatever the records are. */
export const sending = <Record extends z.ZodType>(record: Record) => ({
  resultsUnder: '/v1/telemetry/deliveries',
  tag: 'Telemetry',
  description: sentDescription,
  scope: 'write' as const,
  query: z.strictObject({
    operation: one(
      choice(telemetryOperations).meta({
        description: 'For a body of lines; of JSON it stands in the body.',
        examples: ['sum'],
      }),
    ).optional(),
    connection: one(
      freeText({ max: 63 }).meta({
        description: 'For a body of lines; of JSON it stands in the body.',
        examples: ['acme'],
      }),
    ).optional(),
  }),
  params: streamParameter,
  lines: record,
  body: z.strictObject({
    connection: telemetryConnection,
    operation: telemetryOperation,
    records: z.array(record).min(1).max(recordsMax),
  }),
  answers: sentAnswers,
  problems: writeProblems,
});

/** What stands in the query belongs to a body of lines, and must be there for one. */
export const operationOfLines = (query: {
  readonly operation?: TelemetryOperation | undefined;
}): TelemetryOperation => {
  if (query.operation !== undefined) return query.operation;
  throw invalid('query.operation', `must be one of ${telemetryOperations.join(', ')} for a body of lines`);
};
export const refuseInQuery = (query: Readonly<Record<string, unknown>>): void => {
  const [name] = Object.keys(query).filter((each) => query[each] !== undefined);
  if (name !== undefined) throw invalid(`query.${name}`, 'belongs to a body of lines; of JSON it stands in the body');
};
