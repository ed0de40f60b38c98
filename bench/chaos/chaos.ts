import { blocked } from '../holds/blocked.ts';
import { disk } from '../holds/disk/disk.ts';
import { distinctKeys } from '../holds/distinct-keys.ts';
import { emptied } from '../holds/emptied.ts';
import { greedy } from '../holds/greedy.ts';
import { kill } from '../holds/kill/kill.ts';
import { overload, overloadRedis } from '../holds/overload.ts';
import { rolling } from '../holds/rolling.ts';
import { slices } from '../holds/slices.ts';
import { sockets } from '../holds/sockets.ts';
import { telemetry } from '../holds/telemetry.ts';
import { amplification } from './amplification.ts';
import type { Figure } from './figure.ts';
import { isolation } from './isolation.ts';
import { outage } from './outage.ts';
import { pauses } from './pauses.ts';
import type { Plan } from './plan.ts';
import { singleFlight } from './single-flight.ts';
import { tokenKill } from './token-kill.ts';
import { crashLoop, tokenDay } from './tokens.ts';

const scenarios = {
  pauses,
  amplification,
  tokenDay,
  tokenKill,
  crashLoop,
  singleFlight,
  outage,
  isolation,
  kill,
  disk,
  emptied,
  overload,
  overloadRedis,
  greedy,
  blocked,
  sockets,
  rolling,
  distinctKeys,
  slices,
  telemetry,
} as const;

/** Runs all scenarios in sequence, or only the named one. */
export const chaos = async (plan: Plan, only: string | null = null): Promise<Figure[]> => {
  const figures: Figure[] = [];
  for (const [name, scenario] of Object.entries(scenarios)) {
    if (only === null || only === name) figures.push(...(await scenario(plan)));
  }
  return figures;
};
