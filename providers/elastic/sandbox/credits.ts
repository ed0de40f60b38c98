import { type Day, earlier, later } from '../../../src/domain/day.ts';
import { compare, decimal, subtract, zero } from '../../../src/domain/decimal.ts';
import { worldStart } from '../../../src/vendor/sandbox/world.ts';
import { numberText } from './replies.ts';
import { totalOf, type World } from './world.ts';

const years = (from: Day, to: Day): number[] => {
  const first = Number(from.slice(0, 4));
  return Array.from({ length: Number(to.slice(0, 4)) - first + 1 }, (_, index) => first + index);
};

/** Prepaid credit, with one purchase per calendar year. The balance is what remains after the usage of the year. */
export const creditsJson = (world: World) => {
  const today = world.today();
  return years(worldStart(today), today).map((year) => {
    const start = later(`${year}-01-01`, worldStart(today));
    const end = `${year + 1}-01-01`;
    const quantity = decimal(String(200_000 + (year - 2020) * 25_000));
    const left = subtract(quantity, totalOf(world.usage({ start, end })));
    return {
      type: 'prepaid',
      ecu_quantity: numberText(quantity),
      ecu_balance: numberText(compare(left, zero) < 0 ? zero : left),
      start: `${year}-01-01T00:00:00Z`,
      end: `${end}T00:00:00Z`,
      active: earlier(today, end) === today && today >= start && today < end,
    };
  });
};
