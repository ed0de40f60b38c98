import type { CostType } from '../domain/cost.ts';
import { monthsIn } from '../domain/day.ts';
import type { Connection, Filing } from '../vendor/connection.ts';
import { canServe, type MonthNeed, type Source } from './planning/cover.ts';
import { priceList } from './planning/prices.ts';
import { type CostQuery, wantedDimensions } from './query/query.ts';
import type { Lacking, SegmentStore } from './segments/segment-store.ts';

export interface Choice {
  readonly connection: Connection;
  readonly filing: Filing;
  readonly costType: CostType;
  readonly query: CostQuery;
  /** The sources that can answer the query. */
  readonly sources: readonly Source[];
  readonly needs: readonly MonthNeed[];
  /** How long the vendor may take to tell its prices. */
  readonly deadline: number;
}

const nothing: Lacking = { days: 0, due: 0, beyondHistory: 0 };

interface Offer {
  readonly source: Source;
  readonly needs: readonly MonthNeed[];
  /** What is missing, by need. */
  readonly lacking: readonly Lacking[];
  /** The price of one span. */
  readonly price: number;
}

/** An older layout answers only the months of which nothing has to be fetched. */
const withoutRefreshes = (offer: Omit<Offer, 'price'>, older: ReadonlySet<Source>): Omit<Offer, 'price'> => {
  if (!older.has(offer.source)) return offer;
  const settled = offer.lacking.map(({ days, due }) => days === 0 && due === 0);
  return {
    ...offer,
    needs: offer.needs.filter((_, index) => settled[index]),
    lacking: offer.lacking.filter((_, index) => settled[index]),
  };
};

const missingDaysOf = (lacking: readonly Lacking[]): number => lacking.reduce((total, { days }) => total + days, 0);

/** The price of fetching the missing days. A cube with a range span reads up to `monthsMax` months in one call. */
const priceOf = ({ source, needs, lacking, price }: Offer): number => {
  const { span, monthsMax = 1 } = source.cube;
  const incomplete = needs.filter((_, index) => (lacking[index]?.days ?? 0) > 0);
  const [first] = incomplete;
  const last = incomplete.at(-1);
  if (first === undefined || last === undefined) return 0;
  if (span === 'day') return price * missingDaysOf(lacking);
  if (span === 'month') return price * incomplete.length;
  return price * Math.ceil(monthsIn(first.start, last.end).length / monthsMax);
};

/** Days that the vendor keeps no longer: another cube may still have them. */
const lostDaysOf = (offers: readonly Offer[]): number =>
  offers.flatMap((offer) => offer.lacking).reduce((total, { beyondHistory }) => total + beyondHistory, 0);

/** The offer with fewer lost days, then the cheaper one, then the one with fewer missing days. */
const better = (left: Offer, right: Offer): Offer => {
  const difference =
    lostDaysOf([right]) - lostDaysOf([left]) ||
    priceOf(right) - priceOf(left) ||
    missingDaysOf(right.lacking) - missingDaysOf(left.lacking);
  return difference < 0 ? right : left;
};

/**
 * The cheapest cover of the needs: one source for all of them, or the cheapest source per month. Cached data with
 * more dimensions than needed counts as a source too; its days cost nothing.
 */
export const chooseSources = async (segmentStore: SegmentStore, choice: Choice): Promise<Map<Source, MonthNeed[]>> => {
  const { connection, filing, costType, query, sources, needs, deadline } = choice;
  const { grouped, filtered } = wantedDimensions(query);
  const [supersets, olderLayouts] = await Promise.all([
    Promise.all(sources.map((source) => segmentStore.supersets(filing, source, costType))),
    Promise.all(
      sources.map((source) => segmentStore.olderLayouts(filing, source, [...grouped, ...filtered], costType)),
    ),
  ]);
  const older = new Set(olderLayouts.flat());
  const candidates = [...sources, ...supersets.flat(), ...older];
  const [only] = candidates;
  if (only !== undefined && candidates.length === 1) return new Map([[only, [...needs]]]);

  const counted = await Promise.all(
    candidates.map(async (source) => {
      const answerable = needs.filter((need) => canServe(source, need, query));
      const counts = answerable.map((need) =>
        segmentStore.lacking({ connection, filing, source, costType, needs: [need] }),
      );
      return withoutRefreshes({ source, needs: answerable, lacking: await Promise.all(counts) }, older);
    }),
  );
  const prices = await priceList(
    connection,
    counted.filter(({ lacking }) => missingDaysOf(lacking) > 0).map(({ source }) => source.cube),
    deadline,
  );
  const offers = counted.map((each): Offer => ({ ...each, price: prices.get(each.source.cube.id) ?? 0 }));
  const mixed = needs.flatMap((need): Offer[] => {
    const monthOffers = offers.flatMap((offer): Offer[] => {
      const index = offer.needs.indexOf(need);
      return index === -1 ? [] : [{ ...offer, needs: [need], lacking: [offer.lacking[index] ?? nothing] }];
    });
    const [first, ...others] = monthOffers;
    return first === undefined ? [] : [others.reduce(better, first)];
  });
  const [first, ...others] = offers.filter((offer) => offer.needs.length === needs.length);
  const uniform = first === undefined ? null : others.reduce(better, first);
  const mixedPrice = mixed.reduce((total, offer) => total + priceOf(offer), 0);
  const uniformIsEnough =
    uniform !== null && lostDaysOf([uniform]) <= lostDaysOf(mixed) && priceOf(uniform) <= mixedPrice;
  const picked = uniformIsEnough ? [uniform] : mixed;

  const chosen = new Map<Source, MonthNeed[]>();
  for (const offer of picked) chosen.set(offer.source, [...(chosen.get(offer.source) ?? []), ...offer.needs]);
  return chosen;
};
