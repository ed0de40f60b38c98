import type { Turns } from '../../domain/turns.ts';
import type { CostQuery } from '../query/query.ts';
import { questionTooLarge } from './cells-max.ts';
import { blocksOf, type Slice } from './slice.ts';

const probesMax = 12;

/** The slice with one of its blocks alone. */
const withBlock = (slice: Slice, [day, block]: ReturnType<typeof blocksOf>[number]): Slice => ({
  ...slice,
  segment: { ...slice.segment, blocks: new Map([[day, block]]) },
});

/**
 * How many cells a question by days will have, by a look at a few of them; 0 for other questions and for small ones.
 * One that is far too large is refused, so that refusing costs little.
 */
export const probe = async (
  query: CostQuery,
  slices: readonly Slice[],
  cellsMax: number,
  turns: Turns,
  count: (slice: Slice) => Promise<number>,
): Promise<number> => {
  const blocks = slices.flatMap((slice) => blocksOf(slice).map((entry) => ({ slice, entry })));
  const rows = blocks.reduce((sum, { entry: [, block] }) => sum + block.units.length, 0);
  if (rows <= cellsMax || query.granularity !== 'daily') return 0;
  const step = Math.ceil(blocks.length / probesMax);
  let cells = 0;
  let probed = 0;
  for (let at = Math.floor(step / 2); at < blocks.length; at += step) {
    const block = blocks[at];
    if (block === undefined) continue;
    cells += await count(withBlock(block.slice, block.entry));
    probed += 1;
    if (turns.due()) await turns.next();
  }
  const estimate = Math.round((cells / Math.max(1, probed)) * blocks.length);
  // Connections may have groups in common, which then are one.
  const connections = new Set(slices.map(({ connection }) => connection)).size;
  if (estimate > 2 * connections * cellsMax) throw questionTooLarge(estimate, cellsMax);
  return estimate;
};
