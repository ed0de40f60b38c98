import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** A complete answer. All pages of a list come from the same snapshot. */
export interface Snapshot<Item> {
  readonly items: readonly Item[];
  /** Further fields of every page, besides `data` and `page`. */
  readonly rest: Readonly<Record<string, unknown>>;
}

/** How many items are written as text at once: other requests get their turn between two parts. */
export const partItems = 500;

export const partsOf = (items: readonly unknown[]): number => Math.ceil(items.length / partItems);
export const partText = (items: readonly unknown[], part: number): string =>
  JSON.stringify(items.slice(part * partItems, (part + 1) * partItems));

const digests = new WeakMap<readonly unknown[], string>();

/** Equal for equal items. */
export const digestOf = async (items: readonly unknown[]): Promise<string> => {
  const known = digests.get(items);
  if (known !== undefined) return known;
  const hash = createHash('sha256');
  for (let part = 0; part < partsOf(items); part += 1) {
    if (part > 0) await nextTurn();
    hash.update(partText(items, part));
  }
  const digest = hash.digest('base64url').slice(0, 22);
  digests.set(items, digest);
  return digest;
};

/** Equal questions over equal data get the same id, so that their cursors are equal too. */
export const snapshotId = (question: string, rest: Snapshot<unknown>['rest'], digest: string): string =>
  createHash('sha256')
    .update(JSON.stringify([question, rest, digest]))
    .digest('base64url')
    .slice(0, 22);
