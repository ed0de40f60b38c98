import { z } from 'zod';
import { metaSchema, pageSchema } from '../src/domain/meta.ts';
import { noBody, none } from '../src/server/operation/operation.ts';
import { choice, freeText, many, one } from '../src/server/operation/parameters.ts';
import { connectionFilters } from './shared/cost-parameters.ts';
import { exampleMeta, examplePage } from './shared/examples.ts';
import { defineOperation } from './shared/operation.ts';
import { paging } from './shared/paging.ts';
import { listProblems } from './shared/problems.ts';

const operationSchema = z
  .object({
    id: z.string(),
    provider: z.string(),
    connections: z.array(z.string()).meta({ description: 'The connections that it can be called through.' }),
    method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
    path: z.string().meta({ description: "The vendor's path: `/native/{connection}` and this is the path here." }),
    area: z.string(),
    title: z.string(),
    scope: z.string().nullable().meta({ description: 'What the credential must be granted at the vendor.' }),
    effect: z
      .enum(['read', 'write'])
      .meta({ description: 'What it does, whatever its method: it decides between `native:read` and `native:write`.' }),
    parameters: z.array(
      z.object({
        name: z.string(),
        in: z.enum(['path', 'query']),
        required: z.boolean(),
        json: z.boolean().meta({ description: 'The value is the text of a JSON value.' }),
      }),
    ),
    body: z.object({ required: z.boolean(), types: z.array(z.string()) }).nullable(),
    answers: z.array(z.string()).meta({ description: 'Media types of its good answers, where documented.' }),
    quota: z.string().nullable().meta({ description: 'The quota of the connection that a call is charged to.' }),
    note: z.string().nullable(),
  })
  .meta({ id: 'NativeOperation' });

export const listOperations = defineOperation({
  id: 'listOperations',
  method: 'GET',
  path: '/v1/operations',
  tag: 'Native',
  summary: "The vendors' own operations, which /native forwards",
  description:
    'Each can be called as `/native/{connection}` followed by its path, with the same key. The vendor’s status and bytes come back unchanged; tokens, pauses, quotas and retries are the gateway’s. `openapi/native.json` describes them all.',
  scope: 'read',
  query: z.strictObject({
    area: many(
      freeText({ max: 100 }).meta({ description: 'Only operations of this area.', examples: ['Costs'] }),
    ).optional(),
    effect: many(
      choice(['read', 'write']).meta({
        description: 'Only operations that read, or that write.',
        examples: ['read'],
      }),
    ).optional(),
    q: one(
      freeText({ max: 200 }).meta({
        description: 'Words that the path or the title contains, all of them.',
        examples: ['budgets'],
      }),
    ).optional(),
    ...connectionFilters,
    ...paging,
  }),
  params: none,
  body: noBody,
  answers: {
    200: {
      description: 'A page of operations.',
      schema: z.object({ data: z.array(operationSchema), page: pageSchema, meta: metaSchema }),
      example: {
        data: [
          {
            id: 'listInvoices',
            provider: 'acme',
            connections: ['acme'],
            method: 'GET',
            path: '/v2/accounts/{account_id}/invoices',
            area: 'Invoices',
            title: 'List invoices',
            scope: 'invoices:read',
            effect: 'read',
            parameters: [{ name: 'account_id', in: 'path', required: true, json: false }],
            body: null,
            answers: ['application/json'],
            quota: null,
            note: null,
          },
        ],
        page: examplePage,
        meta: exampleMeta,
      },
    },
  },
  problems: listProblems,
  handle: async ({ query, services, ...ask }) => ({ json: await services.operations.list(query, ask) }),
});
