import type { Ask, ListParameters } from '../answer/ask.ts';
import { limitDefault, questionOf } from '../answer/ask.ts';
import type { Pager } from '../answer/pager.ts';
import type { Keeper } from '../cost/keeper.ts';
import type { Shelf } from '../cost/shelf.ts';
import { cubeDimensions } from '../dimension/service.ts';
import type { UpstreamState } from '../http/upstream.ts';
import type { Connection } from './connection.ts';
import { visibleConnections } from './visible.ts';

export interface ProviderService {
  list(parameters: ListParameters, ask: Ask): Promise<unknown>;
  /** For the landing page and readiness: no figure, no call to a vendor. */
  healths(): Promise<{ id: string; title: string; health: UpstreamState['health']; sandbox: boolean }[]>;
}

const capabilitiesOf = (connection: Connection) => {
  const { costs, ...others } = connection.connector.capabilities;
  const tags = costs.cubes.some((cube) => (cube.optional ?? []).includes('tag')) ? ['tag'] : [];
  return {
    costs: {
      dimensions: [...cubeDimensions(connection), ...tags],
      granularities: ['daily', 'monthly', 'total'],
      costTypes: [...costs.costTypes],
    },
    ...Object.fromEntries(Object.entries(others).map(([name, capability]) => [name, Object.keys(capability ?? {})])),
  };
};

export interface ProviderServiceOptions {
  readonly connections: readonly Connection[];
  readonly keeper: Keeper;
  readonly shelf: Shelf;
  readonly pager: Pager;
  /** Set where nothing outlives the process although something should. */
  readonly storeWarning: string | null;
  readonly monotonic: () => number;
}

/** A list of what is known must not wait for a vendor that hangs. */
const dialectMsMax = 2_000;

export const openProviderService = (options: ProviderServiceOptions): ProviderService => {
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
      completeThrough: options.keeper.completeThrough(connection),
      cache: options.shelf.figures(connection.storageKey),
      warnings: options.storeWarning === null ? [] : [options.storeWarning],
    };
  };
  return {
    list: (parameters, ask) => {
      const visible = visibleConnections(options.connections, ask.consumer, parameters);
      return options.pager.page({
        operation: 'providers',
        question: questionOf('providers', parameters),
        consumer: ask.consumer.name,
        limit: parameters.limit ?? limitDefault,
        cursor: parameters.cursor,
        build: async () => ({
          items: await Promise.all(
            visible.map((connection) =>
              describe(connection, Math.min(ask.deadline, options.monotonic() + dialectMsMax)),
            ),
          ),
          rest: { meta: { complete: true, providers: [] } },
        }),
      });
    },
    healths: () =>
      Promise.all(
        options.connections.map(async ({ id, title, sandbox, upstream }) => ({
          id,
          title,
          sandbox,
          health: (await upstream.state()).health,
        })),
      ),
  };
};
