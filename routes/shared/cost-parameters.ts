import { z } from 'zod';
import { costTypes } from '../../src/domain/cost.ts';
import { isGroupKey } from '../../src/domain/dimension.ts';
import { choice, endDay, flag, freeText, many, one, startDay } from '../../src/server/operation/parameters.ts';

/** The parameters that several cost operations share, worded once. */

const filter = (what: string, example: string) =>
  many(
    freeText({ max: 300 }).meta({
      description: `Only the cost of this ${what}. Repeat it for several; \`null()\` selects the rows without one. Never split at commas.`,
      examples: [example],
    }),
  ).optional();

/** Every grouping multiplies the rows of an answer. */
export const groupKeysMax = 12;

export const groupKey = freeText({ max: 300 })
  .refine(isGroupKey, {
    error: 'must be one of provider, connection, account, service, region, category, resource, cloud, or tag:<key>',
  })
  .meta({
    description:
      'What to tell apart: `provider`, `connection`, `account`, `service`, `region`, `category`, `resource`, `cloud`, `tag:<key>`. Repeat it or give a comma list; the order is the order of the rows.',
    examples: ['provider,service'],
  });

export const range = {
  start: one(
    startDay.meta({ description: 'First day, in UTC. The first of the month when absent.', examples: ['2026-11-01'] }),
  ).optional(),
  end: one(
    endDay.meta({
      description:
        'Day after the last, in UTC; may lie ahead, the answer stops where the data does. Tomorrow when absent.',
      examples: ['2026-12-01'],
    }),
  ).optional(),
};

export const connectionFilters = {
  provider: many(
    freeText({ max: 100 }).meta({ description: 'Only this provider. Repeat it for several.', examples: ['acme'] }),
  ).optional(),
  connection: many(
    freeText({ max: 100 }).meta({ description: 'Only this connection. Repeat it for several.', examples: ['acme'] }),
  ).optional(),
};

export const costFilters = {
  ...connectionFilters,
  account: filter('account', '123456789012'),
  service: filter('service', 'AmazonEC2'),
  region: filter('region', 'us-east-1'),
  category: filter('category', 'Usage'),
  cloud: filter('cloud, such as aws, azure or gcp', 'aws'),
  tag: many(
    freeText({ max: 600 }).meta({
      description: 'Only the cost with this tag, as `key=value`. Equal keys are OR, different keys AND.',
      examples: ['Environment=production'],
    }),
  ).optional(),
};

export const costType = one(
  choice(costTypes).meta({
    description:
      'Which figure: `billed` is what is invoiced, `effective` is amortised after discounts, `list` and `contracted` as in FOCUS. A provider with one figure uses it and says so in its notes.',
    examples: ['billed'],
  }),
).optional();

export const currencyCode = z
  .string()
  .regex(/^[A-Z]{3}$/, { error: 'must be a currency code of three capital letters, such as USD' });

export const currency = one(
  currencyCode.meta({
    description:
      'Convert to this currency with the dated rates named in `meta.conversions`. Without it rows are split by currency.',
    examples: ['USD'],
  }),
).optional();

export const strict = one(
  flag.meta({
    description: 'Refuse an answer that is not complete, with the status of the worst problem.',
    examples: ['true'],
  }),
).optional();
