import { z } from 'zod';
import { type Failure, failureKinds } from './failure.ts';
import { problemKinds, problemPath } from './problem-kinds.ts';

/** RFC 9457, with the extensions of this API. */
export const problemSchema = z
  .strictObject({
    type: z.enum(failureKinds.map(problemPath)).meta({ description: 'The path of the page that explains this kind.' }),
    title: z.string().meta({ description: 'The kind in a few words; the same for every problem of it.' }),
    status: z.int().min(400).max(599).meta({ description: 'The HTTP status.' }),
    detail: z.string().meta({ description: 'What happened this time.' }),
    instance: z.string().meta({ description: 'The path of the request.' }),
    requestId: z.string().meta({ description: 'Leads to this request in the log of the gateway.' }),
    errors: z
      .array(
        z.strictObject({
          path: z.string().meta({ description: 'Where the fault is.', examples: ['query.start'] }),
          message: z.string().meta({ description: 'What is wrong there.' }),
        }),
      )
      .optional()
      .meta({ description: 'Every fault of the input.' }),
    retryAfterSeconds: z.int().min(0).optional().meta({ description: 'How long to wait before the next attempt.' }),
  })
  .meta({ id: 'Problem', description: 'Problem details after RFC 9457.' });
export type Problem = z.output<typeof problemSchema>;

const faultsMax = 250;
const textMax = 500;

const shortened = (text: string): string => (text.length <= textMax ? text : `${text.slice(0, textMax)}…`);

export const problemOf = (
  failure: Failure,
  request: { readonly instance: string; readonly requestId: string },
): Problem => {
  const { status, title } = problemKinds[failure.kind];
  const { errors, retryAfterMs } = failure.details;
  return {
    type: problemPath(failure.kind),
    title,
    status,
    detail: failure.details.public,
    instance: request.instance,
    requestId: request.requestId,
    ...(errors === undefined
      ? {}
      : {
          errors: errors
            .slice(0, faultsMax)
            .map(({ path, message }) => ({ path: shortened(path), message: shortened(message) })),
        }),
    ...(retryAfterMs === undefined ? {} : { retryAfterSeconds: Math.max(0, Math.ceil(retryAfterMs / 1000)) }),
  };
};
