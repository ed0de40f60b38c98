import type { Dimension } from '../../src/domain/dimension.ts';
import { Failure, type Session } from '../../src/vendor/kit/index.ts';
import { permittedDimensionList } from './dialect.ts';
import { type DimensionIndex, indexDimensions, needsIndex } from './dimensions.ts';

/** Null where the key may not read the dimensions. */
export const indexFor = async (session: Session): Promise<DimensionIndex | null> => {
  const list = await permittedDimensionList(session);
  return list === null ? null : indexDimensions(list.dimensions);
};

/** As `indexFor`. Costs of dimensions that every organisation has are read without it where it cannot be read. */
export const indexForCosts = async (
  session: Session,
  dimensions: readonly Dimension[],
): Promise<DimensionIndex | null> => {
  try {
    return await indexFor(session);
  } catch (thrown) {
    if (thrown instanceof Failure && !needsIndex(dimensions)) return null;
    throw thrown;
  }
};
