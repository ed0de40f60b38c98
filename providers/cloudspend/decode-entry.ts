import type { z } from 'zod';
import { decodeItems } from '../../src/vendor/kit/index.ts';
import type { Decoded } from './normalise.ts';

/** One value of a map: none or one item, and the fault that says where under its key it does not fit. */
export const decodeEntry = <Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  where: string,
): Decoded<z.output<Schema>> => {
  const { items, faults } = decodeItems(schema, [value], where);
  const first = `${where}[0]`;
  return { items, faults: faults.map((fault) => ({ ...fault, path: `${where}${fault.path.slice(first.length)}` })) };
};
