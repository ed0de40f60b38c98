import type { CostEngine } from '../costs/engine.ts';
import { queryText } from '../costs/query/query.ts';
import type { Charge } from '../domain/charge.ts';
import type { Clock } from '../domain/clock.ts';
import { totalsOfMoney } from '../domain/money.ts';
import type { Connection } from '../vendor/connection.ts';
import { type CostFilterParameters, readQuery } from './costs.ts';
import { chargeOf, focusOf } from './focus.ts';
import type { Ask, ListParameters } from './list-request.ts';
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

/** Charges are the daily rows of each vendor's finest cube, so they share the stored data of costs. */
export const createChargeService = ({ clock, engine, pager, connections }: ChargeServiceOptions): ChargeService => {
  const lister = createLister(pager, connections);
  return {
    list: async (parameters, ask) => {
      const { limit: _limit, cursor, strict = false, ...asked } = parameters;
      const visible = visibleConnections(connections, ask.consumer, parameters);
      const query = readQuery({ ...asked, granularity: 'daily' }, clock.today());
      const cursorOnly = cursor !== undefined && Object.values(asked).every((value) => value === undefined);
      const options = { strict, noCache: ask.noCache, deadline: ask.deadline };
      return lister.list({
        name: 'charges',
        parameters,
        ask,
        question: cursorOnly ? null : `charges ${queryText(query)} ${visible.map((each) => each.id).join(' ')}`,
        part: (connection) =>
          engine.part(connection, { ...query, groupBy: focusOf(connection).dimensions, quantities: true }, options),
        items: (parts) =>
          parts.flatMap(({ connection, value }) => value.map((row) => chargeOf(row, connection))).sort(byChargeStart),
        beside: (items) => ({
          totals: totalsOfMoney(items.map((item) => ({ amount: item.billedCost, currency: item.billingCurrency }))),
        }),
      });
    },
  };
};
