import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Failure } from '../../domain/failure/failure.ts';
import { type Problem, problemOf } from '../../domain/failure/problem.ts';
import type { Log } from '../../telemetry/log.ts';
import { failureOf } from './framework-failures.ts';
import { KnownPaths } from './known-paths.ts';

const instanceMax = 500;

/** The path without the query, which may contain secrets. */
export const instanceOf = (url: string): string => (url.split(/[?#]/, 1)[0] ?? '').slice(0, instanceMax);

export const problemHeaders = (problem: Problem, failure: Failure): Record<string, string> => ({
  'content-type': 'application/problem+json',
  'cache-control': 'no-store',
  ...(failure.kind === 'unauthenticated' ? { 'www-authenticate': 'Bearer realm="cost-gateway"' } : {}),
  ...(problem.retryAfterSeconds === undefined ? {} : { 'retry-after': String(problem.retryAfterSeconds) }),
});

const logFailure = (failure: Failure, problem: Problem, log: Log): void => {
  if (problem.status < 500) return;
  const fields = {
    requestId: problem.requestId,
    path: problem.instance,
    kind: failure.kind,
    internal: failure.details.internal,
    ...(failure.kind === 'internal' ? { err: failure.details.cause } : {}),
  };
  if (failure.kind === 'internal') log.error(fields, 'a request failed with an internal error');
  else log.warn(fields, failure.details.public);
};

/** Replaces the reply by a problem. Sent as bytes, so that Fastify adds no charset to the content type. */
export const sendProblem = (reply: FastifyReply, thrown: unknown, log: Log): FastifyReply => {
  const failure = failureOf(thrown);
  const problem = problemOf(failure, {
    instance: instanceOf(reply.request.raw.url ?? ''),
    requestId: reply.request.id,
  });
  if (!reply.raw.destroyed) logFailure(failure, problem, log);
  reply.removeHeader('content-length');
  return reply
    .code(problem.status)
    .headers(problemHeaders(problem, failure))
    .send(Buffer.from(JSON.stringify(problem)));
};

/**
 * Answers errors, unknown paths, wrong methods and OPTIONS. Call it before the routes are registered: it collects the
 * methods of each path from their registration.
 */
export const answerProblems = (app: FastifyInstance, options: { readonly log: Log }): void => {
  const known = new KnownPaths();
  app.addHook('onRoute', (route) => known.add(route.url, [route.method].flat()));

  const answerUnrouted = async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const methods = known.methodsOf(request.raw.url ?? '');
    if (methods.length === 0) throw new Failure('not-found', { public: 'No operation has this path.' });
    reply.header('allow', methods.join(', '));
    if (request.method === 'OPTIONS') return reply.code(204).send();
    throw new Failure('method-not-allowed', { public: `This path takes ${methods.join(', ')}.` });
  };
  // Before the body is read, and after every onRequest hook, such as the one that answers preflights.
  app.addHook('preParsing', async (request, reply) => {
    if (request.is404) await answerUnrouted(request, reply);
  });
  app.setNotFoundHandler(answerUnrouted);
  app.setErrorHandler((error, _request, reply) => sendProblem(reply, error, options.log));
};
