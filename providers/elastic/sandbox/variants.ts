/**
 * How the organization and its answers differ, as words. `no-budgets`, `no-history`: these are not there (404).
 * `invoiced`: its billing history has statements; without it the history is empty.
 */
const words = ['no-budgets', 'no-history', 'invoiced'] as const;
export type VariantWord = (typeof words)[number];
export type Variants = ReadonlySet<VariantWord>;

/** Reads words with blanks between them. */
export const readVariants = (text = ''): Variants => {
  const given = text.split(' ').filter((word) => word !== '');
  const known = words.filter((word) => given.includes(word));
  if (known.length !== new Set(given).size) throw new RangeError(`the sandbox knows only: ${words.join(', ')}`);
  return new Set(known);
};
