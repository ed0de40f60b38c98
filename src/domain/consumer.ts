/** What a caller may do. The names are fixed by the contract of the API. */
export type AccessScope = 'read' | 'write' | 'native:read' | 'native:write' | 'admin';

/** Who calls. Without authentication everybody is the one anonymous consumer with every scope. */
export interface Consumer {
  readonly name: string;
  readonly scopes: ReadonlySet<AccessScope>;
  /** The connections it may see; null means all. */
  readonly connections: ReadonlySet<string> | null;
}
