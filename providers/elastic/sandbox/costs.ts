import { addDays } from '../../../src/domain/day.ts';
import { add, type Decimal, decimal, decimalText, divide, zero } from '../../../src/domain/decimal.ts';
import { numberText } from './replies.ts';
import type { Variants } from './variants.ts';
import { groupBy, totalOf, type Usage } from './world.ts';

const rounded = (value: Decimal): string => decimalText(divide(value, decimal('1'), 4) ?? value);
const quantityOf = (usage: readonly Usage[]): Decimal =>
  usage.reduce((total, entry) => add(total, entry.quantity), zero);

/** API calls are shown in thousands. */
const quantityText = (quantity: Decimal, unit: string): string =>
  unit === '1000 API Calls' ? `${rounded(quantity)}k requests` : `${rounded(quantity)} ${unit}s`;
/** Rates are shown with four decimals. */
const rateText = (rate: Decimal, unit: string): string => {
  const [whole = '0', places = ''] = rounded(rate).split('.');
  return `${whole}.${places.padEnd(4, '0')} per ${unit}`;
};

const quantityJson = (quantity: Decimal, unit: string) => ({
  value: numberText(quantity),
  formatted_value: quantityText(quantity, unit),
});
const rateJson = (rate: Decimal, unit: string) => ({
  value: numberText(rate),
  formatted_value: rateText(rate, unit),
});

/** The parts of a window between price changes; empty without a change, because one part would equal the item. */
const quantitiesJson = (usage: readonly Usage[], unit: string) => {
  const parts = [...groupBy(usage, (entry) => decimalText(entry.rate)).values()];
  if (parts.length < 2) return [];
  return parts.flatMap((part) => {
    const first = part[0];
    const last = part.at(-1);
    if (first === undefined || last === undefined) return [];
    return [
      {
        from: `${first.day}T00:00:00Z`,
        to: `${addDays(last.day, 1)}T00:00:00Z`,
        quantity: quantityJson(quantityOf(part), unit),
        rate: rateJson(first.rate, unit),
        total_ecu: numberText(totalOf(part)),
        tiers: [],
      },
    ];
  });
};

/** One line item per SKU and kind. Usage is in the order of days. */
const lineItemsJson = (usage: readonly Usage[], variants: Variants) =>
  [...groupBy(usage, ({ lineItem }) => `${lineItem.kind} ${lineItem.sku}`).values()].flatMap((part) => {
    const latest = part.at(-1);
    if (latest === undefined) return [];
    const { kind, name, sku, type, unit } = latest.lineItem;
    const quantity = quantityJson(quantityOf(part), unit);
    return [
      {
        name,
        total_ecu: numberText(totalOf(part)),
        type: variants.has('sparse') && type === 'storage_api' ? 'snapshot_requests' : type,
        sku,
        unit,
        quantity,
        display_quantity: { ...quantity, type: 'default' },
        rate: rateJson(latest.rate, unit),
        ...(kind === undefined || (variants.has('sparse') && kind === null) ? {} : { kind }),
        quantities: quantitiesJson(part, unit),
      },
    ];
  });

/** Names of projects come from another service, so they are included only on request. */
const nameOf = ({ instance }: Usage, includeNames: boolean, variants: Variants) => {
  if (instance.type === 'deployment' || includeNames) return { name: instance.name };
  return variants.has('sparse') ? {} : { name: instance.id };
};
const typeOf = ({ instance: { type } }: Usage, variants: Variants): string =>
  variants.has('sparse') && type === 'security' ? 'agents' : type;

export const instancesJson = (usage: readonly Usage[], includeNames: boolean, variants: Variants) => {
  if (variants.has('unlisted')) return { total_ecu: numberText(totalOf(usage)), instances: null };
  const listed = [...groupBy(usage, ({ instance }) => instance.id).values()].flatMap((part) => {
    const first = part[0];
    if (first === undefined) return [];
    return [
      {
        id: first.instance.id,
        ...nameOf(first, includeNames, variants),
        type: typeOf(first, variants),
        total_ecu: numberText(totalOf(part)),
        product_line_items: lineItemsJson(part, variants),
      },
    ];
  });
  return { total_ecu: numberText(totalOf(usage)), instances: listed.length === 0 ? null : listed };
};

/** The product of a line item. `byFamily` combines all projects as `serverless`. */
export const productOf = ({ instance, lineItem }: Usage, byFamily: boolean): string =>
  byFamily && instance.type !== 'deployment' ? 'serverless' : (lineItem.kind ?? instance.type);

export const itemsJson = (usage: readonly Usage[], byFamily: boolean, variants: Variants) => ({
  total_ecu: numberText(totalOf(usage)),
  products: [...groupBy(usage, (entry) => productOf(entry, byFamily))].map(([type, part]) => ({
    type,
    total_ecu: numberText(totalOf(part)),
    product_line_items: lineItemsJson(part, variants),
  })),
});
