import type { Clock } from '../../../src/domain/clock.ts';
import { addDays, type Day, daysIn, earlier, later, type Month, monthOf, monthStart } from '../../../src/domain/day.ts';
import { add, type Decimal, decimal, multiply, zero } from '../../../src/domain/decimal.ts';
import { dailyAmount, draw, worldStart } from '../../../src/vendor/sandbox/world.ts';
import { type InstanceSpec, instances } from './instances.ts';
import type { LineItemSpec } from './line-items.ts';

/** The figures of one line item on one day. All endpoints return sums of them. `total` is exactly quantity × rate. */
export interface Usage {
  readonly instance: InstanceSpec;
  readonly lineItem: LineItemSpec;
  readonly day: Day;
  readonly rate: Decimal;
  readonly quantity: Decimal;
  readonly total: Decimal;
}

/** `start` is inclusive, `end` exclusive. */
export interface Window {
  readonly start: Day;
  readonly end: Day;
}

export interface World {
  today(): Day;
  /** The days of a window in the world, which has the last three years up to today. */
  days(window: Window): Day[];
  usageOn(day: Day): readonly Usage[];
  usage(window: Window): Usage[];
}

/** The billed share of today, constant in the sandbox. */
const partOfToday = decimal('0.4375');

const rateOn = (lineItem: LineItemSpec, day: Day): Decimal =>
  decimal(lineItem.rates.findLast(([from]) => from <= day)?.[1] ?? '0');

/** A month has at most one random spike or drop, of one or two days. */
const eventsOf = (seed: string, instance: InstanceSpec, month: Month): Readonly<Record<Day, number>> => {
  if (draw(seed, 'event', instance.id, month) >= instance.volatility) return {};
  const first = addDays(monthStart(month), Math.floor(draw(seed, 'event-day', instance.id, month) * 27));
  const size = draw(seed, 'event-size', instance.id, month);
  const factor = size < 0.25 ? 0.2 + size : 1.5 + size * 2;
  return size > 0.6 ? { [first]: factor, [addDays(first, 1)]: factor * 0.8 } : { [first]: factor };
};

/** The usage of whole days: a function of the seed, so equal worlds may share it. */
export type KnownUsage = Map<Day, readonly Usage[]>;

export const createWorld = (seed: string, clock: Clock, known: KnownUsage = new Map()): World => {
  const events = new Map<string, Readonly<Record<Day, number>>>();

  const eventsIn = (instance: InstanceSpec, month: Month) => {
    const key = `${instance.id} ${month}`;
    const found = events.get(key) ?? eventsOf(seed, instance, month);
    events.set(key, found);
    return found;
  };

  const make = (day: Day, partial: boolean): Usage[] =>
    instances
      .filter((instance) => instance.from <= day && (instance.until === undefined || day < instance.until))
      .flatMap((instance) =>
        instance.lineItems.map((lineItem) => {
          const whole = decimal(
            dailyAmount(
              seed,
              { ...lineItem, name: `${instance.id} ${lineItem.sku}`, events: eventsIn(instance, monthOf(day)) },
              day,
            ),
          );
          const quantity = partial ? multiply(whole, partOfToday) : whole;
          const rate = rateOn(lineItem, day);
          return { instance, lineItem, day, rate, quantity, total: multiply(quantity, rate) };
        }),
      );

  const usageOn = (day: Day): readonly Usage[] => {
    const today = clock.today();
    if (day > today || day < worldStart(today)) return [];
    if (day === today) return make(day, true);
    const found = known.get(day) ?? make(day, false);
    known.set(day, found);
    return found;
  };
  const days = (window: Window): Day[] => {
    const today = clock.today();
    return daysIn(later(window.start, worldStart(today)), earlier(window.end, addDays(today, 1)));
  };
  return {
    today: () => clock.today(),
    days,
    usageOn,
    usage: (window) => days(window).flatMap((day) => usageOn(day)),
  };
};

export const totalOf = (usage: readonly Usage[]): Decimal =>
  usage.reduce((total, entry) => add(total, entry.total), zero);

/** Groups are in the order of the first occurrence of their keys. */
export const groupBy = (usage: readonly Usage[], key: (entry: Usage) => string): Map<string, Usage[]> => {
  const groups = new Map<string, Usage[]>();
  for (const entry of usage) {
    const name = key(entry);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [entry]);
    else group.push(entry);
  }
  return groups;
};
