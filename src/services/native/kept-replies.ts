import type { Clock } from '../../domain/clock.ts';
import { SharedRuns } from '../../domain/shared-runs.ts';
import { onceAcross } from '../../store/single.ts';
import type { Store } from '../../store/store.ts';
import type { Connection } from '../../vendor/connection.ts';
import type { VendorRequest } from '../../vendor/contract/request.ts';
import type { Written } from '../../vendor/written.ts';
import type { Ask } from '../list-request.ts';
import { decodeReply, encodeReply, type KeptReply, type NativeReply, nativeReplyOf } from './reply.ts';
import { digestOf } from './request.ts';

/** A reply, and whether it is one that was kept. */
export interface NativeAnswer {
  readonly reply: NativeReply;
  readonly kept: { readonly asOf: number; readonly freshMs: number } | null;
}

/** How long a good answer to a reading operation is used again. */
export const keptMs = 60_000;
/** With `no-cache`, what is younger is used all the same. */
const noCacheMsMin = 10_000;
const bytesMax = 1024 * 1024;
/** Time that a call may wait before it is sent, in addition to the vendor's timeout. */
const waitMs = 5_000;
const neverAborted = new AbortController().signal;

/** Reads through a short cache that replicas share: equal requests of all callers are one vendor call. */
export const createKeptReplies = (store: Store, clock: Clock, written: Written) => {
  const runs = new SharedRuns<NativeAnswer>();

  const keptUnder = async (key: string): Promise<KeptReply | null> => {
    const bytes = await store.get(key).catch(() => null);
    return bytes === null ? null : decodeReply(bytes);
  };
  const asKept = (reply: KeptReply): NativeAnswer => ({
    reply,
    kept: { asOf: reply.asOf, freshMs: keptMs - (clock.now() - reply.asOf) },
  });
  const usable = async (key: string, maxAgeMs: number): Promise<NativeAnswer | null> => {
    const found = await keptUnder(key);
    return found !== null && clock.now() - found.asOf < maxAgeMs ? asKept(found) : null;
  };

  return async (connection: Connection, request: VendorRequest, ask: Ask): Promise<NativeAnswer> => {
    const maxAgeMs = ask.noCache ? noCacheMsMin : keptMs;
    const key = `native/1/${connection.storageKey}/${await written.of(connection)}/${digestOf(request)}`;
    const found = await usable(key, maxAgeMs);
    if (found !== null) return found;

    const deadline = clock.monotonic() + (request.timeoutMs ?? connection.connector.limits.timeoutMs) + waitMs;
    const work = async (): Promise<NativeAnswer> => {
      const asOf = clock.now();
      const session = connection.session({ purpose: 'dashboard', deadline });
      const { reply: answered, failure } = await session.exchange(request);
      const reply = nativeReplyOf(answered);
      if (failure === null && reply.bytes.length <= bytesMax) {
        await store.set(key, encodeReply({ ...reply, asOf }), { expiresInMs: keptMs }).catch(() => undefined);
      }
      return { reply, kept: null };
    };
    const once = () =>
      onceAcross({
        store,
        clock,
        name: key,
        waitMsMax: deadline - clock.monotonic(),
        read: () => usable(key, maxAgeMs),
        work,
      });
    // It goes on without its caller: an answer that was paid for is kept.
    const { value } = await runs.run(`${ask.noCache} ${key}`, neverAborted, once);
    return value;
  };
};
