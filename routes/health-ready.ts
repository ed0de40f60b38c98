import { z } from 'zod';
import { Failure } from '../src/domain/failure/failure.ts';
import { noBody, none } from '../src/server/operation/operation.ts';
import { defineOperation } from './shared/operation.ts';

export const healthReady = defineOperation({
  id: 'healthReady',
  method: 'GET',
  path: '/health/ready',
  tag: 'Gateway',
  summary: 'Should it be sent traffic?',
  description:
    'Not while it is starting or draining. A vendor fault does not make it unready: what is kept can still be served. A store that cannot be reached or written does not either; `checks` says that it is degraded. A connection of which no call has succeeded since the start is not yet proven, and says so.',
  scope: null,
  query: none,
  params: none,
  body: noBody,
  answers: {
    200: {
      description: 'It should.',
      schema: z.object({
        status: z.literal('ready'),
        store: z.string(),
        durable: z.boolean(),
        storeState: z.enum(['ok', 'lost', 'unwritable']),
        checks: z.array(
          z.object({ name: z.enum(['store']), state: z.enum(['ok', 'degraded']), detail: z.string().nullable() }),
        ),
        connections: z.array(z.object({ connection: z.string(), state: z.enum(['proven', 'not yet proven']) })),
      }),
      example: {
        status: 'ready',
        store: 'sqlite',
        durable: true,
        storeState: 'ok',
        checks: [{ name: 'store', state: 'ok', detail: null }],
        connections: [{ connection: 'acme', state: 'proven' }],
      },
    },
  },
  problems: ['not-ready'],
  handle: ({ services: { readiness, providers } }) => {
    if (readiness.state === 'ready') {
      return { json: { status: 'ready', ...readiness.details, connections: providers.proofs() } };
    }
    throw new Failure('not-ready', { public: `The gateway is ${readiness.state}.`, retryAfterMs: 1000 });
  },
});
