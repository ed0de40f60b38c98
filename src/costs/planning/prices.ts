import type { Connection } from '../../vendor/connection.ts';
import type { Cube } from '../../vendor/contract/contract.ts';

/** A cube whose price cannot be found out counts as one call. */
const priceUnknown = 1;

/** The prices of these cubes at one connection, by id. */
export const priceList = async (
  connection: Connection,
  cubes: readonly Cube[],
  deadline: number,
): Promise<ReadonlyMap<string, number>> => {
  const distinct = new Map(cubes.map((cube) => [cube.id, cube.price]));
  const told = await Promise.all(
    [...distinct].map(async ([id, price]): Promise<[string, number]> => {
      if (typeof price === 'number') return [id, price];
      const session = connection.session({ purpose: 'dashboard', deadline });
      return [id, await price(session).catch(() => priceUnknown)];
    }),
  );
  return new Map(told);
};
