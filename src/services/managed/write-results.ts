import type { Clock } from '../../domain/clock.ts';
import type { Connection } from '../../vendor/connection.ts';
import { gather } from '../../vendor/gather.ts';
import { freshPart } from '../../vendor/part.ts';
import { idOf } from '../plain-list.ts';
import type { WriteResult } from '../writes/write-result.ts';
import type { Keeping, Managed, ManagedThing } from './managed.ts';
import type { ManagedReadings } from './readings.ts';

const resultCompleteMsMax = 3_000;
/** Time that is left for sending the answer. */
const replyMs = 250;

/** The result of a completed write. Never fails: without an answer in time, the thing is returned as it was written. */
export const createWriteResults =
  <Thing extends ManagedThing, Input>(
    kind: Managed<Thing, Input>,
    readings: ManagedReadings<Thing, Input>,
    clock: Clock,
  ) =>
  async (
    connection: Connection,
    managedBy: Keeping['managedBy'],
    written: Thing,
    done: 'created' | 'changed',
    deadline: number,
  ) => {
    const completeDeadline = Math.min(deadline - replyMs, clock.monotonic() + resultCompleteMsMax);
    const thing = await readings.complete(connection, written, completeDeadline).then(
      (completed) => completed.thing,
      () => written,
    );
    const { complete, providers } = await gather([connection], false, async () =>
      freshPart(null, { asOf: clock.now() }),
    );
    const body = {
      data: kind.present({ ...thing, managedBy }, connection),
      meta: { complete, providers },
    };
    return (
      done === 'created' ? { done, id: idOf(connection, thing.nativeId), body } : { done, body }
    ) satisfies WriteResult;
  };
export type ResultOfWrite<Thing> = (
  connection: Connection,
  managedBy: Keeping['managedBy'],
  written: Thing,
  done: 'created' | 'changed',
  deadline: number,
) => Promise<WriteResult>;
