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
 * Refuses a question that is far too large after a look at a few of its days, so that refusing costs little. Where the
 * days of a period are added, the largest of them counts for the period, because their groups may be the same.
 */
export const probe = async (
  query: CostQuery,
  slices: readonly Slice[],
  cellsMax: number,
  turns: Turns,
  count: (slice: Slice) => Promise<number>,
): Promise<void> => {
  const blocks = slices.flatMap((slice) => blocksOf(slice).map((entry) => ({ slice, entry })));
  const rows = blocks.reduce((sum, { entry: [, block] }) => sum + block.units.length, 0);
  if (rows <= cellsMax || query.granularity !== 'daily') return;
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
};
