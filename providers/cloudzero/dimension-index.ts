import type { Session } from '../../src/vendor/kit/index.ts';
import { permittedDimensionList } from './dialect.ts';
import { type DimensionIndex, indexDimensions } from './dimensions.ts';

/** Null where the key may not read the dimensions. */
export const indexFor = async (session: Session): Promise<DimensionIndex | null> => {
  const list = await permittedDimensionList(session);
  return list === null ? null : indexDimensions(list.dimensions);
};
