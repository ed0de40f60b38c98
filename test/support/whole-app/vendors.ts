import { fork } from 'node:child_process';
import { once } from 'node:events';
import { z } from 'zod';
import type { SandboxCall, SandboxFault } from '../../../src/vendor/contract/sandbox.ts';

const startedSchema = z.array(
  z.object({ provider: z.string(), url: z.string(), settings: z.record(z.string(), z.string()) }),
);
const toldSchema = z.object({ id: z.number(), told: z.unknown() });
const callsSchema = z.array(
  z.object({ method: z.string(), path: z.string(), query: z.string(), status: z.number(), at: z.number() }),
);
const writeSchema = z.object({
  method: z.string(),
  path: z.string(),
  sent: z.string(),
  status: z.number(),
  answered: z.string(),
});
/** A write that a vendor has carried out or refused. */
export type VendorWrite = z.output<typeof writeSchema>;

/** The sandboxes of all vendors, in one process that is not the gateway's. */
export interface VendorsProcess {
  /** For the connections file of a gateway: one connection to each, called as its provider. */
  readonly connections: readonly Readonly<Record<string, string>>[];
  readonly urls: Readonly<Record<string, string>>;
  /** Replaces the faults of one vendor; an empty list removes them. */
  misbehave(provider: string, faults: readonly SandboxFault[]): Promise<void>;
  /** Every request that one vendor has received. */
  calls(provider: string): Promise<readonly SandboxCall[]>;
  /** Every write that one vendor has answered by itself. */
  writes(provider: string): Promise<readonly VendorWrite[]>;
  close(): Promise<void>;
}

export const startVendors = async (variants: Readonly<Record<string, string>> = {}): Promise<VendorsProcess> => {
  const file = new URL('./vendors-process.ts', import.meta.url).pathname;
  const child = fork(file, [JSON.stringify({ variants })], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const ended = once(child, 'exit');
  const [first] = await once(child, 'message');
  const started = startedSchema.parse(first);
  const urls = Object.fromEntries(started.map(({ provider, url }) => [provider, url]));
  const connections = started.map(({ provider, settings }) => ({ id: provider, provider, ...settings }));

  let asked = 0;
  const waiting = new Map<number, (told: unknown) => void>();
  child.on('message', (message) => {
    const { id, told } = toldSchema.parse(message);
    waiting.get(id)?.(told);
    waiting.delete(id);
  });
  const ask = (provider: string, what: 'calls' | 'writes'): Promise<unknown> =>
    new Promise((resolve) => {
      asked += 1;
      waiting.set(asked, resolve);
      child.send({ id: asked, provider, what });
    });

  return {
    connections,
    urls,
    misbehave: async (provider, faults) => {
      const answer = await fetch(`${urls[provider]}/_sandbox/faults`, {
        method: 'PUT',
        body: JSON.stringify({ faults }),
      });
      if (!answer.ok) throw new TypeError(await answer.text());
    },
    calls: async (provider) => callsSchema.parse(await ask(provider, 'calls')),
    writes: async (provider) => z.array(writeSchema).parse(await ask(provider, 'writes')),
    close: async () => {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
};
