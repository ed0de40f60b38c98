import Fastify, { type FastifyInstance } from 'fastify';
import { systemClock } from '../../../src/domain/clock.ts';
import type { Consumer } from '../../../src/domain/consumer.ts';
import { type MountOptions, mount } from '../../../src/server/operation/mount.ts';
import type { Operation } from '../../../src/server/operation/operation.ts';
import { type ServerLimits, serverOptions } from '../../../src/server/operation/server-options.ts';
import { requestContext } from '../../../src/server/plugins/request-context.ts';

interface LogLine {
  readonly level: string;
  readonly fields: object;
  readonly message: string;
}

const listeningLog = () => {
  const lines: LogLine[] = [];
  const at = (level: string) => (fields: object, message: string) => {
    lines.push({ level, fields, message });
  };
  return { lines, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
};

const reader: Consumer = { name: 'reader', scopes: new Set(['read']), connections: null };

export interface ToyApi {
  readonly app: FastifyInstance;
  readonly log: ReturnType<typeof listeningLog>;
}

export const toyApi = (
  operations: readonly Operation<unknown>[],
  options: Partial<MountOptions> & { readonly limits?: Partial<ServerLimits> } = {},
  before: (app: FastifyInstance) => void = () => {},
): ToyApi => {
  const log = listeningLog();
  const clock = options.clock ?? systemClock;
  const app = Fastify(
    serverOptions({ clock, log, ...(options.limits === undefined ? {} : { limits: options.limits }) }),
  );
  requestContext(app, { log });
  before(app);
  mount(app, operations, null, {
    clock,
    log,
    requestDeadlineMs: 5_000,
    authenticate: () => reader,
    ...options,
  });
  return { app, log };
};

/** Listens on a free port of loopback. */
export const listen = async (app: FastifyInstance): Promise<number> => {
  await app.listen({ host: '127.0.0.1', port: 0 });
  const address = app.server.address();
  if (address === null || typeof address === 'string') throw new TypeError('the server has no port');
  return address.port;
};
