import type { Death } from '../../test/services/writes/mortal-store.ts';
import type { Mishap } from '../../test/services/writes/toy-budgets.ts';

/** Where a write fails, and what fails: the process, the vendor or the store. */
export interface Point {
  readonly name: string;
  readonly mishap?: Mishap;
  /** The process crashes around this operation on the store. */
  readonly death?: Death;
  /** The process crashes when the vendor has received the write, or has done it. */
  readonly killedOn?: 'arrival' | 'effect';
  /** The process cannot reach the store from this operation on, for half a minute. */
  readonly lostFrom?: Death['at'];
}

const enters =
  (state: string): Death['at'] =>
  (key, value) =>
    key.startsWith('write/1/entry/') && value.includes(`"state":"${state}"`);

export const points: readonly Point[] = [
  { name: 'killed before the journal', death: { when: 'before', at: enters('started') } },
  { name: 'killed after the journal', death: { when: 'after', at: enters('started') } },
  { name: 'killed before it is marked as sent', death: { when: 'before', at: enters('sent') } },
  { name: 'killed between mark and send', death: { when: 'after', at: enters('sent') } },
  { name: 'killed when it has arrived', mishap: 'dropped-before', killedOn: 'arrival' },
  { name: 'killed when it is carried out', killedOn: 'effect' },
  { name: 'killed before the answer is kept', death: { when: 'before', at: enters('done') } },
  { name: 'killed before the reply leaves', death: { when: 'after', at: enters('done') } },
  { name: 'answer lost, carried out', mishap: 'silent-after' },
  { name: 'answer lost, not or only later carried out', mishap: 'late' },
  { name: 'store lost before the journal', lostFrom: enters('started') },
  { name: 'store lost after the send', lostFrom: enters('done') },
];
