import type { Rates } from '../costs/rates.ts';
import type { SourcedRate } from '../costs/rows/convert.ts';
import { freshPart } from '../vendor/part.ts';
import type { Ask, ListParameters } from './list-request.ts';
import type { Lister } from './lister.ts';
import type { PagedAnswer } from './paging/pager.ts';

export interface ExchangeRateParameters extends ListParameters {
  readonly from?: readonly string[] | undefined;
  readonly to?: readonly string[] | undefined;
}

export interface ExchangeRateService {
  list(parameters: ExchangeRateParameters, ask: Ask): Promise<PagedAnswer>;
}

const noRates = freshPart<readonly SourcedRate[]>([], {
  notes: [{ code: 'vendor-has-none', message: 'this vendor publishes no exchange rates' }],
});

export const createExchangeRateService = (rates: Rates, lister: Lister): ExchangeRateService => ({
  list: (parameters, ask) =>
    lister.list({
      name: 'exchange-rates',
      parameters,
      ask,
      part: async (connection) => (await rates.of(connection, ask)) ?? noRates,
      items: (parts) =>
        [...rates.configured, ...parts.flatMap((part) => part.value)]
          .filter(
            (rate) => (parameters.from?.includes(rate.from) ?? true) && (parameters.to?.includes(rate.to) ?? true),
          )
          .map(({ from, to, rate, validFrom, validTo, source, custom }) => ({
            from,
            to,
            rate,
            validFrom,
            validTo,
            source,
            custom,
          })),
    }),
});
