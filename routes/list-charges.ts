import { z } from 'zod';
import { chargeSchema } from '../src/domain/charge.ts';
import { metaSchema, pageSchema } from '../src/domain/meta.ts';
import { moneySchema } from '../src/domain/money.ts';
import { noBody, none } from '../src/server/operation/operation.ts';
import { representList } from '../src/server/representation/represent-list.ts';
import { chargeTable } from './shared/charge-table.ts';
import { costFilters, range, strict } from './shared/cost-parameters.ts';
import { exampleMeta, examplePage } from './shared/examples.ts';
import { defineOperation } from './shared/operation.ts';
import { paging } from './shared/paging.ts';
import { listProblems } from './shared/problems.ts';

export const listCharges = defineOperation({
  id: 'listCharges',
  method: 'GET',
  path: '/v1/charges',
  tag: 'Costs',
  summary: 'What each vendor bills, line by line, in the columns of FOCUS 1.2',
  description:
    'Daily charges at the finest grain each vendor has. JSON and NDJSON name the FOCUS columns in camel case, CSV as FOCUS writes them. A column that must not be empty and that no vendor tells follows one fallback table (list, contracted and effective cost repeat the billed cost, the service category is `Other`) and is named in `xDerived`; nothing else is filled in. Quantities stand where the vendor tells them: the consumed one for usage, and as the derived priced one for usage and purchases. More than 200,000 charges are refused as `question-too-large` with their number.',
  scope: 'read',
  query: z.strictObject({ ...range, ...costFilters, ...paging, strict }),
  params: none,
  body: noBody,
  answers: {
    200: {
      description: 'A page of charges, oldest first.',
      schema: z.object({
        data: z.array(chargeSchema),
        totals: z.array(moneySchema),
        page: pageSchema,
        meta: metaSchema,
      }),
      alsoAs: ['application/x-ndjson', 'text/csv'],
      example: {
        data: [
          {
            billedCost: '14.0214',
            billingAccountId: 'acme',
            billingAccountName: null,
            billingCurrency: 'USD',
            billingPeriodEnd: '2026-12-01T00:00:00Z',
            billingPeriodStart: '2026-11-01T00:00:00Z',
            chargeCategory: 'Usage',
            chargeClass: null,
            chargeDescription: 'Search node, 4 GB',
            chargeFrequency: 'Usage-Based',
            chargePeriodEnd: '2026-11-02T00:00:00Z',
            chargePeriodStart: '2026-11-01T00:00:00Z',
            consumedQuantity: '24',
            consumedUnit: 'hour',
            contractedCost: '14.0214',
            effectiveCost: '14.0214',
            invoiceIssuerName: 'Acme',
            listCost: '14.0214',
            pricingQuantity: '24',
            pricingUnit: 'hour',
            providerName: 'Acme',
            publisherName: 'Acme',
            regionId: null,
            resourceId: null,
            resourceName: null,
            serviceCategory: 'Other',
            serviceName: 'search',
            serviceSubcategory: 'Other (Other)',
            skuId: 'acme.search.4g',
            subAccountId: 'd-1',
            subAccountName: 'production',
            xConnection: 'acme',
            xDerived: [
              'billingAccountId',
              'chargeFrequency',
              'contractedCost',
              'effectiveCost',
              'listCost',
              'pricingQuantity',
              'pricingUnit',
              'serviceCategory',
              'serviceSubcategory',
            ],
            xProvider: 'acme',
          },
        ],
        totals: [{ amount: '14.0214', currency: 'USD' }],
        page: examplePage,
        meta: exampleMeta,
      },
    },
  },
  problems: [...listProblems, 'capability-unsupported', 'question-too-large'],
  handle: async ({ query, services, accept, ...ask }) =>
    representList(await services.charges.list(query, ask), chargeTable, { accept, path: '/v1/charges' }),
});
