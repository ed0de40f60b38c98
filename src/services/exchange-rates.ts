import type { Rates } from '../costs/rates.ts';
import type { SourcedRate } from '../costs/rows/convert.ts';
import type { Connection } from '../vendor/connection.ts';
import { gather } from '../vendor/gather.ts';
import type { Part } from '../vendor/part.ts';
import { type Ask, type ListParameters, limitDefault, questionOf } from './list-request.ts';
import type { Pager } from './pager.ts';
import { visibleConnections } from './visible-connections.ts';

export interface ExchangeRateParameters extends ListParameters {
  readonly from?: readonly string[] | undefined;
  readonly to?: readonly string[] | undefined;
}

export interface ExchangeRateService {
  list(parameters: ExchangeRateParameters, ask: Ask): Promise<unknown>;
}

const none: Part<readonly SourcedRate[]> = {
  value: [],
  state: 'fresh',
  notes: [{ code: 'vendor-has-none', message: 'this vendor publishes no exchange rates' }],
  asOf: null,
  completeThrough: null,
  missing: [],
  failure: null,
};

export const openExchangeRateService = (
  rates: Rates,
  pager: Pager,
  connections: readonly Connection[],
): ExchangeRateService => ({
  list: (parameters, ask) => {
    const visible = visibleConnections(connections, ask.consumer, parameters);
    const wanted = (rate: SourcedRate) =>
      (parameters.from?.includes(rate.from) ?? true) && (parameters.to?.includes(rate.to) ?? true);
    return pager.page({
      operation: 'exchange-rates',
      question: questionOf('exchange-rates', parameters),
      consumer: ask.consumer.name,
      limit: parameters.limit ?? limitDefault,
      cursor: parameters.cursor,
      build: async () => {
        const gathered = await gather(
          visible,
          parameters.strict ?? false,
          async (connection) => (await rates.of(connection, ask)) ?? none,
        );
        const published = gathered.parts.flatMap((part) => part.value);
        const items = [...rates.configured, ...published]
          .filter(wanted)
          .map(({ from, to, rate, validFrom, validTo, source, custom }) => ({
            from,
            to,
            rate,
            validFrom,
            validTo,
            source,
            custom,
          }));
        return { items, rest: { meta: { complete: gathered.complete, providers: gathered.providers } } };
      },
    });
  },
});
