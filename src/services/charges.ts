import type { CostEngine } from '../costs/engine.ts';
import { queryText } from '../costs/query.ts';
import type { Charge } from '../domain/charge.ts';
import type { Clock } from '../domain/clock.ts';
import { totalsOfMoney } from '../domain/money.ts';
import type { OperationAnswer } from '../server/operation/define.ts';
import { represent } from '../server/representation/represent.ts';
import type { Connection } from '../vendor/connection.ts';
import { gather } from '../vendor/gather.ts';
import { type CostFilterParameters, readQuery } from './costs.ts';
import { chargeOf, chargeTable, focusOf } from './focus.ts';
import { type Ask, type ListParameters, limitDefault } from './list-request.ts';
import type { Pager } from './pager.ts';
import { visibleConnections } from './visible-connections.ts';

export interface ChargeParameters extends ListParameters, Omit<CostFilterParameters, 'costType' | 'currency'> {}

export interface ChargeService {
  list(parameters: ChargeParameters, ask: Ask): Promise<OperationAnswer>;
}

export interface ChargeServiceOptions {
  readonly clock: Clock;
  readonly engine: CostEngine;
  readonly pager: Pager<Charge>;
  readonly connections: readonly Connection[];
}

/** Charges are the daily rows of each vendor's finest grain: they cost no call that the costs have not paid for. */
export const openChargeService = ({ clock, engine, pager, connections }: ChargeServiceOptions): ChargeService => ({
  list: async (parameters, ask) => {
    const { limit = limitDefault, cursor, strict = false, ...asked } = parameters;
    const visible = visibleConnections(connections, ask.consumer, parameters);
    const query = readQuery({ ...asked, granularity: 'daily' }, clock.today());
    const bare = cursor !== undefined && Object.values(asked).every((value) => value === undefined);
    const answer = await pager.page({
      operation: 'charges',
      question: bare ? null : `charges ${queryText(query)} ${visible.map((each) => each.id).join(' ')}`,
      consumer: ask.consumer.name,
      limit,
      cursor,
      build: async () => {
        const options = { strict, noCache: ask.noCache, deadline: ask.deadline };
        const gathered = await gather(visible, strict, (connection) =>
          engine.part(connection, { ...query, groupBy: focusOf(connection).dimensions }, options),
        );
        const items = gathered.parts.flatMap(({ connection, value }) => value.map((row) => chargeOf(row, connection)));
        items.sort((left, right) =>
          left.chargePeriodStart < right.chargePeriodStart
            ? -1
            : left.chargePeriodStart > right.chargePeriodStart
              ? 1
              : 0,
        );
        const totals = totalsOfMoney(
          items.map((item) => ({ amount: item.billedCost, currency: item.billingCurrency })),
        );
        return { items, rest: { totals, meta: { complete: gathered.complete, providers: gathered.providers } } };
      },
    });
    return represent(answer, chargeTable, { accept: ask.accept, path: '/v1/charges', limit });
  },
});
