import type { Clock } from '../../../domain/clock.ts';
import type { Monitor } from '../../../domain/nouns.ts';
import type { OperationAnswer } from '../../../server/operation/define.ts';
import type { Connection } from '../../../vendor/connection.ts';
import { gather } from '../../../vendor/gather.ts';
import type { KeptMonitor, MonitorReadings } from './readings.ts';

export const idOf = (connection: Connection, nativeId: string): string => `${connection.id}:${nativeId}`;

/** The monitor as it stands in answers. */
export const presentMonitor = (
  { nativeId, managedBy, createdAt, updatedAt, ...rest }: Monitor & Pick<KeptMonitor, 'managedBy'>,
  connection: Connection,
) => {
  const { name, description, filters, groupBy, sensitivity, minImpact } = rest;
  return {
    id: idOf(connection, nativeId),
    provider: connection.provider,
    connection: connection.id,
    name,
    description,
    filters,
    groupBy,
    sensitivity,
    minImpact,
    managedBy,
    createdAt,
    updatedAt,
  };
};

/** What a caller is told of a monitor that was just written. */
export const openWrittenAnswers =
  (readings: MonitorReadings, clock: Clock) =>
  async (connection: Connection, written: Monitor, status: 200 | 201): Promise<OperationAnswer> => {
    const { complete, providers } = await gather([connection], false, async () => ({
      value: null,
      state: 'fresh',
      notes: [],
      asOf: clock.now(),
      completeThrough: null,
      missing: [],
      failure: null,
    }));
    const location = `/v1/anomaly-monitors/${encodeURIComponent(idOf(connection, written.nativeId))}`;
    return {
      status,
      headers: status === 201 ? { location } : {},
      json: {
        data: presentMonitor({ ...written, managedBy: readings.managedBy(connection) }, connection),
        meta: { complete, providers },
      },
    };
  };
export type WrittenAnswer = ReturnType<typeof openWrittenAnswers>;
