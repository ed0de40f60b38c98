import type { CostEngine } from '../costs/engine.ts';
import { queryText } from '../costs/query/query.ts';
import { cellsMax, checkCells } from '../costs/rows/cells-max.ts';
import type { Charge } from '../domain/charge.ts';
import type { Clock } from '../domain/clock.ts';
import { type Money, totalsOfMoney } from '../domain/money.ts';
import { sortInTurns } from '../domain/sort.ts';
import { longItem, type Turns, takeTurns } from '../domain/turns.ts';
import type { Connection } from '../vendor/connection.ts';
import { type CostFilterParameters, readQuery } from './costs.ts';
import { chargeOf, focusOf } from './focus.ts';
import { type Ask, askOptions, type ListParameters } from './list-request.ts';
import { createLister } from './lister.ts';
import type { PagedAnswer, Pager } from './paging/pager.ts';
import { visibleConnections } from './visible-connections.ts';

export interface ChargeParameters extends ListParameters, Omit<CostFilterParameters, 'costType' | 'currency'> {}

export interface ChargeService {
  list(parameters: ChargeParameters, ask: Ask): Promise<PagedAnswer<Charge>>;
}

export interface ChargeServiceOptions {
  readonly clock: Clock;
  readonly engine: CostEngine;
  readonly pager: Pager<Charge>;
  readonly connections: readonly Connection[];
}

const byChargeStart = (left: Charge, right: Charge): number => {
  if (left.chargePeriodStart === right.chargePeriodStart) return 0;
  return left.chargePeriodStart < right.chargePeriodStart ? -1 : 1;
};

const chargesAtOnce = 200;

/** One total per currency. */
const totalsOf = async (charges: readonly Charge[], turns: Turns): Promise<Money[]> => {
  let totals: Money[] = [];
  for (let at = 0; at < charges.length; at += chargesAtOnce) {
    const some = charges.slice(at, at + chargesAtOnce);
    const amounts = some.map(({ billedCost, billingCurrency }) => ({ amount: billedCost, currency: billingCurrency }));
    totals = totalsOfMoney([...totals, ...amounts]);
    if (turns.due(longItem)) await turns.next();
  }
  return totals;
};

/** Charges are the daily rows of each vendor's finest cube, so they share the stored data of costs. */
export const createChargeService = ({ clock, engine, pager, connections }: ChargeServiceOptions): ChargeService => {
  const lister = createLister(pager, connections);
  return {
    list: async (parameters, ask) => {
      const { limit: _limit, cursor, strict = false, ...asked } = parameters;
      const visible = visibleConnections(connections, ask.consumer, parameters);
      const query = readQuery({ ...asked, granularity: 'daily' }, clock.today());
      const cursorOnly = cursor !== undefined && Object.values(asked).every((value) => value === undefined);
      const options = { ...askOptions(ask, strict), cellsMax };
      const turns = takeTurns(clock, { signal: ask.signal });
      return lister.list({
        name: 'charges',
        parameters,
        ask,
        question: cursorOnly ? null : `charges ${queryText(query)} ${visible.map((each) => each.id).join(' ')}`,
        part: (connection) =>
          engine.part(connection, { ...query, groupBy: focusOf(connection).dimensions, quantities: true }, options),
        items: async (parts) => {
          const count = parts.reduce((sum, { value }) => sum + value.length, 0);
          checkCells(count, { most: cellsMax, estimate: count });
          const charges: Charge[] = [];
          for (const { connection, value } of parts) {
            for (const row of value) {
              charges.push(chargeOf(row, connection));
              if (turns.due()) await turns.next();
            }
          }
          return sortInTurns(charges, byChargeStart, turns);
        },
        beside: async (items) => ({ totals: await totalsOf(items, turns) }),
      });
    },
  };
};
