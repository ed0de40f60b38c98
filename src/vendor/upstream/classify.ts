import type { Clock } from '../../domain/clock.ts';
import { Failure, type FailureDetails, type FailureKind } from '../../domain/failure/failure.ts';
import { type Turns, takeTurns } from '../../domain/turns.ts';
import type { Connector } from '../contract/contract.ts';
import type { VendorReply, VendorRequest } from '../contract/request.ts';
import { NestingTooDeep, parseInTurns } from '../kit/json-in-turns.ts';
import { parseLosslessly } from '../kit/lossless-json.ts';
import type { Policy } from './call/call.ts';
import { jsonDepthMax, nestsTooDeep } from './depth.ts';
import { readRetryAfter } from './pauses/retry-after.ts';

/** Where the first character of a text that is JSON stands at the latest. */
const beginningBytes = 1024;

const looksLikeJson = (reply: VendorReply): boolean =>
  /[/+]json\b/i.test(reply.headers['content-type'] ?? '') ||
  /^\s*[[{]/.test(
    reply.bytes === undefined ? reply.text : Buffer.from(reply.bytes.subarray(0, beginningBytes)).toString('utf8'),
  );

const nestingTooDeep = (): Failure =>
  new Failure('vendor-malformed', {
    public: `The vendor's answer nests deeper than ${jsonDepthMax} levels; it was not read.`,
  });

/** Throws SyntaxError where the text is not valid JSON. */
const parse = async (reply: VendorReply, turns: Turns): Promise<unknown> => {
  if (reply.bytes !== undefined) return parseInTurns(reply.bytes, jsonDepthMax, turns);
  if (nestsTooDeep(reply.text)) throw new NestingTooDeep();
  return parseLosslessly(reply.text);
};

/** The reply with its JSON parsed; `json` stays undefined where the text is not valid JSON. */
const withJson = async (reply: VendorReply, turns: Turns): Promise<VendorReply> => {
  if (!looksLikeJson(reply)) return reply;
  try {
    const json = await parse(reply, turns);
    const { status, headers, bytes, raw } = reply;
    if (bytes === undefined) return { ...reply, json };
    // Not spread, because that would make the text of a long body.
    return {
      status,
      headers,
      bytes,
      ...(raw === undefined ? {} : { raw }),
      json,
      get text() {
        return reply.text;
      },
    };
  } catch (thrown) {
    if (thrown instanceof NestingTooDeep) throw nestingTooDeep();
    if (thrown instanceof SyntaxError) return reply;
    throw thrown;
  }
};

const kindOf: Readonly<Record<number, FailureKind>> = {
  400: 'vendor-rejected',
  401: 'credentials-rejected',
  403: 'permission-missing',
  404: 'vendor-not-found',
  405: 'vendor-rejected',
  408: 'vendor-timeout',
  409: 'vendor-rejected',
  410: 'vendor-not-found',
  413: 'vendor-rejected',
  422: 'vendor-rejected',
  429: 'vendor-throttled',
};

const publicSentences: Partial<Record<FailureKind, string>> = {
  'vendor-rejected': 'The vendor refused the request.',
  'credentials-rejected': 'The vendor does not accept the credentials of this connection.',
  'permission-missing': 'The credentials of this connection lack a permission that the request needs.',
  'vendor-not-found': 'The vendor did not find what was requested.',
  'vendor-timeout': 'The vendor did not answer in time.',
  'vendor-throttled': 'The vendor asks for fewer requests.',
  'vendor-unavailable': 'The vendor failed to answer.',
  'vendor-redirected': 'The vendor answered with a redirect, which is never followed.',
  'vendor-malformed': 'The vendor answered with something other than JSON.',
};

const failureOfStatus = (reply: VendorReply, request: VendorRequest, now: number): Failure | null => {
  const { status } = reply;
  const retryAfterMs = status === 429 || status === 503 ? readRetryAfter(reply.headers, now) : null;
  const failure = (kind: FailureKind): Failure => {
    const details: FailureDetails = {
      public: `${publicSentences[kind] ?? 'The vendor failed to answer.'} (HTTP ${status})`,
      internal: `${request.operation}: HTTP ${status}, ${reply.headers['content-type'] ?? 'no content type'}`,
    };
    return new Failure(kind, retryAfterMs === null ? details : { ...details, retryAfterMs });
  };
  if (status >= 200 && status <= 299) {
    const isEmptyWriteReply = status === 204 && request.effect === 'write';
    return reply.json === undefined && !isEmptyWriteReply && request.answer === undefined
      ? failure('vendor-malformed')
      : null;
  }
  if (status >= 300 && status <= 399) return failure('vendor-redirected');
  if (status === 503 && retryAfterMs !== null) return failure('vendor-throttled');
  return failure(kindOf[status] ?? 'vendor-unavailable');
};

/** A throttle read from the vendor's error format takes its wait from the header, unless it already names one. */
const withRetryAfter = (failure: Failure | null, reply: VendorReply, now: number): Failure | null => {
  if (failure?.kind !== 'vendor-throttled' || failure.details.retryAfterMs !== undefined) return failure;
  const retryAfterMs = readRetryAfter(reply.headers, now);
  return retryAfterMs === null ? failure : new Failure(failure.kind, { ...failure.details, retryAfterMs });
};

/**
 * Turns an answer into a reply or a failure: first by the vendor's own error format, then by the status.
 * Answers to requests without credentials, such as token requests, are left to the caller.
 */
export const classify =
  (connector: Pick<Connector, 'readFailure'>, clock: Clock): Policy =>
  (next) =>
  async (call) => {
    const { request, progress } = call;
    progress.reply = null;
    const reply = await withJson(await next(call), takeTurns(clock, call));
    if (request.credentials === 'none') return reply;
    progress.reply = reply;
    const now = clock.now();
    const failure =
      withRetryAfter(connector.readFailure(reply, request), reply, now) ?? failureOfStatus(reply, request, now);
    if (failure !== null) throw failure;
    return reply;
  };
