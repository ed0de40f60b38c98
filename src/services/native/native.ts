import { createHash } from 'node:crypto';
import type { Clock } from '../../domain/clock.ts';
import type { Consumer } from '../../domain/consumer.ts';
import { Failure, type FailureKind } from '../../domain/failure/failure.ts';
import type { Store } from '../../store/store.ts';
import type { Connection } from '../../vendor/connection.ts';
import type { NativeOperation } from '../../vendor/contract/contract.ts';
import type { Written } from '../../vendor/written.ts';
import type { Ask } from '../list-request.ts';
import type { WriteAsk, WriteKind } from '../writes/kind.ts';
import type { WriteResult } from '../writes/write-result.ts';
import type { Writes } from '../writes/writes.ts';
import { createKeptReplies, type NativeAnswer } from './kept-replies.ts';
import { createMatcher, type Matched, type Matcher } from './match.ts';
import { segmentsOf } from './path.ts';
import { type NativeReply, nativeReplyOf } from './reply.ts';
import { type NativeInput, vendorRequestOf } from './request.ts';

export interface FoundOperation extends Matched {
  readonly connection: Connection;
}

/** The vendors' own operations, as their catalogues have them. */
export interface NativeService {
  /** `rawPath`: the vendor's path as it was requested, still encoded. Throws where no catalogue has it. */
  find(connection: string, method: string, rawPath: string, consumer: Consumer): FoundOperation;
  read(found: FoundOperation, input: NativeInput, ask: Ask): Promise<NativeAnswer>;
  write(found: FoundOperation, input: NativeInput, ask: WriteAsk): Promise<WriteResult>;
}

export interface NativeServiceOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly connections: readonly Connection[];
  readonly writes: Writes;
  readonly written: Written;
}

/** The vendor did nothing, and asks for the same again later: the key of the write is free again. */
const turnedAway: readonly FailureKind[] = ['vendor-throttled'];
/** The vendor refused: its answer is the outcome. */
const refused: readonly FailureKind[] = [
  'vendor-rejected',
  'vendor-not-found',
  'permission-missing',
  'credentials-rejected',
];

/** A larger answer to a write is passed on once and not repeated. */
const keptBytesMax = 1024 * 1024;

/** The reply of a vendor that did not do a write now. */
export class TurnedAway extends Error {
  readonly reply: NativeReply;
  constructor(reply: NativeReply) {
    super('the vendor did not do it now');
    this.reply = reply;
  }
}

const mayBeFile = ({ answers }: NativeOperation): boolean => answers.some((type) => !/\bjson\b/i.test(type));

const resultOf = ({ status, headers, contentType, bytes }: NativeReply): WriteResult => {
  const omitted = bytes.length > keptBytesMax;
  return {
    done: 'answered',
    status,
    headers: omitted ? { ...headers, 'cost-gateway-omitted': `body of ${bytes.length} bytes` } : headers,
    contentType,
    body: omitted ? '' : Buffer.from(bytes).toString('base64'),
  };
};

export const createNativeService = (options: NativeServiceOptions): NativeService => {
  const { connections, writes, written } = options;
  const readKept = createKeptReplies(options.store, options.clock, written);
  const matchers = new Map<Connection['connector']['operations'], Matcher>();
  const matcherOf = ({ connector: { operations } }: Connection): Matcher => {
    const known = matchers.get(operations);
    if (known !== undefined) return known;
    const made = createMatcher(operations?.() ?? []);
    matchers.set(operations, made);
    return made;
  };

  /** Nothing tells whether an unknown operation was done, so an answer that has not come is never looked up. */
  const kind: WriteKind = {
    name: 'native',
    repeatable: false,
    look: async () => 'unclear',
    affected: (connection) => written.note(connection),
  };
  writes.register(kind);

  const connectionOf = (id: string, consumer: Consumer): Connection => {
    const visible = connections.filter((each) => consumer.connections?.has(each.id) ?? true);
    const found = visible.find((each) => each.id === id);
    if (found !== undefined) return found;
    const known = visible.map((each) => each.id).join(', ') || 'none';
    throw new Failure('not-found', { public: `There is no such connection; known are ${known}.` });
  };

  const keyHeader = ({ idempotencyHeader }: NativeOperation, key: string) =>
    idempotencyHeader === undefined ? {} : { headers: { [idempotencyHeader]: key } };

  return {
    find: (id, method, rawPath, consumer) => {
      const connection = connectionOf(id, consumer);
      const segments = segmentsOf(rawPath);
      const matcher = matcherOf(connection);
      const found = matcher.find(method === 'HEAD' ? 'GET' : method, segments);
      if (found !== null) return { ...found, connection };
      const methods = matcher.methodsOf(segments);
      if (methods.length > 0)
        throw new Failure('method-not-allowed', {
          public: `This operation of the vendor takes ${methods.join(', ')}.`,
        });
      throw new Failure('not-found', {
        public: `${connection.title} has no such operation; the list of operations has what there is.`,
      });
    },
    read: async (found, input, ask) => {
      const request = vendorRequestOf(found, input);
      if (!mayBeFile(found.operation)) return readKept(found.connection, request, ask);
      const { deadline, signal } = ask;
      const session = found.connection.session({
        purpose: 'dashboard',
        deadline,
        ...(signal === undefined ? {} : { signal }),
      });
      // Only one caller can read a file, so it is not kept.
      const { reply } = await session.exchange({ ...request, answer: 'file' });
      return { reply: nativeReplyOf(reply), kept: null };
    },
    write: async (found, input, ask) => {
      const { connection, operation } = found;
      const request = vendorRequestOf(found, input);
      return writes.perform(
        {
          kind,
          connection,
          subject: { operation: operation.id, path: request.path },
          turn: null,
          deduplicates: operation.idempotencyHeader !== undefined,
          send: async (session, key) => {
            const { reply: answered, failure } = await session.exchange({ ...request, ...keyHeader(operation, key) });
            const reply = nativeReplyOf(answered);
            if (failure === null || refused.includes(failure.kind)) return resultOf(reply);
            if (!turnedAway.includes(failure.kind)) throw failure;
            throw new Failure(failure.kind, { ...failure.details, cause: new TurnedAway(reply) });
          },
        },
        ask,
      );
    },
  };
};

/** What identifies a native request for its idempotency key. */
export const contentOf = ({ query, contentType, body }: NativeInput) => ({
  query: [...query].sort(([left], [right]) => (left < right ? -1 : 1)),
  contentType,
  body: body === null ? null : createHash('sha256').update(body).digest('base64url'),
});
