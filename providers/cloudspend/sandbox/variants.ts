/**
 * How the simulated vendor may behave where its document leaves it open:
 * - `exclusive-end-dates`: a range does not include the day that it ends with
 * - `largest-services`: widgets show only the services that cost most
 * - `refunds`: refunds without a service, and support fees without a region
 * - `rounded`: figures have three decimals, totals included
 * - `rolling-lock`: more than 100 calls of one operation in two minutes lock it for 22 minutes
 * - `sparse`: optional fields are absent, amounts are texts, ids are numbers
 * - `percentage-budget`: one of the budgets is a percentage
 */
const variants = [
  'exclusive-end-dates',
  'largest-services',
  'refunds',
  'rounded',
  'rolling-lock',
  'sparse',
  'percentage-budget',
] as const;
export type Variant = (typeof variants)[number];

/** The variants of a comma list. */
export const variantsOf = (text = ''): ReadonlySet<Variant> => {
  const names = text.split(',').filter((name) => name !== '');
  const known = names.flatMap((name) => variants.find((variant) => variant === name) ?? []);
  if (known.length < names.length) throw new TypeError(`the variants are ${variants.join(', ')}`);
  return new Set(known);
};
