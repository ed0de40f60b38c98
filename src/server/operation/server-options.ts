import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { FastifyHttpOptions } from 'fastify';
import type { Clock } from '../../domain/clock.ts';
import type { Log } from '../../telemetry/log.ts';
import { answerClientError } from '../plugins/client-errors.ts';
import { sendProblem } from '../plugins/problems.ts';
import { requestIdOf } from '../plugins/request-context.ts';

const kibibyte = 1024;
const bodyBytesMax = 1024 * kibibyte;

/** Proxies whose `X-Forwarded-For` is trusted: none, all, this many hops, or these addresses. */
export type ServerTrust = boolean | number | readonly string[];

export interface ServerLimits {
  /** Until the whole request has arrived. */
  readonly requestTimeoutMs: number;
  readonly headersTimeoutMs: number;
  /** How often the two timeouts above are checked. */
  readonly checkEveryMs: number;
  /** Without a byte in either direction. */
  readonly idleTimeoutMs: number;
  readonly keepAliveMs: number;
}

const defaultLimits: ServerLimits = {
  requestTimeoutMs: 30_000,
  headersTimeoutMs: 10_000,
  checkEveryMs: 1_000,
  idleTimeoutMs: 120_000,
  keepAliveMs: 72_000,
};

const trustOf = (trust: ServerTrust) => {
  if (typeof trust === 'number') return (_address: string, hop: number) => hop < trust;
  return typeof trust === 'boolean' ? trust : [...trust];
};

/** The options of a Fastify instance. The defaults would leave slow and broken clients without an answer. */
export const serverOptions = (options: {
  readonly clock: Clock;
  readonly log: Log;
  readonly limits?: Partial<ServerLimits>;
  readonly trustProxy?: ServerTrust;
  /** Sees every request first; true if it has answered it. */
  readonly answersFirst?: (request: IncomingMessage, response: ServerResponse) => boolean;
}): FastifyHttpOptions<Server> => {
  const limits = { ...defaultLimits, ...options.limits };
  const { answersFirst = () => false } = options;
  const http = {
    maxHeaderSize: 16 * kibibyte,
    headersTimeout: limits.headersTimeoutMs,
    connectionsCheckingInterval: limits.checkEveryMs,
    requireHostHeader: true,
    insecureHTTPParser: false,
  };
  return {
    serverFactory: (handler) => {
      const server = createServer(http, (request, response) => {
        if (!answersFirst(request, response)) handler(request, response);
      });
      server.keepAliveTimeout = limits.keepAliveMs;
      server.requestTimeout = limits.requestTimeoutMs;
      server.timeout = limits.idleTimeoutMs;
      return server;
    },
    logger: false,
    genReqId: (request) => requestIdOf(request.headers['x-request-id'], options.clock),
    requestIdHeader: false,
    trustProxy: trustOf(options.trustProxy ?? false),
    bodyLimit: bodyBytesMax,
    requestTimeout: limits.requestTimeoutMs,
    connectionTimeout: limits.idleTimeoutMs,
    keepAliveTimeout: limits.keepAliveMs,
    return503OnClosing: false,
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    exposeHeadRoutes: true,
    routerOptions: {
      caseSensitive: true,
      ignoreTrailingSlash: false,
      ignoreDuplicateSlashes: false,
      maxParamLength: 8 * kibibyte,
      // `parseQueryString` reads queries.
      querystringParser: () => ({}),
    },
    frameworkErrors: (error, request, reply) => {
      reply.header('x-request-id', request.id).header('x-content-type-options', 'nosniff');
      sendProblem(reply, error, options.log);
    },
    clientErrorHandler: (error, socket) => answerClientError(error, socket, options.clock),
  };
};
