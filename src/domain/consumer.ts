/** Permissions of a caller. Their names are part of the API. */
export type AccessScope = 'read' | 'write' | 'native:read' | 'native:write' | 'admin';

/** An authenticated caller. Without authentication, all callers are one anonymous consumer with every scope. */
export interface Consumer {
  readonly name: string;
  readonly scopes: ReadonlySet<AccessScope>;
  /** The connections it may see; null means all. */
  readonly connections: ReadonlySet<string> | null;
}

/** Equal for equal permissions of the same consumer. */
export const consumerView = ({ name, scopes, connections }: Consumer): string =>
  JSON.stringify([name, [...scopes].sort(), connections === null ? null : [...connections].sort()]);
