import type { Consumer } from '../../../domain/consumer.ts';
import { Failure } from '../../../domain/failure/failure.ts';
import type { Connection } from '../../../vendor/connection.ts';
import { type Gathered, gather } from '../../../vendor/gather.ts';
import { visibleConnections } from '../../visible-connections.ts';
import type { KeptMonitor, MonitorReadings } from './readings.ts';

export interface Found {
  readonly connection: Connection;
  readonly monitor: KeptMonitor;
  readonly gathered: Pick<Gathered<unknown>, 'complete' | 'providers'>;
}

interface FindAsk {
  readonly consumer: Consumer;
  readonly noCache: boolean;
  readonly deadline: number;
}
export type FindMonitor = (id: string, ask: FindAsk) => Promise<Found>;

const unknown = (id: string): Failure =>
  new Failure('not-found', {
    public: `There is no monitor ${id.slice(0, 200)}. An id has the form <connection>:<native id>, percent-encoded in paths; GET /v1/anomaly-monitors lists them.`,
    effect: 'never',
  });

/** The monitor of an id such as `acme:m-1`, out of the connections that the consumer may see. */
export const openFindMonitor =
  (connections: readonly Connection[], readings: MonitorReadings): FindMonitor =>
  async (id, ask) => {
    const colon = id.indexOf(':');
    const nativeId = id.slice(colon + 1);
    const connection = visibleConnections(connections, ask.consumer, {}).find((each) => each.id === id.slice(0, colon));
    if (colon < 1 || connection === undefined) throw unknown(id);
    const look = async (noCache: boolean) => {
      const gathered = await gather([connection], false, () => readings.read(connection, { ...ask, noCache }));
      const monitor = gathered.parts[0]?.value.find((each) => each.nativeId === nativeId);
      return { gathered, monitor };
    };
    const first = await look(ask.noCache);
    // It may have been made elsewhere since the list was read.
    const { gathered, monitor } = first.monitor === undefined && !ask.noCache ? await look(true) : first;
    if (monitor === undefined) throw unknown(id);
    return { connection, monitor, gathered };
  };
