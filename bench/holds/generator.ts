import { fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import type { Load } from './open-loop.ts';
import { type Summary, summarySchema } from './summary.ts';

/** Makes loads from a process of its own. */
export interface Generator {
  /** At the rate of the load, whatever the answers. */
  open(load: Load): Promise<Summary>;
  /** With as many requests at once as there are connections. */
  closed(load: Load, connections: number): Promise<Summary>;
  close(): Promise<void>;
}

/** Keeps a process on one processor, where the machine can do that. */
const pinTo = (pid: number, processor: number): boolean =>
  spawnSync('taskset', ['-cp', String(processor), String(pid)], { stdio: 'ignore' }).status === 0;

export const startGenerator = async (): Promise<Generator> => {
  const file = new URL('./generator-process.ts', import.meta.url).pathname;
  const child = fork(file, [], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const ended = once(child, 'exit');
  await once(child, 'message');
  if (child.pid !== undefined) pinTo(child.pid, 1);
  const order = async (load: Load, connections: number | null): Promise<Summary> => {
    child.send({ load, connections });
    const [summary] = await once(child, 'message');
    return summarySchema.parse(summary);
  };
  return {
    open: (load) => order(load, null),
    closed: (load, connections) => order(load, connections),
    close: async () => {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
};
