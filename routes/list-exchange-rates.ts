import { z } from 'zod';
import { metaSchema, pageSchema } from '../src/domain/meta.ts';
import { exchangeRateSchema } from '../src/domain/nouns.ts';
import { noBody, none } from '../src/server/operation/operation.ts';
import { many } from '../src/server/operation/parameters.ts';
import { connectionFilters, currencyCode, strict } from './shared/cost-parameters.ts';
import { exampleMeta, examplePage } from './shared/examples.ts';
import { defineOperation } from './shared/operation.ts';
import { paging } from './shared/paging.ts';
import { listProblems } from './shared/problems.ts';

export const listExchangeRates = defineOperation({
  id: 'listExchangeRates',
  method: 'GET',
  path: '/v1/exchange-rates',
  tag: 'Costs',
  summary: 'The rates in use, by month and source',
  description:
    'Configured rates come first, then those that vendors publish. A conversion uses the first rate that holds on the day of the cost; without one there is no conversion.',
  scope: 'read',
  query: z.strictObject({
    from: many(currencyCode.meta({ description: 'Only rates from this currency.', examples: ['INR'] })).optional(),
    to: many(currencyCode.meta({ description: 'Only rates into this currency.', examples: ['USD'] })).optional(),
    ...connectionFilters,
    ...paging,
    strict,
  }),
  params: none,
  body: noBody,
  answers: {
    200: {
      description: 'A page of rates.',
      schema: z.object({
        data: z.array(exchangeRateSchema.extend({ source: z.string() }).meta({ id: 'ExchangeRate' })),
        page: pageSchema,
        meta: metaSchema,
      }),
      example: {
        data: [
          {
            from: 'INR',
            to: 'USD',
            rate: '0.011114',
            validFrom: '2026-01-01',
            validTo: '2026-02-01',
            source: 'acme',
            custom: true,
          },
        ],
        page: examplePage,
        meta: exampleMeta,
      },
    },
  },
  problems: listProblems,
  handle: async ({ query, services, ...ask }) => ({ json: await services.exchangeRates.list(query, ask) }),
});
