import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../../domain/clock.ts';
import type { Consumer } from '../../domain/consumer.ts';
import { Failure, invalid } from '../../domain/failure/failure.ts';
import type { Log } from '../../telemetry/log.ts';
import { answerProblems } from '../plugins/problems.ts';
import { prepareAnswer, type SendableAnswer, sendAnswer } from './answer.ts';
import { acceptJsonOnly } from './json-body.ts';
import { acceptLines, LineBody } from './line-body.ts';
import { negotiate } from './negotiate.ts';
import { noBody, type Once, type Operation, type OperationEntry, type RawInput } from './operation.ts';
import { parseQueryString } from './query-string.ts';
import { allowedMs, pathParametersOf, rawQueryOf, saysNoCache } from './request-conditions.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Null on open routes, and before authentication. */
    consumer: Consumer | null;
    /** A value of `clock.monotonic()`. */
    deadline: number;
  }
  interface FastifyContextConfig {
    /** The id of the operation; absent for routes that are not operations. */
    readonly operation?: string;
    /** True for a route that another document describes. */
    readonly documentedElsewhere?: true;
  }
}

/** One request to one operation, as `around` and `once` see it. */
export interface OperationCall {
  readonly operation: OperationEntry;
  readonly input: RawInput;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

export type Run = (changes?: Partial<RawInput>) => Promise<SendableAnswer>;

export interface MountOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly requestDeadlineMs: number;
  readonly authenticate: (request: FastifyRequest, reply: FastifyReply) => Consumer | Promise<Consumer>;
  /** Called right after authentication; throws a Failure to reject the request. */
  readonly admit?: (operation: OperationEntry, request: FastifyRequest, reply: FastifyReply) => void | Promise<void>;
  /** Runs all work of a request, in every wait. */
  readonly within?: (request: FastifyRequest, work: () => Promise<FastifyReply>) => Promise<FastifyReply>;
  /** For how long a request that is seen now may have waited before; its deadline counts that. */
  readonly unseenMs?: () => number;
  /** Wraps every operation, such as an answer cache. `run` takes the changes to the input. */
  readonly around?: (call: OperationCall, run: Run) => Promise<SendableAnswer>;
  /** Runs a write once for its idempotency key. Without it, operations that write throw. */
  readonly once?: (call: OperationCall, run: Parameters<Once>[0]) => ReturnType<Once>;
}

const refuseWrites = (): never => {
  throw new TypeError('operations that write need `once`');
};

/** A handler answers at its deadline by itself, often partially. One that does not is aborted this much later. */
const graceMs = 250;
const anonymous: Consumer = { name: 'anonymous', scopes: new Set(), connections: null };

const checkScope = (operation: OperationEntry, consumer: Consumer): void => {
  if (operation.scope === null || consumer.scopes.has(operation.scope)) return;
  throw new Failure('forbidden', { public: `This operation needs the scope ${operation.scope}.` });
};

const mediaTypesOf = (operation: OperationEntry): string[] => {
  const answers = Object.values(operation.answers);
  const json = answers.some((answer) => answer.schema !== undefined) ? ['application/json'] : [];
  return [...json, ...answers.flatMap((answer) => answer.alsoAs ?? [])];
};

const bodyReaderOf = (operation: OperationEntry) => {
  const required = !operation.body.safeParse(undefined).success;
  return (body: unknown): unknown => {
    if (body instanceof LineBody) {
      if (operation.lines !== undefined) return body;
      throw new Failure('unsupported-media-type', {
        public: 'A body must be sent with one Content-Type, application/json.',
      });
    }
    if (required && body === undefined) throw invalid('body', 'a JSON body is due');
    if (operation.body === noBody && body !== undefined) throw invalid('body', 'this operation takes no body');
    return body;
  };
};

const deadlineExceeded = (): Failure =>
  new Failure('deadline-exceeded', { public: 'No answer was ready within the time allowed.' });

/** Rejects with a Failure if the work has not settled shortly after the deadline. */
const withDeadline = async <Value>(
  deadline: number,
  clock: Clock,
  cancelWork: (reason: Failure) => void,
  work: Promise<Value>,
) => {
  let stopTimer = () => {};
  const timeout = new Promise<never>((_resolve, reject) => {
    stopTimer = clock.after(deadline + graceMs - clock.monotonic(), () => {
      const failure = deadlineExceeded();
      reject(failure);
      cancelWork(failure);
    });
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    stopTimer();
  }
};

/** What a request asks of an operation, whatever the operation is. */
export interface Answering {
  readonly operation: OperationEntry;
  /** The media types that it can answer with; empty where it answers as it likes. */
  readonly mediaTypes: readonly string[];
  readonly body: unknown;
  readonly query: RawInput['query'];
  readonly params: RawInput['params'];
  readonly run: (input: RawInput) => Promise<SendableAnswer>;
}

/** Answers one request within its deadline. */
export const respond = async (
  request: FastifyRequest,
  reply: FastifyReply,
  asked: Answering,
  options: MountOptions,
): Promise<FastifyReply> => {
  const { clock } = options;
  const { operation, mediaTypes } = asked;
  const around = options.around ?? ((_call: OperationCall, run: Run) => run());
  const once = options.once ?? refuseWrites;
  const [firstType, ...otherTypes] = mediaTypes;
  const cancellation = new AbortController();
  const noteClosed = () => {
    if (!reply.raw.writableFinished)
      cancellation.abort(new Failure('internal', { public: 'The caller closed the connection.' }));
  };
  if (reply.raw.destroyed) noteClosed();
  else reply.raw.once('close', noteClosed);
  const acceptHeader = request.headers.accept ?? '*/*';
  const accept = firstType === undefined ? acceptHeader : negotiate(acceptHeader, [firstType, ...otherTypes]);
  const input: RawInput = {
    query: asked.query,
    params: asked.params,
    body: asked.body,
    consumer: request.consumer ?? anonymous,
    accept,
    noCache: saysNoCache(request),
    signal: cancellation.signal,
    deadline: request.deadline,
    once: (run) => once(call, run),
  };
  const call: OperationCall = { operation, input, request, reply };
  const work = async () => {
    const answer = await around(call, (changes) => asked.run({ ...input, ...changes }));
    return prepareAnswer(answer, request, clock);
  };
  const answer = await withDeadline(request.deadline, clock, (reason) => cancellation.abort(reason), work());
  // The timer may be late as well.
  if (clock.monotonic() > request.deadline + graceMs) throw deadlineExceeded();
  return sendAnswer(reply, answer, (error) => {
    if (cancellation.signal.aborted) return;
    options.log.error({ requestId: request.id, operation: operation.id, err: error }, 'sending a body failed');
  });
};

const handlerOf = <Services>(operation: Operation<Services>, services: Services, options: MountOptions) => {
  const readBody = bodyReaderOf(operation);
  const mediaTypes = mediaTypesOf(operation);
  const within = options.within ?? ((_request: FastifyRequest, work: () => Promise<FastifyReply>) => work());
  const handle = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> =>
    respond(
      request,
      reply,
      {
        operation,
        mediaTypes,
        query: parseQueryString(rawQueryOf(request)),
        params: pathParametersOf(request),
        body: readBody(request.body),
        run: (input) => operation.run(input, services),
      },
      options,
    );
  return (request: FastifyRequest, reply: FastifyReply) => within(request, () => handle(request, reply));
};

/**
 * Authentication, admission, scope and deadline of a request, before its body is read. `meant` tells the operation whose
 * scope is needed, where that depends on the request.
 */
export const admitRequest = async (
  request: FastifyRequest,
  reply: FastifyReply,
  operation: OperationEntry,
  options: MountOptions,
  meant: (consumer: Consumer) => OperationEntry = () => operation,
): Promise<void> => {
  const arrived = options.clock.monotonic() - (options.unseenMs?.() ?? 0);
  if (operation.scope !== null) request.consumer = await options.authenticate(request, reply);
  await options.admit?.(operation, request, reply);
  if (request.consumer !== null) checkScope(meant(request.consumer), request.consumer);
  request.deadline = arrived + allowedMs(request, options.requestDeadlineMs);
};

/**
 * Registers the operations on a Fastify instance that was made with `serverOptions`, with authentication, scopes,
 * deadlines, JSON bodies and problems. Call it once, before other routes.
 */
export const mount = <Services>(
  app: FastifyInstance,
  operations: readonly Operation<Services>[],
  services: Services,
  options: MountOptions,
): void => {
  acceptJsonOnly(app);
  acceptLines(app);
  answerProblems(app, options);
  app.decorateRequest('consumer', null);
  app.decorateRequest('deadline', Number.POSITIVE_INFINITY);
  for (const operation of operations) {
    app.route({
      method: operation.method,
      url: operation.path.replaceAll(/\{(\w+)\}/g, ':$1'),
      config: { operation: operation.id },
      onRequest: (request, reply) => admitRequest(request, reply, operation, options),
      handler: handlerOf(operation, services, options),
    });
  }
};
