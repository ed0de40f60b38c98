import type { Clock } from '../../domain/clock.ts';
import { asFailure, Failure } from '../../domain/failure/failure.ts';
import type { Store } from '../../store/store.ts';
import type { Log } from '../../telemetry/log.ts';
import type { Ask } from '../list-request.ts';
import { unprotected } from '../writes/outcome.ts';
import { createDeliveryStore, type Delivery } from './delivery.ts';
import type { DeliveryKind } from './kind.ts';
import { createDeliveryRunner } from './run.ts';

/** What is sent to vendors in several requests: one after the other, each once, in the background and over restarts. */
export interface Deliveries {
  /** Kinds are registered at start-up. */
  register(kind: DeliveryKind<unknown>): void;
  /** Begins one; false if there is one with this id. Throws where it could not be kept. */
  begin(delivery: NewDelivery): Promise<boolean>;
  read(id: string): Promise<Delivery | null>;
  /** Goes on with one that another process may have left. */
  resume(id: string): void;
  /** The delivery when it has ended, or as it stands shortly before the deadline. Throws the failure of one that failed. */
  waitFor(id: string, ask: Pick<Ask, 'deadline' | 'signal'>): Promise<Delivery>;
  /** Goes on with what other processes left, now and periodically. */
  open(): void;
  /** Sends nothing more; resolves when what is under way is answered. */
  close(): Promise<void>;
}

export interface NewDelivery {
  readonly id: string;
  readonly kind: string;
  readonly about: unknown;
  /** Where they are known already: stored one by one, so that there may be any number. */
  readonly batches?: Iterable<string> | AsyncIterable<string>;
  /** Asked for when the batches are stored. */
  readonly facts?: () => Readonly<Record<string, unknown>>;
}

export interface DeliveriesOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** Keeps deliveries; throws while it cannot. */
  readonly store: Store;
}

const sweepEveryMs = 15_000;
/** Time that is left for sending the answer. */
const replyMs = 500;
const pollMs = 200;

export const openDeliveries = ({ clock, log, store }: DeliveriesOptions): Deliveries => {
  const deliveries = createDeliveryStore(store);
  const kinds = new Map<string, DeliveryKind<unknown>>();
  const closing = new AbortController();
  const kindOf = (name: string) => kinds.get(name);
  const run = createDeliveryRunner({ store, deliveries, clock, log, kindOf, closing: closing.signal });
  const running = new Map<string, Promise<void>>();
  let stopSweeping = () => {};

  const goOn = (id: string): void => {
    if (running.has(id)) return;
    const ended = run(id)
      .catch((thrown: unknown) =>
        log.warn({ delivery: id, cause: asFailure(thrown).message }, 'a delivery is left open'),
      )
      .finally(() => running.delete(id));
    running.set(id, ended);
  };
  const endedOrLate = (ended: Promise<void>, milliseconds: number): Promise<void> =>
    new Promise((resolve) => {
      const cancel = clock.after(milliseconds, resolve);
      void ended.finally(cancel).finally(resolve);
    });
  const sweep = async (): Promise<void> => {
    try {
      for (const id of await deliveries.open()) goOn(id);
    } catch (thrown) {
      log.warn({ cause: asFailure(thrown).message }, 'the list of deliveries cannot be read');
    }
    if (!closing.signal.aborted) stopSweeping = clock.after(sweepEveryMs, () => void sweep());
  };

  const create = async ({ id, kind, about, batches, facts = () => ({}) }: NewDelivery): Promise<boolean> => {
    if ((await deliveries.read(id)) !== null) return false;
    let total = 0;
    for await (const batch of batches ?? []) {
      await deliveries.saveBatch(id, total, batch);
      total += 1;
    }
    const now = clock.now();
    return deliveries.create({
      id,
      kind,
      about,
      facts: { ...facts() },
      state: 'running',
      done: 0,
      total: batches === undefined ? null : total,
      sending: false,
      round: 0,
      receipts: [],
      unknown: [],
      skipped: false,
      problem: null,
      createdAt: now,
      updatedAt: now,
    });
  };

  return {
    register: (kind) => {
      kinds.set(kind.name, kind);
    },
    begin: async (delivery) => {
      const created = await create(delivery).catch((thrown: unknown) => {
        throw unprotected(thrown);
      });
      goOn(delivery.id);
      return created;
    },
    read: deliveries.read,
    resume: goOn,
    waitFor: async (id, { deadline, signal }) => {
      for (;;) {
        const delivery = await deliveries.read(id);
        if (delivery === null) throw new TypeError(`the delivery ${id} is not stored`);
        if (delivery.problem !== null) throw new Failure(delivery.problem.kind, { public: delivery.problem.public });
        const leftMs = deadline - replyMs - clock.monotonic();
        if (delivery.state !== 'running' || leftMs <= pollMs) return delivery;
        // What another process sends is looked at now and then.
        const here = running.get(id);
        await (here === undefined ? clock.sleep(pollMs, signal) : endedOrLate(here, leftMs - pollMs));
      }
    },
    open: () => void sweep(),
    close: async () => {
      stopSweeping();
      closing.abort(new Failure('not-ready', { public: 'The gateway is shutting down.' }));
      await Promise.all(running.values());
    },
  };
};
