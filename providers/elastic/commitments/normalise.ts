import type { Commitment } from '../../../src/domain/commitment.ts';
import type { Day } from '../../../src/domain/day.ts';
import { decimalText, multiply, percentText, subtract } from '../../../src/domain/decimal.ts';
import { money } from '../../../src/domain/money.ts';
import { decode, decodeItems, type ReadingFault } from '../../../src/vendor/kit/index.ts';
import { type EcuPrices, priceOn } from '../prices.ts';
import { creditSchema, creditsSchema } from './wire.ts';

/** Prepaid credit. It has no id: type and days identify it, and its place among equal ones. */
export const creditsOf = (
  json: unknown,
  prices: EcuPrices,
  today: Day,
): { readonly items: readonly Commitment[]; readonly faults: readonly ReadingFault[] } => {
  const { items, faults } = decodeItems(creditSchema, decode(creditsSchema, json, 'line_items'), 'line_items');
  const seen = new Map<string, number>();
  return {
    faults,
    items: items.map(({ type, ecu_quantity: bought, ecu_balance: left, start, end }): Commitment => {
      const key = `${type ?? 'prepaid'}:${start ?? ''}:${end ?? ''}`;
      const place = (seen.get(key) ?? 0) + 1;
      seen.set(key, place);
      return {
        nativeId: place === 1 ? key : `${key}:${place}`,
        kind: 'prepaid',
        name: `Prepaid credit of ${decimalText(bought)} ECU`,
        scope: {},
        start,
        end,
        coveragePercent: null,
        utilisationPercent: left === null || left === undefined ? null : percentText(subtract(bought, left), bought),
        percentagesOf: 'commitment',
        cost: money(multiply(bought, priceOn(prices, start ?? today)), prices.currency),
        savings: null,
      };
    }),
  };
};
