import type { Session } from './session.ts';

/** The least that shows an operator what a credential may do. */
export interface Probes {
  /** Where the vendor keeps the account, where it has several such places. */
  readonly dataCentre?: {
    readonly name: string;
    /** What to change where the credentials belong to another. */
    readonly mend: string;
  };
  /** One for each permission that the gateway uses, the one that costs least first. */
  readonly permissions: () => readonly PermissionProbe[];
}

export interface PermissionProbe {
  /** In the vendor's words. */
  readonly permission: string;
  /** What the gateway uses it for. Completes "needed for …". */
  readonly neededFor: string;
  /** What to do where it is missing. */
  readonly mend: string;
  /**
   * At most one call. It resolves with null where the vendor granted it, or with a sentence that says why it could not
   * be tried; it throws as every call does. Absent: only a change at the vendor would show it.
   */
  readonly attempt?: (session: Session) => Promise<string | null>;
}
