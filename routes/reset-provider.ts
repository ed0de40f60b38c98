import { z } from 'zod';
import { noBody, none } from '../src/server/operation/operation.ts';
import { providerSchema } from './list-providers.ts';
import { defineWrite } from './shared/operation.ts';

export const resetProvider = defineWrite({
  id: 'resetProvider',
  method: 'POST',
  path: '/v1/providers/{connection}/reset',
  tag: 'Providers',
  summary: 'Close the circuit of a connection and drop its pauses',
  description:
    'For when the vendor is known to be well again, or its credentials were renewed at the vendor. The next request is sent at once, by every replica that shares the store. What was spent of a quota stays spent; a vendor that still refuses is left alone again.',
  scope: 'admin',
  query: none,
  params: z.object({ connection: z.string().meta({ description: 'The id of a connection.', example: 'acme' }) }),
  body: noBody,
  answers: {
    200: {
      description: 'The connection as it now is.',
      schema: providerSchema,
      example: {
        provider: 'acme',
        connection: 'acme',
        title: 'Acme Cloud',
        sandbox: false,
        dialect: null,
        health: 'ok',
        capabilities: { costs: { dimensions: ['service'], granularities: ['daily'], costTypes: ['billed'] } },
        circuit: 'closed',
        pausedUntil: null,
        pauseReason: null,
        token: null,
        quotas: [],
        lastSuccessAt: '2026-11-21T09:00:00Z',
        lastFailure: {
          kind: 'vendor-unavailable',
          public: 'The vendor failed to answer. (HTTP 500)',
          at: '2026-11-21T10:00:00Z',
        },
        backfill: null,
        completeThrough: '2026-11-20',
        cache: { segments: 12, bytes: 123456 },
        warnings: [],
      },
    },
  },
  problems: ['invalid-request', 'not-found'],
  handle: async ({ params, services, ...ask }) => ({
    done: 'changed',
    body: await services.providers.reset(params.connection, ask),
  }),
});
