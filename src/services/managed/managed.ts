import type { z } from 'zod';
import type { Money } from '../../domain/money.ts';
import type { Connection } from '../../vendor/connection.ts';
import type { ManagedSource, Note, ReadingFault } from '../../vendor/contract/contract.ts';

/** What every managed thing has. */
export interface ManagedThing {
  readonly nativeId: string;
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
}

/** Where a listed thing is kept. */
export interface Keeping {
  readonly managedBy: 'vendor' | 'gateway';
  /** Set where it can only be changed in the connections file. */
  readonly fixed: boolean;
}

/** A thing with whatever the gateway can say about it. */
export interface Completed<Thing> {
  readonly thing: Thing;
  readonly notes: readonly Note[];
  readonly faults: readonly ReadingFault[];
}

/**
 * One kind of thing that callers list, create, replace and remove: at the vendor, or in the gateway where the vendor
 * has none. Everything that budgets and monitors do not share stands here.
 */
export interface Managed<Thing extends ManagedThing, Input> {
  /** In messages and in the names of stored data. */
  readonly noun: string;
  readonly plural: string;
  readonly thing: z.ZodType<Thing>;
  /** Reads an input and drops what does not belong to it. */
  readonly input: z.ZodType<Input>;
  /** The vendor's own; undefined where it has none of the kind. */
  readonly source: (connection: Connection) => ManagedSource<Thing, Input> | undefined;
  /** Those of the connections file. */
  readonly defined: (connection: Connection) => readonly Thing[];
  /** What the gateway keeps for an input. */
  readonly make: (input: Input, record: ManagedThing) => Thing;
  /** Why the gateway could not keep this for the connection; null when it can. */
  readonly cannotKeep: (connection: Connection, input: Input) => string | null;
  /** The amount that is compared with costs, and what it is called; null where an input has none. */
  readonly comparedAmount: (input: Input) => { readonly name: string; readonly amount: Money } | null;
  /** Fills in what the vendor does not tell; absent, nothing. */
  readonly complete?: (connection: Connection, thing: Thing, deadline: number) => Promise<Completed<Thing>>;
  /** As it stands in answers. */
  readonly present: (thing: Thing & Pick<Keeping, 'managedBy'>, connection: Connection) => object;
}
