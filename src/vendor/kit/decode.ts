import { z } from 'zod';
import { Failure } from '../../domain/failure/failure.ts';
import type { Turns } from '../../domain/turns.ts';
import type { ReadingFault } from '../contract/contract.ts';

/** An id as text, however the vendor typed it. */
export const idText = z.union([z.string(), z.number()]).transform((value) => String(value));
/** An amount as the vendor wrote it, number or string; `readAmount` of the domain judges it. */
export const amountText = z
  .union([z.string(), z.number()])
  .transform((value) => (typeof value === 'number' ? String(value) : value.trim()))
  .refine((text) => /^[+-]?\d+(\.\d*)?([eE][+-]?\d{1,3})?$/.test(text) && text.length <= 120, 'is no finite decimal');

const pathText = (where: string, path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${part}]` : text === '' ? String(part) : `${text}.${String(part)}`,
    where,
  );

/** The parsed value, or a `vendor-malformed` failure that names the first path that does not match. */
export const decode = <Schema extends z.ZodType>(schema: Schema, value: unknown, what: string): z.output<Schema> => {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new Failure('vendor-malformed', {
    public: `The vendor's answer to ${what} does not have the expected shape at ${pathText('', issue?.path ?? []) || 'its root'}.`,
    internal: `${what}: ${parsed.error.issues
      .slice(0, 5)
      .map((each) => `${pathText('', each.path)} ${each.message}`)
      .join('; ')}`,
  });
};

export interface DecodedItems<Item> {
  readonly items: Item[];
  readonly faults: ReadingFault[];
}

const decodeItem = <Schema extends z.ZodType>(
  schema: Schema,
  item: unknown,
  path: () => string,
  decoded: DecodedItems<z.output<Schema>>,
): void => {
  const parsed = schema.safeParse(item);
  if (parsed.success) {
    decoded.items.push(parsed.data);
    return;
  }
  const issue = parsed.error.issues[0];
  decoded.faults.push({ path: pathText(path(), issue?.path ?? []), message: issue?.message ?? 'does not fit' });
};

/** Decodes a list item by item: an item that does not match the schema becomes a fault. */
export const decodeItems = <Schema extends z.ZodType>(
  schema: Schema,
  items: readonly unknown[],
  where: string,
): DecodedItems<z.output<Schema>> => {
  const decoded: DecodedItems<z.output<Schema>> = { items: [], faults: [] };
  items.forEach((item, index) => {
    decodeItem(schema, item, () => `${where}[${index}]`, decoded);
  });
  return decoded;
};

/** As `decodeItems`, for lists that may be long: between its items others get their turn. */
export const decodeInTurns = async <Schema extends z.ZodType>(
  schema: Schema,
  items: readonly unknown[],
  where: string,
  turns: Turns,
): Promise<DecodedItems<z.output<Schema>>> => {
  const decoded: DecodedItems<z.output<Schema>> = { items: [], faults: [] };
  for (const [index, item] of items.entries()) {
    decodeItem(schema, item, () => `${where}[${index}]`, decoded);
    if (turns.due()) await turns.next();
  }
  return decoded;
};
