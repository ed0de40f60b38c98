import { z } from 'zod';
import { providers } from '../../../providers/index.ts';
import { systemClock } from '../../../src/domain/clock.ts';
import { isSandboxed } from '../../../src/vendor/contract/provider.ts';
import type { RunningSandbox } from '../../../src/vendor/contract/sandbox.ts';

/** The simulated vendors in a process of their own. Started by `vendors.ts`, which asks over IPC for the calls received. */
const optionsSchema = z.object({ variants: z.record(z.string(), z.string()) });
const requestSchema = z.object({ id: z.number(), provider: z.string() });

const { variants } = optionsSchema.parse(JSON.parse(process.argv[2] ?? '{}'));
const sandboxes = new Map<string, RunningSandbox>();
for (const { id, sandbox } of providers.filter(isSandboxed)) {
  const variant = variants[id];
  sandboxes.set(id, await sandbox({ clock: systemClock, ...(variant === undefined ? {} : { variant }) }));
}

process.on('message', (message) => {
  const { id, provider } = requestSchema.parse(message);
  process.send?.({ id, calls: sandboxes.get(provider)?.calls ?? [] });
});
process.on('disconnect', () => process.exit(0));
process.send?.([...sandboxes].map(([provider, { url, settings }]) => ({ provider, url, settings })));
