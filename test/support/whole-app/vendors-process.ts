import { subscribe } from 'node:diagnostics_channel';
import { z } from 'zod';
import { providers } from '../../../providers/index.ts';
import { systemClock } from '../../../src/domain/clock.ts';
import { isSandboxed } from '../../../src/vendor/contract/provider.ts';
import type { RunningSandbox } from '../../../src/vendor/contract/sandbox.ts';
import { sandboxAnswerChannel, sandboxAnswerSchema } from '../../../src/vendor/sandbox/answered.ts';
import type { VendorWrite } from './vendors.ts';

/** The simulated vendors in a process of their own. Started by `vendors.ts`, which asks over IPC for the calls received. */
const optionsSchema = z.object({ variants: z.record(z.string(), z.string()) });
const requestSchema = z.object({ id: z.number(), provider: z.string(), what: z.enum(['calls', 'writes']) });

const { variants } = optionsSchema.parse(JSON.parse(process.argv[2] ?? '{}'));
const sandboxes = new Map<string, RunningSandbox>();
for (const { id, sandbox } of providers.filter(isSandboxed)) {
  const variant = variants[id];
  sandboxes.set(id, await sandbox({ clock: systemClock, ...(variant === undefined ? {} : { variant }) }));
}

const writes: (VendorWrite & { readonly provider: string })[] = [];
subscribe(sandboxAnswerChannel, (message) => {
  const { provider, request, status, body } = sandboxAnswerSchema.parse(message);
  if (request.method === 'GET' || request.path.startsWith('/oauth')) return;
  writes.push({ provider, method: request.method, path: request.path, sent: request.body, status, answered: body });
});

process.on('message', (message) => {
  const { id, provider, what } = requestSchema.parse(message);
  const told =
    what === 'calls' ? (sandboxes.get(provider)?.calls ?? []) : writes.filter((write) => write.provider === provider);
  process.send?.({ id, told });
});
process.on('disconnect', () => process.exit(0));
process.send?.([...sandboxes].map(([provider, { url, settings }]) => ({ provider, url, settings })));
