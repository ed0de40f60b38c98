import { startVendors } from '../../../test/support/whole-app/vendors.ts';
import type { Figure } from '../../chaos/figure.ts';
import type { Plan } from '../../chaos/plan.ts';
import { damaged } from './damaged.ts';
import { limitedProcess, orNull, smallFileSystem, unchangeable } from './disks.ts';
import { unwritable } from './unwritable.ts';

/**
 * A run of a gateway in its own process over a SQLite file whose disk fails: the real one, not a simulated one. No
 * authentication. The short form needs no rights; the long one mounts a file system where that is allowed.
 */
export const disk = async ({ short }: Plan): Promise<Figure[]> => {
  const vendors = await startVendors({ elastic: 'no-budgets' });
  const figures: Figure[] = [];
  try {
    const disks = short ? [limitedProcess] : [limitedProcess, smallFileSystem, unchangeable];
    let tried = 0;
    for (const open of disks) {
      const failing = await orNull(open);
      if (failing === null) continue;
      tried += 1;
      try {
        figures.push(...(await unwritable(failing, vendors, short)));
      } finally {
        await failing.close();
      }
    }
    figures.push({ name: 'kinds of failing disks tried', found: tried, least: 1 });
    if (!short) figures.push(...(await damaged(vendors)));
    return figures;
  } finally {
    await vendors.close();
  }
};
