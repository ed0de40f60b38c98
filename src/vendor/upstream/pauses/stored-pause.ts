import { z } from 'zod';
import type { Clock } from '../../../domain/clock.ts';
import type { Store } from '../../../store/store.ts';

/** How long another process's pause may stay unseen. */
const rereadMs = 50;

/** How long the note stays that a pause was lifted: as long as any process may still obey it. */
const liftedForMs = 86_400_000;

const pauseSchema = z.object({ begun: z.number(), until: z.number(), reason: z.string(), cause: z.string() });
type Pause = z.output<typeof pauseSchema>;

export interface PauseLeft {
  readonly leftMs: number;
  /** Our sentence about it. */
  readonly reason: string;
  readonly cause: string;
}

export interface StoredPause {
  /** What is left of it; looks into the store where it has not just done so. */
  current(): Promise<PauseLeft | null>;
  /** What is left of it as far as this process knows. */
  known(): PauseLeft | null;
  /** Begins it, or lengthens it; never shortens it. Holds in this process from this very moment. */
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

/** A time in which something is not to be asked, for everybody who shares the store. A store that fails is done without. */
export const createStoredPause = (store: Store, clock: Clock, key: string): StoredPause => {
  let mirror: { readonly pause: Pause; readonly endsAt: number; readonly saved: boolean } | null = null;
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | null = null;
  /** Grows with what this process decides, so that an older look into the store does not undo it. */
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
    // An entry that is gone lifts nothing: it may have gone because the wall clock jumped. `drop` leaves a note instead.
    if (pause === null) return;
    if (mirror === null || mirror.pause.begun !== pause.begun || mirror.pause.until !== pause.until) {
      // Never longer than it was meant to be, whatever the wall clock did since.
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
      if (reading !== null || clock.monotonic() - readAt >= rereadMs) await reread();
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
        // Obeyed by this process alone.
      }
    },
    drop: async () => {
      version += 1;
      mirror = null;
      if ((await store.get(key)) === null) return;
      const lifted = { begun: clock.now(), until: clock.now(), reason: '', cause: 'lifted' };
      await store.set(key, encodePause(lifted), { expiresInMs: liftedForMs });
    },
  };
};
