import type { Clock } from '../../../domain/clock.ts';
import type { OperationAnswer } from '../../../server/operation/define.ts';
import type { Connection } from '../../../vendor/connection.ts';
import { type Gathered, gather } from '../../../vendor/gather.ts';
import type { Part } from '../../../vendor/part.ts';
import { budgetArithmetic } from './arithmetic.ts';
import type { BudgetReadings, KeptBudget } from './readings.ts';

export const idOf = (connection: Connection, nativeId: string): string => `${connection.id}:${nativeId}`;

/** The budget as it stands in answers. */
export const presentBudget = (budget: KeptBudget, connection: Connection) => {
  const { nativeId, nativePeriod, managedBy, fixed: _fixed, ...rest } = budget;
  return {
    id: idOf(connection, nativeId),
    provider: connection.provider,
    connection: connection.id,
    ...rest,
    ...(nativePeriod === null ? {} : { nativePeriod }),
    ...budgetArithmetic(budget),
    managedBy,
  };
};

export const metaOf = ({ complete, providers }: Pick<Gathered<unknown>, 'complete' | 'providers'>) => ({
  complete,
  providers,
});

const costMsMax = 3_000;
/** What it takes to bring an answer to its caller. */
const replyMs = 250;

/** What a caller is told of a budget that was just written. Never fails: the write is done. */
export const openWrittenAnswers = (readings: BudgetReadings, clock: Clock) => {
  const now = (connection: Connection): Promise<Gathered<null>> => {
    const part: Part<null> = {
      value: null,
      state: 'fresh',
      notes: [],
      asOf: clock.now(),
      completeThrough: null,
      missing: [],
      failure: null,
    };
    return gather([connection], false, async () => part);
  };
  return async (
    connection: Connection,
    written: Omit<KeptBudget, 'managedBy' | 'fixed'>,
    status: 200 | 201,
    deadline: number,
  ): Promise<OperationAnswer> => {
    const until = Math.min(deadline - replyMs, clock.monotonic() + costMsMax);
    const budget = await readings.complete(connection, written, until).catch(() => written);
    const location = `/v1/budgets/${encodeURIComponent(idOf(connection, budget.nativeId))}`;
    return {
      status,
      headers: status === 201 ? { location } : {},
      json: {
        data: presentBudget({ ...budget, managedBy: readings.managedBy(connection), fixed: false }, connection),
        meta: metaOf(await now(connection)),
      },
    };
  };
};
export type WrittenAnswer = ReturnType<typeof openWrittenAnswers>;
