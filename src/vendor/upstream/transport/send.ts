import { Pool } from 'undici';
import type { Clock } from '../../../domain/clock.ts';
import { Failure } from '../../../domain/failure/failure.ts';
import { takeTurns } from '../../../domain/turns.ts';
import type { Connector, Credentials, SignableRequest } from '../../contract/contract.ts';
import type { VendorReply } from '../../contract/request.ts';
import type { Send, VendorCall } from '../call/call.ts';
import { readBody, textOf } from './body.ts';
import { boundedFile, isFile } from './file.ts';
import { publishSent } from './sent.ts';
import { payloadOf, targetOf } from './target.ts';
import { transportFailure } from './transport-failure.ts';
import { acceptEncoding } from './unpack.ts';

const vendorConnectTimeoutMs = 10_000;
const headerBytesMax = 64 * 1024;
/** undici's timers only apply if the timeout policy's timer does not. */
const backstopMs = 5000;

/** What of a connector decides how its requests are sent. */
export type Sending = Pick<Connector, 'provider' | 'origins' | 'credentials'> & {
  readonly limits: Pick<Connector['limits'], 'concurrency' | 'timeoutMs'>;
};

export interface Sender {
  readonly send: Send;
  close(): Promise<void>;
}

type RawHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The first value of a repeated header; but two `retry-after` contradict each other, and two encodings are two layers. */
const flatten = (raw: RawHeaders): Record<string, string> => {
  const headers: [string, string][] = [];
  for (const [name, value] of Object.entries(raw)) {
    if (value === undefined) continue;
    if (typeof value === 'string') headers.push([name, value]);
    else if (name === 'content-encoding') headers.push([name, value.join(', ')]);
    else if (name !== 'retry-after' && value[0] !== undefined) headers.push([name, value[0]]);
  }
  return Object.fromEntries(headers);
};

const lowerCase = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

/** The headers that sign this attempt; none for credentials of another kind. */
const signatureOf = (
  credentials: Credentials,
  { request }: VendorCall,
  sent: Pick<SignableRequest, 'origin' | 'path' | 'headers'> & { readonly body: string | Uint8Array | null },
  clock: Clock,
): Readonly<Record<string, string>> =>
  credentials.kind === 'signed' && request.credentials !== 'none'
    ? credentials.sign({
        ...sent,
        method: request.method,
        body: typeof sent.body === 'string' ? Buffer.from(sent.body) : (sent.body ?? new Uint8Array()),
        at: clock.now(),
      })
    : {};

/** Sends one request and reads the whole answer. Follows no redirect, retries nothing, accepts any status. */
export const openSender = (connector: Sending, userAgent: string, clock: Clock): Sender => {
  const pools = new Map<string, Pool>();
  let closed = false;
  const poolFor = (origin: string): Pool => {
    const known = pools.get(origin);
    if (known !== undefined) return known;
    if (closed) throw new Failure('not-ready', { public: 'The gateway is shutting down.' });
    const pool = new Pool(origin, {
      connections: connector.limits.concurrency + 2,
      pipelining: 1,
      allowH2: false,
      connectTimeout: vendorConnectTimeoutMs,
      maxHeaderSize: headerBytesMax,
    });
    pools.set(origin, pool);
    return pool;
  };

  const exchange = async (call: VendorCall): Promise<VendorReply> => {
    const { request, signal, authorisation } = call;
    const { origin, path } = targetOf(request, connector.origins);
    const payload = payloadOf(request);
    const headers = { ...payload.headers, ...lowerCase(request.headers ?? {}), ...lowerCase(authorisation) };
    const signed = signatureOf(connector.credentials, call, { origin, path, headers, body: payload.body }, clock);
    publishSent(connector.provider, request, { ...authorisation, ...signed });
    const idleTimeoutMs = (request.timeoutMs ?? connector.limits.timeoutMs) + backstopMs;
    const answer = await poolFor(origin).request({
      method: request.method,
      path,
      headers: {
        'user-agent': userAgent,
        accept: request.answer === undefined ? 'application/json' : '*/*',
        'accept-encoding': acceptEncoding,
        ...headers,
        ...lowerCase(signed),
      },
      body: payload.body,
      signal,
      headersTimeout: idleTimeoutMs,
      bodyTimeout: idleTimeoutMs,
    });
    const answered = flatten(answer.headers);
    const { statusCode: status } = answer;
    if (request.answer === 'file' && isFile(status, answered)) {
      return { status, headers: answered, text: '', json: undefined, stream: boundedFile(answer.body, answered) };
    }
    const bytes = await readBody(answer.body, answered, takeTurns(clock, { signal }));
    const text = textOf(bytes, answered['content-type']);
    const reply = { status, headers: answered, json: undefined };
    return Object.assign(text, reply, request.answer === undefined ? {} : { raw: bytes });
  };

  return {
    send: async (call) => {
      try {
        return await exchange(call);
      } catch (thrown) {
        if (call.signal.aborted) throw call.signal.reason;
        throw thrown instanceof TypeError ? thrown : transportFailure(thrown, call.request.operation);
      }
    },
    close: async () => {
      closed = true;
      await Promise.all([...pools.values()].map((pool) => pool.destroy()));
    },
  };
};
