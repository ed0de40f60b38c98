import type { CostType } from '../../domain/cost.ts';
import type { Dimension } from '../../domain/dimension.ts';
import type { Filing } from '../../vendor/connection.ts';
import type { Source } from '../planning/cover.ts';
import type { SegmentCache } from './segment-cache.ts';

/** Which sets of dimensions are stored that can serve in place of a source. */
export interface StoredLayouts {
  /** The same cube with more dimensions than needed, where such data is already stored. */
  supersets(filing: Filing, source: Source, costType: CostType): Promise<Source[]>;
  /**
   * The same cube as it was stored before its provider gave it more dimensions, where such data has all that are
   * needed. It serves as long as it is fresh; what is fetched anew has all dimensions of the cube.
   */
  olderLayouts(filing: Filing, source: Source, needed: readonly Dimension[], costType: CostType): Promise<Source[]>;
}

export const createStoredLayouts = (segmentCache: SegmentCache): StoredLayouts => {
  const stored = ({ storageKey }: Filing, { cube }: Source, costType: CostType) =>
    segmentCache.dimensionSets({ storageKey, cube: cube.id, costType });
  return {
    supersets: async (filing, source, costType) =>
      (await stored(filing, source, costType))
        .filter((own) => own.length > source.dimensions.length && source.dimensions.every((each) => own.includes(each)))
        .map((dimensions) => ({ cube: source.cube, dimensions })),
    olderLayouts: async (filing, source, needed, costType) => {
      const carried = needed.filter((each) => source.dimensions.includes(each));
      return (await stored(filing, source, costType))
        .filter((own) => !source.cube.dimensions.every((each) => own.includes(each)))
        .filter((own) => carried.every((each) => own.includes(each)))
        .map((dimensions) => ({ cube: source.cube, dimensions }));
    },
  };
};
