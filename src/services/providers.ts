import type { SegmentCache } from '../costs/segments/segment-cache.ts';
import type { SegmentWriter } from '../costs/segments/segment-writer.ts';
import { Failure } from '../domain/failure/failure.ts';
import type { Connection } from '../vendor/connection.ts';
import type { UpstreamState } from '../vendor/upstream/upstream.ts';
import type { Backfill } from './backfill.ts';
import { cubeDimensions } from './dimensions.ts';
import type { FirstCheck } from './first-check.ts';
import type { Ask, ListParameters } from './list-request.ts';
import { limitDefault, questionOf } from './list-request.ts';
import type { PagedAnswer, Pager } from './paging/pager.ts';
import { visibleConnections } from './visible-connections.ts';

export interface ProviderService {
  list(parameters: ListParameters, ask: Ask): Promise<PagedAnswer>;
  /** Closes its circuits and ends its pauses; used quota stays used. Returns its entry in the list. */
  reset(connection: string, ask: Ask): Promise<object>;
  /** For the readiness: whether a call has succeeded yet. Reads nothing, not even the store. */
  proofs(): { connection: string; state: 'proven' | 'not yet proven' }[];
  /** For the landing page. It waits for no vendor. */
  healths(): Promise<{ id: string; title: string; health: UpstreamState['health']; sandbox: boolean }[]>;
}

const writeNames: Readonly<Record<string, string>> = { create: 'create', replace: 'replace', remove: 'delete' };

/** The operations of one capability, such as `list` and `history`, and the writes that the vendor supports. */
const abilitiesOf = (capability: object): string[] =>
  Object.entries(capability).flatMap(([name, ability]) => {
    if (name === 'available') return [];
    if (name !== 'writes') return [name];
    return Object.entries(Object(ability)).flatMap(([write, way]) =>
      way === undefined ? [] : (writeNames[write] ?? []),
    );
  });

const capabilitiesOf = (connection: Connection) => {
  const { costs, telemetry, bills, ...others } = connection.connector.capabilities;
  const tags = costs.cubes.some((cube) => (cube.optional ?? []).includes('tag')) ? ['tag'] : [];
  return {
    costs: {
      dimensions: [...cubeDimensions(connection), ...tags],
      granularities: ['daily', 'monthly', 'total'],
      costTypes: [...costs.costTypes],
    },
    ...Object.fromEntries(Object.entries(others).map(([name, capability]) => [name, abilitiesOf(capability ?? {})])),
    ...(telemetry === undefined ? {} : { telemetry: [...telemetry.kinds] }),
    ...(bills === undefined ? {} : { bills: [...bills.operations] }),
  };
};

export interface ProviderServiceOptions {
  readonly connections: readonly Connection[];
  readonly segmentWriter: SegmentWriter;
  readonly segmentCache: SegmentCache;
  readonly pager: Pager;
  readonly backfill: Pick<Backfill, 'progress'>;
  /** Says when data that should survive a restart is kept in memory only, or was lost; null otherwise. */
  readonly storeWarning: () => string | null;
  readonly firstCheck: FirstCheck;
  readonly monotonic: () => number;
}

/** Wait limit for the dialect: the list must not wait for a vendor that hangs. */
const dialectMsMax = 2_000;

export const createProviderService = (options: ProviderServiceOptions): ProviderService => {
  const { firstCheck } = options;
  const warningsOf = ({ id }: Connection, health: UpstreamState['health']): string[] => {
    const failure = health === 'unknown' ? firstCheck.failure(id) : null;
    return [options.storeWarning(), failure === null ? null : `The first call failed: ${failure}`].filter(
      (warning) => warning !== null,
    );
  };
  const describe = async (connection: Connection, deadline: number) => {
    const { health, lastFailure, ...state } = await connection.upstream.state();
    const { dialect } = connection.connector;
    return {
      provider: connection.provider,
      connection: connection.id,
      title: connection.title,
      sandbox: connection.sandbox,
      dialect:
        dialect === undefined
          ? null
          : await dialect(connection.session({ purpose: 'dashboard', deadline })).catch(() => null),
      health,
      capabilities: capabilitiesOf(connection),
      ...state,
      lastFailure,
      completeThrough: options.segmentWriter.completeThrough(connection),
      backfill: await options.backfill.progress(connection),
      cache: options.segmentCache.figures(connection.storageKey),
      warnings: warningsOf(connection, health),
    };
  };
  const dialectDeadline = ({ deadline }: Ask): number => Math.min(deadline, options.monotonic() + dialectMsMax);
  return {
    reset: async (id, ask) => {
      const connection = visibleConnections(options.connections, ask.consumer, {}).find((each) => each.id === id);
      if (connection === undefined) throw new Failure('not-found', { public: 'No connection has this id.' });
      await connection.upstream.reset();
      return describe(connection, dialectDeadline(ask));
    },
    list: (parameters, ask) => {
      firstCheck.look();
      const visible = visibleConnections(options.connections, ask.consumer, parameters);
      return options.pager.page({
        operation: 'providers',
        question: questionOf('providers', parameters),
        consumer: ask.consumer,
        limit: parameters.limit ?? limitDefault,
        cursor: parameters.cursor,
        build: async () => ({
          items: await Promise.all(visible.map((connection) => describe(connection, dialectDeadline(ask)))),
          rest: { meta: { complete: true, providers: [] } },
        }),
      });
    },
    healths: () => {
      firstCheck.look();
      return Promise.all(
        options.connections.map(async ({ id, title, sandbox, upstream }) => ({
          id,
          title,
          sandbox,
          health: (await upstream.state()).health,
        })),
      );
    },
    proofs: () => {
      firstCheck.look();
      return options.connections.map(({ id, upstream }) => ({
        connection: id,
        state: upstream.proven() ? 'proven' : 'not yet proven',
      }));
    },
  };
};
