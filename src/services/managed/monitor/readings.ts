import { z } from 'zod';
import type { MonitorDefinition } from '../../../config/file-schemas.ts';
import type { Clock } from '../../../domain/clock.ts';
import { addDays } from '../../../domain/day.ts';
import { namedDimensions } from '../../../domain/dimension.ts';
import type { Monitor, MonitorInput } from '../../../domain/nouns.ts';
import { sourceMonitorSchema } from '../../../domain/nouns.ts';
import type { Store } from '../../../store/store.ts';
import type { Connection } from '../../../vendor/connection.ts';
import type { MonitorSource, Reading, Session } from '../../../vendor/contract/contract.ts';
import type { HeldReadings } from '../../../vendor/list-cache.ts';
import type { Part } from '../../../vendor/part.ts';
import { gatewayMonitors } from '../../anomaly/monitor-storage.ts';
import { canWatch, monitorWatch } from '../../anomaly/watch.ts';
import type { OwnMonitors } from '../../anomaly/watches.ts';

const keptMonitorSchema = sourceMonitorSchema.extend({
  managedBy: z.enum(['vendor', 'gateway']),
  /** Set where it can only be changed in the connections file. */
  fixed: z.boolean(),
});
export type KeptMonitor = z.output<typeof keptMonitorSchema>;

export interface MonitorReadings {
  /** Where the monitors of a connection are kept: at the vendor, or here where it has none. */
  source(connection: Connection): MonitorSource;
  managedBy(connection: Connection): 'vendor' | 'gateway';
  read(
    connection: Connection,
    ask: { readonly noCache: boolean; readonly deadline: number },
  ): Promise<Part<readonly KeptMonitor[]>>;
  /** Those that the gateway itself follows, without a call to any vendor. */
  readonly own: OwnMonitors;
  /** Whatever was read of this connection's monitors is out of date, in every replica. */
  changed(connection: Connection): Promise<void>;
}

export interface MonitorReadingsOptions {
  readonly held: HeldReadings;
  readonly store: Store;
  readonly clock: Clock;
  readonly defined: readonly MonitorDefinition[];
}

const maxAgeMs = 5 * 60_000;

const monitorOf = ({ id, connection: _connection, filters, ...rest }: MonitorDefinition): Monitor => ({
  nativeId: id,
  ...rest,
  filters: Object.fromEntries(
    Object.entries(filters).map(([key, values]) => [key, values === undefined ? [] : [...values]]),
  ),
  createdAt: null,
  updatedAt: null,
});

/** Why the costs of this connection do not show what the monitor is to watch; null when they do. */
const cannotWatch = (connection: Connection, input: MonitorInput, today: string): string | null => {
  const end = addDays(today, 1);
  const watch = monitorWatch({ ...input, nativeId: '', createdAt: null, updatedAt: null });
  if (watch !== null && canWatch(connection, watch, today, end)) return null;
  const possible = namedDimensions.filter((key) =>
    canWatch(connection, { groupBy: [key], filters: new Map() }, today, end),
  );
  const named = possible.length === 0 ? 'by nothing' : `by ${possible.join(', ')}, as far as these go together`;
  return `The daily costs of ${connection.title} can be watched ${named}; the monitor asks for something else.`;
};

export const openMonitorReadings = ({ held, store, clock, defined }: MonitorReadingsOptions): MonitorReadings => {
  const ownVersions = new Map<string, string>();
  const versionKey = ({ storageKey }: Connection) => `monitor-version/1/${storageKey}`;

  const source = (connection: Connection): MonitorSource =>
    connection.connector.capabilities.monitors ??
    gatewayMonitors(store, clock, connection.storageKey, (input) => cannotWatch(connection, input, clock.today()));
  const managedBy = ({ connector }: Connection) =>
    connector.capabilities.monitors === undefined ? 'gateway' : 'vendor';
  const fixedOf = (connection: Connection): Monitor[] =>
    defined.filter((each) => each.connection === connection.id).map(monitorOf);

  const load = async (connection: Connection, session: Session): Promise<Reading<KeptMonitor>> => {
    const { items, notes, faults } = await source(connection).list(session);
    const kept = (monitor: Monitor, by: KeptMonitor['managedBy'], fixed: boolean): KeptMonitor => ({
      ...monitor,
      filters: { ...monitor.filters },
      managedBy: by,
      fixed,
    });
    const fixed = fixedOf(connection);
    const known = new Set(fixed.map((each) => each.nativeId));
    return {
      items: [
        ...items.filter((each) => !known.has(each.nativeId)).map((each) => kept(each, managedBy(connection), false)),
        ...fixed.map((each) => kept(each, 'gateway', true)),
      ],
      notes,
      faults,
    };
  };

  const version = async (connection: Connection): Promise<string> => {
    const own = ownVersions.get(connection.storageKey);
    if (own !== undefined) return own;
    const bytes = await store.get(versionKey(connection)).catch(() => null);
    return bytes === null ? '0' : Buffer.from(bytes).toString('utf8');
  };

  const read: MonitorReadings['read'] = async (connection, { noCache, deadline }) =>
    held.read(connection, {
      name: `monitors/${await version(connection)}`,
      item: keptMonitorSchema,
      maxAgeMs,
      noCache,
      deadline,
      load: (session) => load(connection, session),
    });

  return {
    source,
    managedBy,
    read,
    own: async (connection, deadline) => {
      const fixed = fixedOf(connection);
      if (managedBy(connection) === 'vendor') return fixed;
      const { value } = await read(connection, { noCache: false, deadline });
      return value;
    },
    changed: async (connection) => {
      await held.forget(connection, `monitors/${await version(connection)}`);
      const next = clock.id();
      try {
        await store.set(versionKey(connection), Buffer.from(next));
        ownVersions.delete(connection.storageKey);
      } catch {
        // Nobody else can be told; this replica at least knows.
        ownVersions.set(connection.storageKey, next);
      }
    },
  };
};
