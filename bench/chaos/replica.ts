import { z } from 'zod';
import { createMemoryStore } from '../../src/store/memory.ts';
import { pinnedClock } from '../../test/support/pinned-clock.ts';
import { openReplica } from './fleet.ts';

/** A replica in its own process, for `token-kill.ts`. Receives questions over IPC and reports the results. */
const optionsSchema = z.object({
  redisUrl: z.string(),
  name: z.string(),
  count: z.number(),
  settings: z.record(z.string(), z.record(z.string(), z.string())),
});

const clock = pinnedClock();
const options = optionsSchema.parse(JSON.parse(process.argv[2] ?? ''));
const replica = await openReplica({ ...options, clock, virtual: false, memory: createMemoryStore(clock) });
process.on('message', async (question) => {
  process.send?.(await replica.ask(z.string().parse(question)));
});
process.on('disconnect', () => process.exit(0));
process.send?.('ready');
