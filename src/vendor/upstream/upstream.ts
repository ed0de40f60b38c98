import type { Clock } from '../../domain/clock.ts';
import { instantText } from '../../domain/day.ts';
import { asFailure, Failure } from '../../domain/failure/failure.ts';
import type { Store } from '../../store/store.ts';
import type { Connector } from '../contract/contract.ts';
import type { VendorReply, VendorRequest } from '../contract/request.ts';
import { createLedger, type Purpose } from '../quota/ledger.ts';
import { authorise } from './authorise.ts';
import { createBreaker } from './breaker.ts';
import { compose, createVendorCall, type Policy, type VendorCall } from './call/call.ts';
import type { UpstreamEvent } from './call/events.ts';
import { classify } from './classify.ts';
import { deadline } from './deadline.ts';
import { type Hear, hear } from './hear.ts';
import { createPauses } from './pauses/pauses.ts';
import { createRejections } from './rejections.ts';
import { createRetryBudget, retry } from './retry.ts';
import { createSlots } from './slots.ts';
import { throttle } from './throttle.ts';
import { timeout } from './timeout.ts';
import { createTokenAccess } from './tokens/token-access.ts';
import { openSender } from './transport/send.ts';
import { affectsHealth, healthOf, type LastFailure, type UpstreamState } from './upstream-state.ts';
import { watch } from './watch.ts';

export type { Purpose } from '../quota/ledger.ts';
export type { UpstreamEvent } from './call/events.ts';
export type { UpstreamState } from './upstream-state.ts';

export interface CallContext {
  readonly purpose: Purpose;
  readonly signal?: AbortSignal;
  /** In the clock's monotonic time. */
  readonly deadline?: number;
}

export interface UpstreamOptions {
  readonly connection: string;
  readonly connector: Connector;
  readonly store: Store;
  readonly clock: Clock;
  readonly userAgent: string;
  readonly observe: (event: UpstreamEvent) => void;
  /** Told of every answer. Absent: nobody is. */
  readonly hear?: Hear | undefined;
  /** The key of everything that this connection keeps in the store. */
  readonly storageKey: string;
}

/** An answer of the vendor, and the failure that it means; null if it is a success. */
export interface Exchanged {
  readonly reply: VendorReply;
  readonly failure: Failure | null;
}

/** Calls one vendor through the chain of policies. Everything thrown is a `Failure`. */
export interface Upstream {
  call(request: VendorRequest, context: CallContext): Promise<VendorReply>;
  /**
   * As `call`, but resolves with what the vendor answered last, even if that means a failure. A redirect still fails:
   * it would lead the caller elsewhere.
   */
  exchange(request: VendorRequest, context: CallContext): Promise<Exchanged>;
  state(): Promise<UpstreamState>;
  /** Whether a call has succeeded since this process started. */
  proven(): boolean;
  /** Closes circuits, drops pauses and remembered rejections; quotas stay as they are. */
  reset(): Promise<void>;
  /** Aborts the calls that are running. */
  close(): Promise<void>;
}

export const openUpstream = (options: UpstreamOptions): Upstream => {
  const { connector, store, clock, observe, storageKey } = options;
  const { limits } = connector;
  const closing = new AbortController();
  const sender = openSender(connector, options.userAgent, clock);
  const budget = createRetryBudget();
  const breaker = createBreaker(clock, observe);
  const pauses = createPauses(store, clock, storageKey, observe);
  const rejections = createRejections(clock);
  const ledger = createLedger({ store, clock, owner: storageKey, quotas: limits.quotas });
  const slots = createSlots(limits.concurrency, limits.queue);

  const watched = watch(observe, clock);
  const timed = timeout(limits.timeoutMs, clock);
  const classified = classify(connector, clock);
  const heard: Policy = options.hear === undefined ? (next) => next : hear(options.hear, clock);
  const access = createTokenAccess({
    ...options,
    send: compose(watched, timed, classified, heard)(sender.send),
    closing: closing.signal,
  });
  const send = compose(
    deadline(clock),
    retry(budget, clock, observe),
    breaker.policy,
    authorise(connector, access?.tokens ?? null, rejections),
    throttle({ pauses, ledger, slots, clock, observe }),
    watched,
    timed,
    classified,
    heard,
  )(sender.send);

  const neverAborted = new AbortController().signal;
  let succeededAt = Number.NEGATIVE_INFINITY;
  let failedAt = Number.NEGATIVE_INFINITY;
  const proven = (): boolean => succeededAt > Number.NEGATIVE_INFINITY;
  let lastSuccessAt: string | null = null;
  let lastFailure: LastFailure | null = null;

  const noteFailure = (thrown: unknown) => {
    const failure = asFailure(thrown);
    if (affectsHealth(failure.kind)) {
      failedAt = clock.monotonic();
      lastFailure = { kind: failure.kind, public: failure.details.public, at: instantText(clock.now()) };
    }
    return failure;
  };

  const callOf = (request: VendorRequest, context: CallContext): VendorCall =>
    createVendorCall({
      request,
      purpose: context.purpose,
      signal: context.signal ?? neverAborted,
      deadline: context.deadline ?? Number.POSITIVE_INFINITY,
    });
  const perform = async (call: VendorCall): Promise<VendorReply> => {
    try {
      const reply = await send(call);
      succeededAt = clock.monotonic();
      lastSuccessAt = instantText(clock.now());
      return reply;
    } catch (thrown) {
      throw noteFailure(thrown);
    }
  };

  return {
    call: (request, context) => perform(callOf(request, context)),
    exchange: async (request, context) => {
      const call = callOf(request, context);
      try {
        return { reply: await perform(call), failure: null };
      } catch (thrown) {
        const failure = asFailure(thrown);
        const { reply } = call.progress;
        if (reply === null || failure.kind === 'vendor-redirected') throw failure;
        return { reply, failure };
      }
    },
    state: async () => {
      const [pause, token, quotas] = await Promise.all([pauses.state(), access?.state() ?? null, ledger.state()]);
      const circuit = breaker.state();
      const refused = rejections.any;
      const failedLast = failedAt > succeededAt;
      const scope = pause === null || pause.operation === null ? '' : `${pause.operation}: `;
      return {
        circuit,
        pausedUntil: pause === null ? null : instantText(clock.now() + pause.leftMs),
        pauseReason: pause === null ? null : `${scope}${pause.reason}`,
        token,
        quotas,
        lastSuccessAt,
        lastFailure,
        health: healthOf({ circuit, paused: pause !== null, token, refused, failedLast, proven: proven() }),
      };
    },
    proven,
    reset: async () => {
      breaker.reset();
      budget.reset();
      rejections.reset();
      await pauses.reset();
      await access?.reset();
    },
    close: async () => {
      closing.abort(new Failure('not-ready', { public: 'The gateway is shutting down.' }));
      await sender.close();
    },
  };
};
