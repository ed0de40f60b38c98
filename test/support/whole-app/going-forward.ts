import { setTimeout } from 'node:timers/promises';
import type { Asker } from './asking.ts';
import type { GatewayOptions, GatewayProcess } from './gateway-process.ts';

/** For a gateway whose clocks `goForward` moves, by so much each time. Ages are moved, timers are not. */
export const clocksThatMove = (
  milliseconds: number,
): Required<Pick<GatewayOptions, 'environment' | 'nodeOptions'>> => ({
  environment: { LATER_MS: String(milliseconds) },
  nodeOptions: ['--import', new URL('./later.ts', import.meta.url).pathname],
});

/**
 * Resolves when the clocks of the gateway have gone forward, and it no longer takes the leap for a late event loop,
 * which it does for a second.
 */
export const goForward = async (gateway: GatewayProcess, ask: Asker): Promise<void> => {
  const count = (): number => gateway.log().split('the clocks have gone forward').length;
  const before = count();
  gateway.kill('SIGUSR2');
  while (count() === before) await setTimeout(5);
  while ((await ask('/v1/providers')).status === 503) await setTimeout(100);
};
