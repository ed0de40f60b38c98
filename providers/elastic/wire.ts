import { z } from 'zod';
import { parseDecimal } from '../../src/domain/decimal.ts';
import { amountText, idText } from '../../src/vendor/kit/index.ts';

/** ECU are decimals, whatever the vendor's document types them as. */
export const ecuSchema = amountText.transform((text, context) => {
  const value = parseDecimal(text);
  if (value !== null) return value;
  context.addIssue({ code: 'custom', message: 'is no finite decimal' });
  return z.NEVER;
});

/** `kind` is null or absent for what belongs to no product, such as data transfer; `type` is an open set. */
export const lineItemSchema = z.object({
  kind: idText.nullish(),
  type: idText.nullish(),
  sku: idText.nullish(),
  name: z.string().nullish().catch(null),
  unit: z.string().nullish().catch(null),
  quantity: z.object({ value: ecuSchema }).nullish().catch(null),
  total_ecu: ecuSchema,
});
export type LineItemWire = z.output<typeof lineItemSchema>;

/** Total and line items are decoded separately, so that one of them may be unreadable. */
export const instanceSchema = z.object({
  /** Where it stood in the vendor's list; see `positioned`. */
  position: z.int(),
  id: idText.refine((text) => text.trim() !== '', 'is blank'),
  name: z.string().nullish().catch(null),
  type: idText.nullish(),
  total_ecu: z.unknown().optional(),
  product_line_items: z.unknown().optional(),
});

/** `instances` is null where there are none; where it is absent this is another kind of answer. */
export const instancesSchema = z.object({
  total_ecu: z.unknown().optional(),
  instances: z.array(z.unknown()).nullable(),
});

/** Adds its position to every object of a list, so that faults name the right place after others are dropped. */
export const positioned = (list: readonly unknown[]): unknown[] =>
  list.map((value, position) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value, position } : value,
  );
