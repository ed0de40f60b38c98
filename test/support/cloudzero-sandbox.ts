import { onTestFinished } from 'vitest';
import { startCloudzeroSandbox } from '../../providers/cloudzero/sandbox/sandbox.ts';
import type { Clock } from '../../src/domain/clock.ts';
import { type RunningSandbox, type SandboxRoute, startSandboxServer } from '../../src/vendor/sandbox/server.ts';
import { VirtualClock } from './clock.ts';

export interface Answered {
  readonly status: number;
  readonly json: ReturnType<typeof JSON.parse>;
}

/** Sends to a sandbox with its key: an object as JSON, a text as it stands. */
export const sendTo =
  ({ url, settings }: RunningSandbox) =>
  async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answered> => {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: { authorization: settings.apiKey ?? '', ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, json: text === '' ? undefined : JSON.parse(text) };
  };

/** A sandbox in that dialect, which ends with the test. */
export const openSandbox = async (variant: 'live' | 'published') => {
  const clock = new VirtualClock();
  const sandbox = await startCloudzeroSandbox({ clock, variant });
  onTestFinished(() => sandbox.close());
  return { clock, sandbox, send: sendTo(sandbox) };
};

/** Some routes of a sandbox alone, which takes a tenth of the time. */
export const openRoutes = async (variant: 'live' | 'published', create: (clock: Clock) => readonly SandboxRoute[]) => {
  const clock = new VirtualClock();
  const vendor = { provider: 'cloudzero', dialect: variant };
  const sandbox = await startSandboxServer({ vendor, clock, routes: create(clock), settings: () => ({}) });
  onTestFinished(() => sandbox.close());
  return { clock, send: sendTo(sandbox) };
};
