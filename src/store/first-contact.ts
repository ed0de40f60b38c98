import type { Clock } from '../domain/clock.ts';
import type { Store } from './store.ts';

const contactMsMax = 2_000;
const againMs = 100;

/**
 * Waits for the first answer of a shared store, but not for long. A process that begins its work a moment too early
 * knows neither the tokens of the others nor what was drawn, and each restart would spend its share again.
 */
export const firstContact = async (shared: Pick<Store, 'get'>, clock: Clock): Promise<void> => {
  const end = clock.monotonic() + contactMsMax;
  while (clock.monotonic() < end) {
    const answered = await shared.get('contact/1').then(
      () => true,
      () => false,
    );
    if (answered) return;
    await clock.sleep(againMs);
  }
};
