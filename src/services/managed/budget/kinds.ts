import { z } from 'zod';
import type { Clock } from '../../../domain/clock.ts';
import { moneySchema } from '../../../domain/money.ts';
import type { Budget } from '../../../domain/nouns.ts';
import { scopeSchema } from '../../../domain/nouns.ts';
import type { Connection } from '../../../vendor/connection.ts';
import type { Reading } from '../../../vendor/contract/contract.ts';
import type { Look, WriteKind } from '../../writes/kind.ts';
import type { WrittenAnswer } from './answers.ts';
import type { BudgetReadings } from './readings.ts';

/** What the journal keeps of a write, so that it can be looked for. */
const inputSchema = z.object({
  name: z.string(),
  period: z.enum(['monthly', 'quarterly', 'annual']),
  limit: moneySchema,
  alerts: z.array(z.object({ thresholdPercent: z.string(), recipients: z.array(z.string()) })),
  scope: scopeSchema,
});
const createdSchema = z.object({
  input: inputSchema,
  /** The budgets like it that were there before: none of them is the one that was asked for. Null: nobody could tell. */
  before: z.array(z.string()).nullable(),
});
const replacedSchema = z.object({ nativeId: z.string(), input: inputSchema });
const removedSchema = z.object({ nativeId: z.string() });

export interface BudgetKinds {
  readonly create: WriteKind;
  readonly replace: WriteKind;
  readonly remove: WriteKind;
}

export const budgetKinds = (readings: BudgetReadings, written: WrittenAnswer, clock: Clock): BudgetKinds => {
  const list = (connection: Connection, deadline: number): Promise<Reading<Budget>> =>
    readings.source(connection).list(connection.session({ purpose: 'dashboard', deadline }));
  const affected = (connection: Connection): Promise<void> => readings.changed(connection);
  /** Whoever looks later waits for nobody. */
  const answerBy = () => clock.monotonic() + 10_000;
  /** A list with holes shows what is there, never what is not. */
  const unseen = ({ faults }: Reading<unknown>): Look => (faults.length === 0 ? 'absent' : 'unclear');

  return {
    create: {
      name: 'create-budget',
      repeatable: false,
      affected,
      look: async (connection, kept, deadline) => {
        const { input, before } = createdSchema.parse(kept);
        if (before === null) return 'unclear';
        const { writes } = readings.source(connection);
        const reading = await list(connection, deadline);
        const found = reading.items.find((each) => writes?.matches(each, input) && !before.includes(each.nativeId));
        return found === undefined ? unseen(reading) : { seen: await written(connection, found, 201, answerBy()) };
      },
    },
    replace: {
      name: 'replace-budget',
      repeatable: true,
      affected,
      look: async (connection, kept, deadline) => {
        const { nativeId, input } = replacedSchema.parse(kept);
        const { writes } = readings.source(connection);
        const reading = await list(connection, deadline);
        const found = reading.items.find((each) => each.nativeId === nativeId && writes?.matches(each, input));
        return found === undefined ? unseen(reading) : { seen: await written(connection, found, 200, answerBy()) };
      },
    },
    remove: {
      name: 'remove-budget',
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
