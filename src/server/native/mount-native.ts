import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Failure } from '../../domain/failure/failure.ts';
import type { FoundOperation, NativeService } from '../../services/native/native.ts';
import { contentOf, TurnedAway } from '../../services/native/native.ts';
import type { NativeReply } from '../../services/native/reply.ts';
import { bodyBytesMax, type NativeInput } from '../../services/native/request.ts';
import type { SendableAnswer } from '../operation/answer.ts';
import { admitRequest, type MountOptions, respond } from '../operation/mount.ts';
import { noBody, none, type OperationEntry, type RawInput } from '../operation/operation.ts';
import { parseQueryString } from '../operation/query-string.ts';
import { rawQueryOf } from '../operation/request-conditions.ts';
import { answerOfWrite } from '../operation/write-answer.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The vendor's operation that a request means; null on other routes. */
    native: FoundOperation | null;
  }
}

const path = '/native/{connection}/{path}';

const entryOf = (scope: 'native:read' | 'native:write', method: 'GET' | 'POST'): OperationEntry => ({
  id: 'native',
  method,
  path,
  tag: 'Native',
  summary: "A vendor's own operation",
  description: 'Answered by the vendor, with its status and its bytes.',
  scope,
  query: none,
  params: z.object({}),
  body: noBody,
  answers: {},
  problems: [],
});

/** By what a vendor's operation does, whatever its method. */
const entries = { read: entryOf('native:read', 'GET'), write: entryOf('native:write', 'POST') } as const;
export const nativeEntries: readonly OperationEntry[] = Object.values(entries);

/** A vendor's page must not act as one of ours. */
const bodyPolicy = "default-src 'none'; sandbox; frame-ancestors 'none'";

const answerOf = ({ status, headers, contentType, bytes, stream }: NativeReply): SendableAnswer => ({
  status,
  headers: { ...headers, 'cost-gateway-answered-by': 'vendor', 'content-security-policy': bodyPolicy },
  ...(stream === undefined ? {} : { stream, contentType: contentType ?? 'application/octet-stream' }),
  ...(bytes.length === 0 ? {} : { bytes, contentType: contentType ?? 'application/octet-stream' }),
});

/** The path behind the connection as it was sent, undecoded. */
const rawPathOf = (request: FastifyRequest): string => {
  const [whole = ''] = (request.raw.url ?? '').split('?', 1);
  return whole.slice(whole.indexOf('/', '/native/'.length));
};

const connectionOf = (request: FastifyRequest): string => {
  const value: unknown = Reflect.get(Object(request.params), 'connection');
  return typeof value === 'string' ? value : '';
};

/** Fastify reads no body of a GET. */
const readBody = async (request: FastifyRequest): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request.raw) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > bodyBytesMax)
      throw new Failure('payload-too-large', { public: 'The body is larger than this operation reads.' });
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
};

const hasBody = ({ headers }: FastifyRequest): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

const inputOf = async (request: FastifyRequest): Promise<NativeInput> => {
  const { body } = request;
  const bytes = Buffer.isBuffer(body)
    ? body
    : request.method === 'GET' && hasBody(request)
      ? await readBody(request)
      : null;
  return {
    query: parseQueryString(rawQueryOf(request)),
    contentType: request.headers['content-type'] ?? null,
    body: bytes,
  };
};

const runOf = (service: NativeService, found: FoundOperation, given: NativeInput) => {
  const read = async (input: RawInput): Promise<SendableAnswer> => {
    const { reply, kept } = await service.read(found, given, input);
    return { ...answerOf(reply), ...(kept === null ? {} : { kept }) };
  };
  const write = async ({ once, ...input }: RawInput): Promise<SendableAnswer> => {
    try {
      const result = await once((ticket) => service.write(found, given, { ...input, ticket }));
      const answer = answerOfWrite(result, path);
      return { ...answer, headers: { ...answer.headers, ...answerOf(noReply).headers } };
    } catch (thrown) {
      const cause = thrown instanceof Failure ? thrown.details.cause : null;
      if (cause instanceof TurnedAway) return answerOf(cause.reply);
      throw thrown;
    }
  };
  return found.operation.effect === 'read' ? read : write;
};
const noReply: NativeReply = { status: 200, headers: {}, contentType: null, bytes: new Uint8Array() };

/** Registers `ANY /native/{connection}/…`. Call it after `mount`, with the same options. */
export const mountNative = (app: FastifyInstance, service: NativeService, options: MountOptions): void => {
  app.decorateRequest('native', null);
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, async (_request: FastifyRequest, body: Buffer) => body);
    scope.route({
      method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
      url: '/native/:connection/*',
      bodyLimit: bodyBytesMax,
      config: { operation: 'native', documentedElsewhere: true },
      onRequest: (request, reply) =>
        admitRequest(request, reply, entries.read, options, (consumer) => {
          request.native = service.find(connectionOf(request), request.method, rawPathOf(request), consumer);
          return entries[request.native.operation.effect];
        }),
      handler: async (request: FastifyRequest, reply: FastifyReply) => {
        const found = request.native;
        if (found === null) throw new TypeError('the operation was not looked for');
        const given = await inputOf(request);
        return respond(
          request,
          reply,
          {
            operation: entries[found.operation.effect],
            mediaTypes: [],
            query: given.query,
            params: { connection: found.connection.id, method: found.operation.method, path: found.path },
            body: contentOf(given),
            run: runOf(service, found, given),
          },
          options,
        );
      },
    });
  });
};
