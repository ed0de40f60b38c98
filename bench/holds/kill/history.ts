import type { Place } from './places.ts';

/** What a caller was told at last. `refused`: that nothing was done. `unanswered`: nothing that says either. */
export type Told = 'done' | 'refused' | 'unanswered';

/** One request that changes something, with all its repetitions. */
export interface Asked {
  readonly method: 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly body: object | null;
  readonly key: string | null;
  told: Told;
  /** The first answer with 2xx. */
  first: { readonly status: number; readonly text: string } | null;
  /** The last answer, where none was 2xx. */
  last: string;
}

/** One thing under a name of its own, with everything that was asked of it. */
export interface Thing {
  readonly place: Place;
  readonly name: string;
  id: string | null;
  /** `maybe`: a request that nobody answered may have created or removed it. */
  state: 'there' | 'gone' | 'maybe' | 'never';
  /** The amounts that it may have. */
  amounts: string[];
  readonly asked: Asked[];
}

/** What writers and the judge write down while gateways are killed. */
export interface History {
  readonly things: Thing[];
  readonly violations: string[];
  attempts: number;
}

export const complain = ({ violations }: History, { place, name }: Thing, what: string): void => {
  violations.push(`${name} (${place.name}): ${what}`);
};
