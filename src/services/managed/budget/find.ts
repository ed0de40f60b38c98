import type { Consumer } from '../../../domain/consumer.ts';
import { Failure } from '../../../domain/failure/failure.ts';
import type { Connection } from '../../../vendor/connection.ts';
import { type Gathered, gather } from '../../../vendor/gather.ts';
import { visibleConnections } from '../../visible-connections.ts';
import type { BudgetReadings, KeptBudget } from './readings.ts';

export interface Found {
  readonly connection: Connection;
  readonly budget: KeptBudget;
  readonly gathered: Pick<Gathered<unknown>, 'complete' | 'providers'>;
}

interface FindAsk {
  readonly consumer: Consumer;
  readonly noCache: boolean;
  readonly deadline: number;
}
export type FindBudget = (id: string, ask: FindAsk) => Promise<Found>;

const unknown = (id: string): Failure =>
  new Failure('not-found', {
    public: `There is no budget ${id.slice(0, 200)}. An id has the form <connection>:<native id>, percent-encoded in paths; GET /v1/budgets lists them.`,
    effect: 'never',
  });

/** The budget of an id such as `acme:b-1`, out of the connections that the consumer may see. */
export const openFindBudget =
  (connections: readonly Connection[], readings: BudgetReadings): FindBudget =>
  async (id, ask) => {
    const colon = id.indexOf(':');
    const nativeId = id.slice(colon + 1);
    const connection = visibleConnections(connections, ask.consumer, {}).find((each) => each.id === id.slice(0, colon));
    if (colon < 1 || connection === undefined) throw unknown(id);
    const look = async (noCache: boolean) => {
      const gathered = await gather([connection], false, () => readings.read(connection, { ...ask, noCache }));
      const budget = gathered.parts[0]?.value.find((each) => each.nativeId === nativeId);
      return { gathered, budget };
    };
    const first = await look(ask.noCache);
    // It may have been made elsewhere since the list was read.
    const { gathered, budget } = first.budget === undefined && !ask.noCache ? await look(true) : first;
    if (budget === undefined) throw unknown(id);
    return { connection, budget, gathered };
  };
