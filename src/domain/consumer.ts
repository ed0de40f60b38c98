import type { Scope } from '../server/operation/define.ts';

/** Who calls. Without authentication everybody is the one anonymous consumer with every scope. */
export interface Consumer {
  readonly name: string;
  readonly scopes: ReadonlySet<Scope>;
  /** The connections it may see; null means all. */
  readonly connections: ReadonlySet<string> | null;
}
