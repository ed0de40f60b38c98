import { z } from 'zod';
import { isDimension, namedDimensions } from '../../src/domain/dimension.ts';
import { sensitivities } from '../../src/domain/nouns.ts';
import { freeText } from '../../src/server/operation/parameters.ts';
import { budgetLimit } from './budget-body.ts';

/** What a monitor is to be, as it is sent. */

/** What some vendors watch beside the dimensions of costs. */
const places = ['costCenter', 'view'];
const dimensions = `${namedDimensions.join(', ')} or tag:<key>`;
const filtersMax = 20;

const filters = z
  .record(
    z.string(),
    z
      .array(freeText({ max: 300 }), { error: 'must be a list of values' })
      .min(1, { error: 'must not be empty' })
      .max(100, { error: 'must not be longer than 100' }),
    { error: 'must be a map of lists, such as {"service": ["AmazonRDS"]}' },
  )
  .superRefine((given, context) => {
    const keys = Object.keys(given);
    if (keys.length > filtersMax)
      context.addIssue({ code: 'custom', message: `must not have more than ${filtersMax}` });
    for (const key of keys.filter((each) => !isDimension(each) && !places.includes(each))) {
      const message = `is no dimension; known are ${dimensions}, and for some vendors ${places.join(' and ')}`;
      context.addIssue({ code: 'custom', path: [key.slice(0, 80)], message });
    }
  })
  .meta({
    description: `The cost that is watched, by ${dimensions}: equal keys are OR, different keys AND. All of it when empty.`,
    examples: [{ service: ['AmazonRDS'] }],
  });

const groupBy = z
  .array(freeText({ max: 300 }).refine(isDimension, { error: `must be one of ${dimensions}` }))
  .max(5, { error: 'must not be longer than 5' })
  .transform((given) => [...new Set(given)])
  .meta({ description: 'What is watched apart; one sum when empty.', examples: [['account']] });

export const monitorFields = {
  name: freeText({ max: 200 }).meta({
    description: 'What people call it; what it finds is called the same.',
    examples: ['Database watch'],
  }),
  description: freeText({ max: 2_000 }).nullable().default(null),
  filters: filters.default({}),
  groupBy: groupBy.default([]),
  sensitivity: z
    .enum(sensitivities, { error: `must be one of ${sensitivities.join(', ')}` })
    .default('medium')
    .meta({ description: '`high` says more, and is wrong more often.' }),
  minImpact: budgetLimit
    .meta({ description: 'How far out of line costs have to be, to be told of.' })
    .nullable()
    .default(null),
};

/** The id of one monitor, as a path parameter. */
export const monitorId = z.strictObject({
  id: z.string().meta({
    description: 'The id as it stands in answers, `<connection>:<native id>`, percent-encoded.',
    example: 'acme:m-1',
  }),
});
