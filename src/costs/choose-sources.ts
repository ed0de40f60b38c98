import type { CostType } from '../domain/cost.ts';
import { monthsIn } from '../domain/day.ts';
import type { Connection, Filing } from '../vendor/connection.ts';
import { fits, type MonthNeed, type Source } from './planning/cover.ts';
import type { CostQuery } from './query/query.ts';
import type { SegmentStore } from './segments/segment-store.ts';

export interface Choice {
  readonly connection: Connection;
  readonly filing: Filing;
  readonly costType: CostType;
  readonly query: CostQuery;
  /** Able to answer, all equally well. */
  readonly sources: readonly Source[];
  readonly needs: readonly MonthNeed[];
}

interface Offer {
  readonly source: Source;
  readonly needs: readonly MonthNeed[];
  /** Days to be bought, by need. */
  readonly lacking: readonly number[];
}

/** What a source would cost for some needs: a range is one call however many months it holds. */
const priceOf = ({ source, needs, lacking }: Offer): number => {
  const { span, price, monthsMax = 1 } = source.cube;
  const short = needs.filter((_, index) => (lacking[index] ?? 0) > 0);
  const [first] = short;
  const last = short.at(-1);
  if (first === undefined || last === undefined) return 0;
  if (span === 'day') return price * lacking.reduce((total, days) => total + days, 0);
  if (span === 'month') return price * short.length;
  return price * Math.ceil(monthsIn(first.start, last.end).length / monthsMax);
};

const daysOf = ({ lacking }: Offer): number => lacking.reduce((total, days) => total + days, 0);

/** Cheaper first; of equally dear ones that which lacks less. */
const better = (left: Offer, right: Offer): Offer => {
  const difference = priceOf(right) - priceOf(left);
  if (difference !== 0) return difference < 0 ? right : left;
  return daysOf(right) < daysOf(left) ? right : left;
};

/**
 * The cheapest cover of the needs: one source for all of them, or for each month the cheapest of its own. What was
 * paid for with more dimensions than are needed is a source as well, and costs nothing.
 */
export const chooseSources = async (segmentStore: SegmentStore, choice: Choice): Promise<Map<Source, MonthNeed[]>> => {
  const { connection, filing, costType, query, sources, needs } = choice;
  const richer = await Promise.all(sources.map((source) => segmentStore.supersets(filing, source, costType)));
  const candidates = [...sources, ...richer.flat()];
  const [only] = candidates;
  if (only !== undefined && candidates.length === 1) return new Map([[only, [...needs]]]);

  const offers = await Promise.all(
    candidates.map(async (source): Promise<Offer> => {
      const able = needs.filter((need) => fits(source, need, query));
      const counts = able.map((need) => segmentStore.lacking({ connection, filing, source, costType, needs: [need] }));
      return { source, needs: able, lacking: await Promise.all(counts) };
    }),
  );
  const mixed = needs.flatMap((need): Offer[] => {
    const own = offers.flatMap((offer): Offer[] => {
      const index = offer.needs.indexOf(need);
      return index === -1 ? [] : [{ source: offer.source, needs: [need], lacking: [offer.lacking[index] ?? 0] }];
    });
    const [first, ...others] = own;
    return first === undefined ? [] : [others.reduce(better, first)];
  });
  const [first, ...others] = offers.filter((offer) => offer.needs.length === needs.length);
  const uniform = first === undefined ? null : others.reduce(better, first);
  const mixedPrice = mixed.reduce((total, offer) => total + priceOf(offer), 0);
  const picked = uniform !== null && priceOf(uniform) <= mixedPrice ? [uniform] : mixed;

  const chosen = new Map<Source, MonthNeed[]>();
  for (const offer of picked) chosen.set(offer.source, [...(chosen.get(offer.source) ?? []), ...offer.needs]);
  return chosen;
};
