import { z } from 'zod';
import { runClosedLoop, runOpenLoop } from './open-loop.ts';
import { summaryOf } from './summary.ts';

/** Makes one load after another, in a process of its own. Started by `generator.ts`. */
const kind = z.object({
  name: z.string(),
  share: z.number(),
  method: z.enum(['GET', 'PUT']),
  path: z.string(),
  body: z.string().exactOptional(),
});
const orderSchema = z.object({
  connections: z.number().nullable(),
  load: z.object({
    port: z.number(),
    keys: z.array(z.string()),
    kinds: z.array(kind),
    requestsPerSecond: z.number(),
    seconds: z.number(),
    socketsMax: z.number(),
    deadlineMs: z.number(),
    seed: z.number(),
  }),
});

process.on('message', async (message) => {
  const { load, connections } = orderSchema.parse(message);
  const outcomes = await (connections === null ? runOpenLoop(load) : runClosedLoop(load, connections));
  process.send?.(summaryOf(load, outcomes));
});
process.on('disconnect', () => process.exit(0));
process.send?.('ready');
