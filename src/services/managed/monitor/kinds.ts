import { z } from 'zod';
import type { Monitor } from '../../../domain/nouns.ts';
import { sourceMonitorSchema } from '../../../domain/nouns.ts';
import type { Connection } from '../../../vendor/connection.ts';
import type { Reading } from '../../../vendor/contract/contract.ts';
import type { Look, WriteKind } from '../../writes/kind.ts';
import type { WrittenAnswer } from './answers.ts';
import type { MonitorReadings } from './readings.ts';

/** What the journal keeps of a write, so that it can be looked for. */
const inputSchema = sourceMonitorSchema.omit({ nativeId: true, createdAt: true, updatedAt: true });
const createdSchema = z.object({
  input: inputSchema,
  /** The monitors like it that were there before: none of them is the one that was asked for. Null: nobody could tell. */
  before: z.array(z.string()).nullable(),
});
const replacedSchema = z.object({ nativeId: z.string(), input: inputSchema });
const removedSchema = z.object({ nativeId: z.string() });

export interface MonitorKinds {
  readonly create: WriteKind;
  readonly replace: WriteKind;
  readonly remove: WriteKind;
}

export const monitorKinds = (readings: MonitorReadings, written: WrittenAnswer): MonitorKinds => {
  const list = (connection: Connection, deadline: number): Promise<Reading<Monitor>> =>
    readings.source(connection).list(connection.session({ purpose: 'dashboard', deadline }));
  const affected = (connection: Connection): Promise<void> => readings.changed(connection);
  /** A list with holes shows what is there, never what is not. */
  const unseen = ({ faults }: Reading<unknown>): Look => (faults.length === 0 ? 'absent' : 'unclear');

  return {
    create: {
      name: 'create-monitor',
      repeatable: false,
      affected,
      look: async (connection, kept, deadline) => {
        const { input, before } = createdSchema.parse(kept);
        if (before === null) return 'unclear';
        const { writes } = readings.source(connection);
        const reading = await list(connection, deadline);
        const found = reading.items.find((each) => writes?.matches(each, input) && !before.includes(each.nativeId));
        return found === undefined ? unseen(reading) : { seen: await written(connection, found, 201) };
      },
    },
    replace: {
      name: 'replace-monitor',
      repeatable: true,
      affected,
      look: async (connection, kept, deadline) => {
        const { nativeId, input } = replacedSchema.parse(kept);
        const { writes } = readings.source(connection);
        const reading = await list(connection, deadline);
        const found = reading.items.find((each) => each.nativeId === nativeId && writes?.matches(each, input));
        return found === undefined ? unseen(reading) : { seen: await written(connection, found, 200) };
      },
    },
    remove: {
      name: 'remove-monitor',
      repeatable: true,
      affected,
      look: async (connection, kept, deadline) => {
        const { nativeId } = removedSchema.parse(kept);
        const reading = await list(connection, deadline);
        if (reading.items.some((each) => each.nativeId === nativeId)) return 'absent';
        return reading.faults.length === 0 ? { seen: { status: 204 } } : 'unclear';
      },
    },
  };
};
