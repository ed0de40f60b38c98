import { operations } from '../../routes/index.ts';
import { type App, buildApp } from '../../src/app/app.ts';
import type { AppOptions, Endpoint } from '../../src/app/options.ts';
import type { Clock } from '../../src/domain/clock.ts';
import { systemClock } from '../../src/domain/clock.ts';
import { authenticator } from '../../src/server/identity/caller-auth.ts';
import { createMemoryStore } from '../../src/store/memory.ts';
import { silentLog } from '../../src/telemetry/log.ts';
import type { Provider, StartSandbox } from '../../src/vendor/contract/provider.ts';
import type { RunningSandbox } from '../../src/vendor/contract/sandbox.ts';
import { connectTo } from './session.ts';

export interface RunningApp extends App {
  readonly sandboxes: Readonly<Record<string, RunningSandbox>>;
  get(
    path: string,
    headers?: Record<string, string>,
  ): Promise<{ status: number; headers: Record<string, unknown>; body: unknown; text: string }>;
}

export interface StartOptions extends Partial<AppOptions> {
  readonly variants?: Readonly<Record<string, string>>;
  /** Recorded answers of providers without a sandbox, by id. */
  readonly recorded?: Readonly<Record<string, StartSandbox>>;
  readonly clock?: Clock;
}

/** The whole app over sandboxes of these providers, without a port of its own. */
export const startApp = async (providers: readonly Provider[], options: StartOptions = {}): Promise<RunningApp> => {
  const clock = options.clock ?? systemClock;
  const sandboxes: Record<string, RunningSandbox> = {};
  const endpoints: Endpoint[] = [];
  for (const provider of providers) {
    const variant = options.variants?.[provider.id];
    const start = provider.sandbox ?? options.recorded?.[provider.id];
    if (start === undefined) throw new TypeError(`${provider.id} has neither a sandbox nor recorded answers`);
    const sandbox = await start({ clock, ...(variant === undefined ? {} : { variant }) });
    sandboxes[provider.id] = sandbox;
    const { id, title } = provider;
    endpoints.push({ id, provider: id, title, sandbox: false, connector: connectTo(provider, sandbox) });
  }
  const app = await buildApp({
    endpoints,
    operations,
    clock,
    store: createMemoryStore(clock),
    log: silentLog,
    authenticate: authenticator({ mode: 'none' }),
    version: '0.0.0',
    // Long, because a busy machine must not turn an answer into a 504; tests of deadlines give their own.
    requestDeadlineMs: 120_000,
    cacheBytesMax: 256_000_000,
    staleIfErrorMs: 86_400_000,
    exchangeRates: [],
    rateLimit: { limit: 1_000_000, windowMs: 60_000 },
    answerFreshMs: 0,
    ...options,
  });
  return {
    ...app,
    sandboxes,
    get: async (path, headers = {}) => {
      const answer = await app.server.inject({ method: 'GET', url: path, headers });
      const json = String(answer.headers['content-type'] ?? '').includes('json');
      return {
        status: answer.statusCode,
        headers: answer.headers,
        text: answer.body,
        body: json ? JSON.parse(answer.body) : null,
      };
    },
    close: async () => {
      await app.close();
      await Promise.all(Object.values(sandboxes).map((sandbox) => sandbox.close()));
    },
  };
};
