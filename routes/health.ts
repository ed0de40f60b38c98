import { z } from 'zod';
import { Failure } from '../src/domain/failure/failure.ts';
import { noBody, none } from '../src/server/operation/operation.ts';
import { defineOperation } from './shared/operation.ts';

const open = { method: 'GET', tag: 'Gateway', scope: null, query: none, params: none, body: noBody } as const;

export const healthLive = defineOperation({
  ...open,
  id: 'healthLive',
  path: '/health/live',
  summary: 'Is the process alive?',
  description: 'Answers as long as the process can answer at all.',
  answers: { 200: { description: 'It is.', schema: z.object({ status: z.literal('ok') }), example: { status: 'ok' } } },
  problems: [],
  handle: () => ({ json: { status: 'ok' } }),
});

export const healthReady = defineOperation({
  ...open,
  id: 'healthReady',
  path: '/health/ready',
  summary: 'Should it be sent traffic?',
  description:
    'Not while it is starting or draining. A vendor fault does not make it unready: what is kept can still be served.',
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
