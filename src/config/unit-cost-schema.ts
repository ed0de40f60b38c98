import { z } from 'zod';
import { isPositive } from '../domain/decimal.ts';
import { boundedText, connection, decimalInput, filtersInput, idSchema } from './file-schemas.ts';

const month = z.string('must be a month').regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'must be a month such as 2026-10');

const quantityInput = z
  .strictObject(
    {
      metric: z
        .strictObject(
          {
            connection,
            stream: boundedText(256).meta({ description: 'The name of a stream of unit metrics at the vendor.' }),
          },
          'must be a map of connection and stream',
        )
        .optional(),
      months: z
        .record(month, decimalInput('a decimal above 0, such as 2717', isPositive), 'must be a map of months')
        .optional(),
    },
    'must be a map with metric or months',
  )
  .refine(
    ({ metric, months }) => (metric === undefined) !== (months === undefined),
    'must have metric or months, not both',
  )
  .meta({ description: 'How many units: what a stream counted, or a number for each whole month.' });

export const unitCostDefinitionSchema = z
  .strictObject(
    {
      id: idSchema,
      connection: connection.meta({ description: 'Id of the connection whose cost is divided.' }),
      name: boundedText(200),
      unit: boundedText(100),
      filters: filtersInput,
      quantity: quantityInput,
    },
    'must be a map',
  )
  .meta({ description: 'A cost for each unit of something, computed by the gateway.' });
export type UnitCostDefinition = z.output<typeof unitCostDefinitionSchema>;
