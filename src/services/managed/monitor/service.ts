import type { MonitorDefinition } from '../../../config/file-schemas.ts';
import type { CostEngine } from '../../../costs/engine.ts';
import type { Clock } from '../../../domain/clock.ts';
import type { Store } from '../../../store/store.ts';
import type { Connection } from '../../../vendor/connection.ts';
import { gather } from '../../../vendor/gather.ts';
import type { HeldReadings } from '../../../vendor/list-cache.ts';
import type { OwnMonitors } from '../../anomaly/watches.ts';
import { type Ask, type ListParameters, limitDefault, questionOf } from '../../list-request.ts';
import type { Pager } from '../../pager.ts';
import { visibleConnections } from '../../visible-connections.ts';
import type { Writes } from '../../writes/writes.ts';
import { openScopeCosts } from '../budget/scope-costs.ts';
import { openWrittenAnswers, presentMonitor } from './answers.ts';
import { openFindMonitor } from './find.ts';
import { monitorKinds } from './kinds.ts';
import { openMonitorReadings } from './readings.ts';
import { type MonitorWriting, openMonitorWriting } from './writing.ts';

export interface MonitorService extends MonitorWriting {
  list(parameters: ListParameters, ask: Ask): Promise<unknown>;
  get(id: string, ask: Ask): Promise<unknown>;
  /** What the detector has to follow. */
  readonly own: OwnMonitors;
}

export interface MonitorServiceOptions {
  readonly clock: Clock;
  readonly store: Store;
  readonly held: HeldReadings;
  readonly pager: Pager;
  readonly engine: CostEngine;
  readonly connections: readonly Connection[];
  readonly writes: Writes;
  /** Those of the connections file. */
  readonly defined?: readonly MonitorDefinition[] | undefined;
}

export const openMonitorService = (options: MonitorServiceOptions): MonitorService => {
  const { clock, store, held, pager, engine, connections, writes, defined = [] } = options;
  const readings = openMonitorReadings({ held, store, clock, defined });
  const written = openWrittenAnswers(readings, clock);
  const kinds = monitorKinds(readings, written);
  for (const kind of [kinds.create, kinds.replace, kinds.remove]) writes.know(kind);
  const find = openFindMonitor(connections, readings);
  const { currencies } = openScopeCosts(engine, clock);

  return {
    ...openMonitorWriting({ clock, connections, readings, currencies, writes, kinds, written, find }),
    own: readings.own,
    list: (parameters, ask) => {
      const visible = visibleConnections(connections, ask.consumer, parameters);
      return pager.page({
        operation: 'monitors',
        question: questionOf('monitors', parameters),
        consumer: ask.consumer.name,
        limit: parameters.limit ?? limitDefault,
        cursor: parameters.cursor,
        build: async () => {
          const { parts, complete, providers } = await gather(visible, parameters.strict ?? false, (connection) =>
            readings.read(connection, ask),
          );
          const items = parts.flatMap(({ connection, value }) =>
            value.map((monitor) => presentMonitor(monitor, connection)),
          );
          return { items, rest: { meta: { complete, providers } } };
        },
      });
    },
    get: async (id, ask) => {
      const { connection, monitor, gathered } = await find(id, ask);
      const { complete, providers } = gathered;
      return { data: presentMonitor(monitor, connection), meta: { complete, providers } };
    },
  };
};
