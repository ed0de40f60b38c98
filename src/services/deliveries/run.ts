import type { Clock } from '../../domain/clock.ts';
import { asFailure, Failure, type FailureKind } from '../../domain/failure/failure.ts';
import { claimWork } from '../../store/single.ts';
import type { Store } from '../../store/store.ts';
import type { Log } from '../../telemetry/log.ts';
import { jsonDigest } from '../writes/fingerprint.ts';
import { meaningOf, outcomeUnknown } from '../writes/outcome.ts';
import type { Delivery, DeliveryStore } from './delivery.ts';
import type { DeliveryKind, DeliveryWork } from './kind.ts';

export interface RunnerOptions {
  readonly store: Store;
  readonly deliveries: DeliveryStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly kindOf: (name: string) => DeliveryKind<unknown> | undefined;
  readonly closing: AbortSignal;
}

const waitMsMin = 1_000;
const waitsMax = 12;
const lanePollMs = 1_000;
/** A vendor may be well again a little later. */
const passingKinds: readonly FailureKind[] = ['vendor-unavailable', 'vendor-timeout', 'deadline-exceeded'];

/** Ends without the process having finished the delivery: another process goes on with it. */
class LeftOpen extends Error {}

/** Sends one delivery to its end, from wherever it was left. */
export const createDeliveryRunner = ({ store, deliveries, clock, log, kindOf, closing }: RunnerOptions) => {
  const save = async (delivery: Delivery, changes: Partial<Delivery>): Promise<Delivery> => {
    const next = { ...delivery, ...changes, updatedAt: clock.now() };
    await deliveries.save(next);
    return next;
  };

  const work: DeliveryWork = {
    signal: closing,
    patiently: async (attempted) => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await attempted();
        } catch (thrown) {
          const failure = asFailure(thrown);
          const { retryAfterMs } = failure.details;
          const mayPass = retryAfterMs !== undefined || passingKinds.includes(failure.kind);
          if (!mayPass || attempt === waitsMax) throw failure;
          await clock.sleep(Math.max(retryAfterMs ?? 0, waitMsMin * attempt), closing);
        }
      }
    },
  };

  /** Stores the requests before the first is sent, so that they do not change on the way. */
  const prepare = async (delivery: Delivery, kind: DeliveryKind<unknown>): Promise<Delivery> => {
    if (kind.prepare === undefined) throw new TypeError(`the requests of the delivery ${delivery.id} are not stored`);
    const { batches, facts, skipped } = await kind.prepare(delivery.about, work);
    for (const [index, batch] of batches.entries()) await deliveries.saveBatch(delivery.id, index, batch);
    const total = batches.length;
    return save(delivery, { facts: { ...facts }, total, skipped, ...(total === 0 ? { state: 'done' } : {}) });
  };

  const checkAll = async ({ id, about, total }: Delivery, kind: DeliveryKind<unknown>): Promise<void> => {
    if (kind.check === undefined) return;
    for (let index = 0; index < (total ?? 0); index += 1)
      await kind.check(about, await deliveries.batch(id, index), work);
  };

  /** Of a request that was sent and must not be sent again: ends the delivery, or goes on and reports it. */
  const leaveUnknown = (delivery: Delivery, { unanswered }: DeliveryKind<unknown>): Promise<Delivery> => {
    if (unanswered === 'ends') throw outcomeUnknown(delivery.id);
    const { done, unknown } = delivery;
    return save(delivery, { sending: false, done: done + 1, unknown: [...unknown, done] });
  };

  /** Sends the next request. A known failure is tried again under a new key; an unknown one only where that is harmless. */
  const sendNext = async (given: Delivery, kind: DeliveryKind<unknown>): Promise<Delivery> => {
    let delivery = given;
    const { about, id, done } = delivery;
    const isHarmless = () => kind.isRepeatable(about).catch(() => false);
    if (delivery.sending && !(await isHarmless())) return leaveUnknown(delivery, kind);
    const batch = await deliveries.batch(id, done);
    for (let attempt = 1; ; attempt += 1) {
      await kind.pace?.(about, batch, work);
      // Before it is marked as sent: what is left to another process must not count as unknown.
      closing.throwIfAborted();
      delivery = await save(delivery, { sending: true });
      try {
        const receipt = await kind.send(about, batch, jsonDigest(id, done, delivery.round).slice(0, 32));
        const receipts = receipt === null ? delivery.receipts : [...delivery.receipts, receipt];
        return await save(delivery, { sending: false, done: done + 1, receipts });
      } catch (thrown) {
        const failure = asFailure(thrown);
        const meaning = meaningOf(failure);
        if (meaning === 'refused') throw failure;
        if (meaning === 'turned-away') delivery = await save(delivery, { sending: false, round: delivery.round + 1 });
        else if (!(await isHarmless())) return leaveUnknown(delivery, kind);
        if (attempt === waitsMax) throw failure;
        await clock.sleep(Math.max(failure.details.retryAfterMs ?? 0, waitMsMin * attempt), closing);
      }
    }
  };

  /** Over all replicas. */
  const takeLane = async (lane: string): Promise<() => Promise<void>> => {
    for (;;) {
      const release = await claimWork(store, clock, `delivery-lane/${lane}`);
      if (release !== null) return release;
      await clock.sleep(lanePollMs, closing);
    }
  };

  const carryOut = async (found: Delivery, kind: DeliveryKind<unknown>): Promise<void> => {
    let delivery = found.total === null ? await prepare(found, kind) : found;
    if (delivery.state !== 'running') return;
    const release = await takeLane(kind.lane(delivery.about));
    try {
      if (delivery.done === 0 && !delivery.sending) await checkAll(delivery, kind);
      while (delivery.done < (delivery.total ?? 0)) delivery = await sendNext(delivery, kind);
      await kind.finished?.(delivery.about, delivery.facts);
      await save(delivery, { state: 'done' });
    } finally {
      await release();
    }
  };

  const fail = async (id: string, thrown: unknown): Promise<void> => {
    if (closing.aborted) throw new LeftOpen();
    const failure = asFailure(thrown);
    if (failure.kind === 'internal') log.error({ delivery: id, err: failure.details.cause }, 'a delivery failed');
    const delivery = await deliveries.read(id);
    if (delivery === null || delivery.state !== 'running') return;
    await save(delivery, { state: 'failed', problem: { kind: failure.kind, public: failure.details.public } });
  };

  const runFound = async (delivery: Delivery): Promise<void> => {
    const kind = kindOf(delivery.kind);
    if (kind === undefined) throw new Failure('not-found', { public: `Nothing here sends a ${delivery.kind}.` });
    await carryOut({ ...delivery, about: kind.about.parse(delivery.about) }, kind);
  };

  /** Resolves when the delivery has ended, or is in other hands. */
  return async (id: string): Promise<void> => {
    const release = await claimWork(store, clock, `delivery/${id}`);
    if (release === null) return;
    try {
      const delivery = await deliveries.read(id);
      if (delivery?.state === 'running') await runFound(delivery).catch((thrown: unknown) => fail(id, thrown));
    } catch (thrown) {
      if (!(thrown instanceof LeftOpen))
        log.warn({ delivery: id, cause: asFailure(thrown).message }, 'a delivery is left open');
    } finally {
      await release();
    }
  };
};
