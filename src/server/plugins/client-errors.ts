import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Clock } from '../../domain/clock.ts';
import { Failure } from '../../domain/failure/failure.ts';
import { problemOf } from '../../domain/failure/problem.ts';
import { failureOf } from './framework-failures.ts';
import { problemHeaders } from './problems.ts';

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

const openExchanges = new WeakMap<object, Set<Exchange>>();

/** Records an exchange, so that an answer to unreadable bytes is never written into another answer on its connection. */
export const beginExchange = (request: IncomingMessage, response: ServerResponse): void => {
  const exchange = { request, response };
  const open = openExchanges.get(request.socket) ?? new Set();
  openExchanges.set(request.socket, open.add(exchange));
  response.once('close', () => open.delete(exchange));
};

const unreadable = new Failure('invalid-request', { public: 'The bytes received are not an HTTP request.' });

const rawAnswer = (error: Error, clock: Clock): string => {
  const known = failureOf(error);
  const failure = known.kind === 'internal' ? unreadable : known;
  const problem = problemOf(failure, { instance: '', requestId: clock.id() });
  const body = JSON.stringify(problem);
  const headers = {
    ...problemHeaders(problem, failure),
    'x-request-id': problem.requestId,
    'x-content-type-options': 'nosniff',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}\r\n${lines.join('')}\r\n${body}`;
};

/**
 * Answers bytes that Node could not read as a request. An earlier complete request on the same connection is answered
 * first. A request whose body broke off gets this answer; if its own answer has begun, the connection is closed.
 */
export const answerClientError = (error: Error, socket: Duplex, clock: Clock): void => {
  const close = () => socket.destroy();
  if (('code' in error && error.code === 'ECONNRESET') || !socket.writable) {
    close();
    return;
  }
  const answer = () => {
    if (socket.writable) socket.end(rawAnswer(error, clock), close);
    else close();
  };
  const open = [...(openExchanges.get(socket) ?? [])];
  const broken = open.find(({ request }) => !request.complete);
  if (broken?.response.headersSent === true) close();
  else if (broken !== undefined || open.length === 0) answer();
  else open.at(-1)?.response.once('close', answer);
};
