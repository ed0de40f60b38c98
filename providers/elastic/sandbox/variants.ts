/**
 * How the organization and its answers differ, as words.
 *
 * - `no-budgets`, `no-history`, `no-charts`, `no-credits`: these are not there (404).
 * - `invoiced`: its billing history has statements; without it the history is empty.
 * - `charts-hundredfold`: charts are in hundredths of an ECU. `charts-differ`: they leave out data transfer.
 * - `milliseconds`: charts have timestamps in milliseconds; without it in seconds.
 * - `sparse`: what is optional is absent: kinds, names that were not asked for, names and types in charts. One project
 *   and one kind of line item are of types that are new.
 * - `unlisted`: costs have a total, but null for their instances.
 * - `json-errors`: a refusal for want of a role is JSON; without it plain text.
 */
const words = [
  'no-budgets',
  'no-history',
  'no-charts',
  'no-credits',
  'invoiced',
  'charts-hundredfold',
  'charts-differ',
  'milliseconds',
  'sparse',
  'unlisted',
  'json-errors',
] as const;
type VariantWord = (typeof words)[number];
export type Variants = ReadonlySet<VariantWord>;

/** Reads words with blanks between them. */
export const readVariants = (text = ''): Variants => {
  const given = text.split(' ').filter((word) => word !== '');
  const known = words.filter((word) => given.includes(word));
  if (known.length !== new Set(given).size) throw new RangeError(`the sandbox knows only: ${words.join(', ')}`);
  return new Set(known);
};
