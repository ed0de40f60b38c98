import { z } from 'zod';
import { Failure } from '../../domain/failure/failure.ts';
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

/** Decodes a list item by item: an item that does not match the schema becomes a fault. */
export const decodeItems = <Schema extends z.ZodType>(
  schema: Schema,
  items: readonly unknown[],
  where: string,
): { readonly items: z.output<Schema>[]; readonly faults: ReadingFault[] } => {
  const decoded: z.output<Schema>[] = [];
  const faults: ReadingFault[] = [];
  items.forEach((item, index) => {
    const parsed = schema.safeParse(item);
    if (parsed.success) {
      decoded.push(parsed.data);
      return;
    }
    const issue = parsed.error.issues[0];
    faults.push({ path: pathText(`${where}[${index}]`, issue?.path ?? []), message: issue?.message ?? 'does not fit' });
  });
  return { items: decoded, faults };
};
