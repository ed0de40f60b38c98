import type { Dimension } from '../domain/dimension.ts';
import type { Cube } from '../vendor/contract/contract.ts';
import { type Choice, chooseSources } from './choose-sources.ts';
import { type Coverage, cover, type MonthNeed, type Source } from './planning/cover.ts';
import type { SegmentStore } from './segments/segment-store.ts';

export type Plan =
  | {
      readonly ok: true;
      readonly chosen: ReadonlyMap<Source, readonly MonthNeed[]>;
      readonly missing: readonly Dimension[];
    }
  | (Coverage & { readonly ok: false });

/** A cube of which this cannot be found out now is taken as it is: what is stored of it may answer. */
const unusableCubes = async (
  { connection, deadline }: Pick<Choice, 'connection' | 'deadline'>,
  sources: Iterable<Source>,
): Promise<ReadonlySet<Cube>> => {
  const { costs } = connection.connector.capabilities;
  const unusable = new Set<Cube>();
  if (costs.usable === undefined) return unusable;
  const session = connection.session({ purpose: 'dashboard', deadline });
  for (const cube of new Set([...sources].map((source) => source.cube))) {
    if (!(await costs.usable(session, cube).catch(() => true))) unusable.add(cube);
  }
  return unusable;
};

/** The sources of a query and the months that each serves, without cubes that turn out to be unusable. */
export const planSources = async (segmentStore: SegmentStore, choice: Omit<Choice, 'sources'>): Promise<Plan> => {
  let { cubes } = choice.connection.connector.capabilities.costs;
  for (;;) {
    const coverage = cover(choice.query, choice.needs, cubes);
    if (!coverage.ok) return coverage;
    const chosen = await chooseSources(segmentStore, { ...choice, sources: coverage.sources });
    const unusable = await unusableCubes(choice, chosen.keys());
    if (unusable.size === 0) return { ok: true, chosen, missing: coverage.missing };
    cubes = cubes.filter((cube) => !unusable.has(cube));
  }
};
