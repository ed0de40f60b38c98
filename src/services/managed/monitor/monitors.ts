import type { MonitorDefinition } from '../../../config/file-schemas.ts';
import type { CostEngine } from '../../../costs/engine.ts';
import { addDays } from '../../../domain/day.ts';
import { namedDimensions } from '../../../domain/dimension.ts';
import { type Monitor, type MonitorInput, monitorInputSchema, sourceMonitorSchema } from '../../../domain/nouns.ts';
import type { Connection } from '../../../vendor/connection.ts';
import { canWatch, monitorWatch } from '../../anomaly/watch.ts';
import type { OwnMonitors } from '../../anomaly/watches.ts';
import { ownerOf } from '../../plain-list.ts';
import { createScopeCosts } from '../budget/scope-costs.ts';
import { type ManagedService, type ManageOptions, manage } from '../manage.ts';
import type { Managed } from '../managed.ts';

export interface MonitorService
  extends Pick<ManagedService<Monitor, MonitorInput>, 'list' | 'get' | 'create' | 'replace' | 'remove'> {
  /** The monitors that the gateway evaluates. */
  readonly own: OwnMonitors;
}

export interface MonitorServiceOptions extends Omit<ManageOptions, 'currencies'> {
  readonly engine: CostEngine;
  /** The monitors that the connections file defines. */
  readonly defined?: readonly MonitorDefinition[] | undefined;
}

const definedMonitor = ({ id, connection: _connection, ...input }: MonitorDefinition): Monitor => ({
  nativeId: id,
  ...input,
  createdAt: null,
  updatedAt: null,
});

/** Why the costs of this connection cannot be watched as the monitor needs; null if they can. */
const cannotWatch = (connection: Connection, input: MonitorInput, today: string): string | null => {
  const end = addDays(today, 1);
  const watch = monitorWatch({ ...input, nativeId: '', createdAt: null, updatedAt: null });
  if (watch !== null && canWatch(connection, watch, today, end)) return null;
  const possible = namedDimensions.filter((key) =>
    canWatch(connection, { groupBy: [key], filters: new Map() }, today, end),
  );
  const named = possible.length === 0 ? 'by nothing' : `by ${possible.join(', ')}, where these can be combined`;
  return `The daily costs of ${connection.title} can be watched ${named}; the monitor needs something else.`;
};

export const createMonitorService = (options: MonitorServiceOptions): MonitorService => {
  const { clock, engine, defined = [] } = options;

  const kind: Managed<Monitor, MonitorInput> = {
    noun: 'monitor',
    plural: 'monitors',
    thing: sourceMonitorSchema,
    input: monitorInputSchema,
    source: ({ connector }) => connector.capabilities.monitors,
    defined: ({ id }) => defined.filter((each) => each.connection === id).map(definedMonitor),
    make: (input, record) => ({ ...record, ...input }),
    cannotKeep: (connection, input) => cannotWatch(connection, input, clock.today()),
    comparedAmount: ({ minImpact }) => (minImpact === null ? null : { name: 'an impact', amount: minImpact }),
    present: ({ nativeId, managedBy, createdAt, updatedAt, ...monitor }, connection) => ({
      ...ownerOf(connection, nativeId),
      ...monitorInputSchema.parse(monitor),
      managedBy,
      createdAt,
      updatedAt,
    }),
  };

  const monitors = manage(kind, { ...options, currencies: createScopeCosts(engine, clock).currencies });
  const { list, get, create, replace, remove, readings } = monitors;
  return { list, get, create, replace, remove, own: readings.ownedByGateway };
};
