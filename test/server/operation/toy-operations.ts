import { z } from 'zod';
import { defineOperationsOver } from '../../../src/server/operation/define.ts';
import { noBody, none } from '../../../src/server/operation/operation.ts';

/** Toys use no services. */
export const defineOperation = defineOperationsOver<unknown>();

/** What every toy operation shares; a test overrides what it is about. */
export const toy = {
  id: 'toy',
  method: 'GET',
  path: '/v1/toys',
  tag: 'Gateway',
  summary: 'A toy.',
  description: 'Something to test with.',
  scope: 'read',
  query: none,
  params: none,
  body: noBody,
  answers: { 200: { description: 'A toy.', schema: z.unknown() } },
  problems: [],
} as const;

const toyBody = z.strictObject({ name: z.string(), size: z.number().optional() });

/** Gives back what it was given. */
export const echo = defineOperation({
  ...toy,
  id: 'echo',
  path: '/v1/echo/{id}',
  params: z.strictObject({ id: z.string() }),
  handle: ({ params, consumer, noCache, accept }) => ({ json: { id: params.id, by: consumer.name, noCache, accept } }),
});

export const create = defineOperation({
  ...toy,
  id: 'create',
  method: 'POST',
  body: toyBody,
  scope: 'read',
  handle: ({ body }) => ({ status: 201, headers: { location: `/v1/toys/${body.name.length}` }, json: body }),
});

export const remove = defineOperation({
  ...toy,
  id: 'remove',
  method: 'DELETE',
  path: '/v1/toys/{id}',
  params: z.strictObject({ id: z.string() }),
  answers: { 204: { description: 'Gone.' } },
  handle: () => ({ status: 204 }),
});
