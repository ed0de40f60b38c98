import type { z } from 'zod';
import type { WriteResult } from '../../services/writes/write-result.ts';
import { readInput } from './input.ts';
import { LineBody } from './line-body.ts';
import {
  noBody,
  type Operation,
  type OperationAnswer,
  type OperationEntry,
  type OperationInput,
  type WriteInput,
} from './operation.ts';
import { answerOfWrite } from './write-answer.ts';

/** Defines operations whose handlers receive these services and return the answer. */
export const defineOperationsOver =
  <Services>() =>
  <Query extends z.ZodObject, Params extends z.ZodObject, Body extends z.ZodType>(
    definition: OperationEntry<Query, Params, Body> & {
      readonly handle: (
        input: OperationInput<Services, z.output<Query>, z.output<Params>, z.output<Body>>,
      ) => Promise<OperationAnswer> | OperationAnswer;
    },
  ): Operation<Services> => ({
    ...definition,
    run: async ({ once: _once, ...raw }, services) =>
      definition.handle({ ...raw, ...readInput(definition, raw), services }),
  });

/**
 * Defines operations that write. The handler returns what was done, which decides between 201 with `Location`, 200 and
 * 204. A request that is repeated under its idempotency key gets the same answer.
 */
export const defineWritesOver =
  <Services>() =>
  <Query extends z.ZodObject, Params extends z.ZodObject, Body extends z.ZodType>(
    definition: OperationEntry<Query, Params, Body> & {
      readonly handle: (
        input: WriteInput<Services, z.output<Query>, z.output<Params>, z.output<Body>>,
      ) => Promise<WriteResult>;
      /** For a body of lines. */
      readonly handleLines?: (
        input: WriteInput<Services, z.output<Query>, z.output<Params>, undefined> & { readonly lines: LineBody },
      ) => Promise<WriteResult>;
    },
  ): Operation<Services> => ({
    ...definition,
    run: async ({ once, ...raw }, services) => {
      const { body: lines } = raw;
      const { handle, handleLines } = definition;
      const result = await once(async (ticket) => {
        if (!(lines instanceof LineBody) || handleLines === undefined)
          return handle({ ...raw, ...readInput(definition, raw), services, ticket });
        const input = readInput({ ...definition, body: noBody }, { ...raw, body: undefined });
        return handleLines({ ...raw, ...input, services, ticket, lines });
      });
      return answerOfWrite(result, definition.resultsUnder ?? definition.path);
    },
  });
