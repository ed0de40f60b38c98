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
    'Not while it is starting or draining. A vendor fault does not make it unready: what is kept can still be served.',
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
        storeState: z.enum(['ok', 'lost']),
      }),
      example: { status: 'ready', store: 'sqlite', durable: true, storeState: 'ok' },
    },
  },
  problems: ['not-ready'],
  handle: ({ services: { readiness } }) => {
    if (readiness.state === 'ready') return { json: { status: 'ready', ...readiness.details } };
    throw new Failure('not-ready', { public: `The gateway is ${readiness.state}.`, retryAfterMs: 1000 });
  },
});
