import type { z } from 'zod';
import type { Money } from '../../domain/money.ts';
import type { Connection } from '../../vendor/connection.ts';
import type { ManagedSource, Note, ReadingFault } from '../../vendor/contract/contract.ts';

export interface ManagedThing {
  readonly nativeId: string;
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
}

/** Where a listed thing is stored. */
export interface Keeping {
  readonly managedBy: 'vendor' | 'gateway';
  /** Set where it can only be changed in the connections file. */
  readonly fixed: boolean;
}

/** A thing with the values that the gateway added. */
export interface Completed<Thing> {
  readonly thing: Thing;
  readonly notes: readonly Note[];
  readonly faults: readonly ReadingFault[];
}

/**
 * One kind of thing that callers list, create, replace and remove: at the vendor, or in the gateway if the vendor
 * has none. It defines everything in which budgets and monitors differ.
 */
export interface Managed<Thing extends ManagedThing, Input> {
  /** Used in messages and in store keys. */
  readonly noun: string;
  readonly plural: string;
  readonly thing: z.ZodType<Thing>;
  /** Parses an input and drops other fields. */
  readonly input: z.ZodType<Input>;
  /** The vendor's source; undefined if it has none. */
  readonly source: (connection: Connection) => ManagedSource<Thing, Input> | undefined;
  /** The things that the connections file defines. */
  readonly defined: (connection: Connection) => readonly Thing[];
  /** The thing that the gateway stores for an input. */
  readonly make: (input: Input, record: ManagedThing) => Thing;
  /** Why the gateway cannot store this for the connection; null if it can. */
  readonly cannotKeep: (connection: Connection, input: Input) => string | null;
  /** The amount that is compared with costs, and its name; null if the input has none. */
  readonly comparedAmount: (input: Input) => { readonly name: string; readonly amount: Money } | null;
  /** Adds values that the vendor does not report. Absent: nothing is added. */
  readonly complete?: (connection: Connection, thing: Thing, deadline: number) => Promise<Completed<Thing>>;
  /** The thing as callers get it. */
  readonly present: (thing: Thing & Pick<Keeping, 'managedBy'>, connection: Connection) => object;
}
