import { z } from 'zod';
import type { Clock } from '../../../domain/clock.ts';
import type { Store } from '../../../store/store.ts';

/** How often the store is read for pauses of other processes. */
const storeReadMs = 50;

/** How long the record of a dropped pause is kept: as long as another process may still hold that pause. */
const droppedForMs = 86_400_000;

const pauseSchema = z.object({ begun: z.number(), until: z.number(), reason: z.string(), cause: z.string() });
type Pause = z.output<typeof pauseSchema>;

export interface PauseLeft {
  readonly leftMs: number;
  /** The public sentence about it. */
  readonly reason: string;
  readonly cause: string;
}

export interface StoredPause {
  /** The remaining pause; reads the store unless that was done just before. */
  current(): Promise<PauseLeft | null>;
  /** The remaining pause as far as this process knows. */
  known(): PauseLeft | null;
  /** Starts or extends it, never shortens it. In this process it takes effect before the first await. */
  begin(milliseconds: number, reason: string, cause: string): Promise<void>;
  drop(): Promise<void>;
}

const encodePause = (pause: Pause): Uint8Array => new TextEncoder().encode(JSON.stringify(pause));
const decodePause = (bytes: Uint8Array | null): Pause | null => {
  if (bytes === null) return null;
  try {
    return pauseSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    return null;
  }
};

/** A pause that all processes with the same store share. While the store fails, this process keeps its own. */
export const createStoredPause = (store: Store, clock: Clock, key: string): StoredPause => {
  let mirror: { readonly pause: Pause; readonly endsAt: number; readonly saved: boolean } | null = null;
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | null = null;
  /** Incremented when this process changes the pause, so that an older read of the store does not overwrite it. */
  let version = 0;

  const known = (): PauseLeft | null => {
    if (mirror === null) return null;
    const leftMs = mirror.endsAt - clock.monotonic();
    return leftMs > 0 ? { leftMs, reason: mirror.pause.reason, cause: mirror.pause.cause } : null;
  };

  const read = async (): Promise<void> => {
    const seen = version;
    readAt = clock.monotonic();
    const pause = decodePause(await store.get(key));
    if (seen !== version) return;
    // A missing entry does not end a pause: the wall clock may have jumped past its expiry. `drop` writes a record instead.
    if (pause === null) return;
    if (mirror === null || mirror.pause.begun !== pause.begun || mirror.pause.until !== pause.until) {
      // Never longer than its original length, even if the wall clock was set back.
      const leftMs = Math.min(pause.until - clock.now(), pause.until - pause.begun);
      const ends = clock.monotonic() + leftMs;
      if (mirror === null || mirror.saved || ends > mirror.endsAt) mirror = { pause, endsAt: ends, saved: true };
    }
  };
  const reread = (): Promise<void> => {
    reading ??= read()
      .catch(() => {})
      .finally(() => {
        reading = null;
      });
    return reading;
  };

  const save = async (pause: Pause): Promise<void> => {
    const stored = decodePause(await store.get(key));
    if (stored !== null && stored.until >= pause.until) return;
    await store.set(key, encodePause(pause), { expiresInMs: pause.until - pause.begun });
  };

  return {
    known,
    current: async () => {
      if (reading !== null || clock.monotonic() - readAt >= storeReadMs) await reread();
      return known();
    },
    begin: async (milliseconds, reason, cause) => {
      if ((known()?.leftMs ?? 0) >= milliseconds) return;
      const pause = { begun: clock.now(), until: clock.now() + milliseconds, reason, cause };
      version += 1;
      mirror = { pause, endsAt: clock.monotonic() + milliseconds, saved: false };
      try {
        await save(pause);
        if (mirror?.pause === pause) mirror = { ...mirror, saved: true };
      } catch {
        // Only this process knows the pause.
      }
    },
    drop: async () => {
      version += 1;
      mirror = null;
      if ((await store.get(key)) === null) return;
      const dropped = { begun: clock.now(), until: clock.now(), reason: '', cause: 'dropped' };
      await store.set(key, encodePause(dropped), { expiresInMs: droppedForMs });
    },
  };
};
