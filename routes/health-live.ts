import { z } from 'zod';
import { noBody, none } from '../src/server/operation/operation.ts';
import { defineOperation } from './shared/operation.ts';

export const healthLive = defineOperation({
  id: 'healthLive',
  method: 'GET',
  path: '/health/live',
  tag: 'Gateway',
  summary: 'Is the process alive?',
  description: 'Answers as long as the process can answer at all.',
  scope: null,
  query: none,
  params: none,
  body: noBody,
  answers: { 200: { description: 'It is.', schema: z.object({ status: z.literal('ok') }), example: { status: 'ok' } } },
  problems: [],
  handle: () => ({ json: { status: 'ok' } }),
});
