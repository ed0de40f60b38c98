import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Config, loadConfig } from '../../src/config/config.ts';
import type { ConfigFault } from '../../src/config/faults.ts';
import type { Connector, Credentials } from '../../src/vendor/kit/index.ts';
import { baseUrlSetting, defineProvider, secretSetting, textSetting } from '../../src/vendor/kit/index.ts';

const connector = (identity: readonly string[], api: string, credentials: Credentials): Connector => ({
  identity,
  origins: { api },
  credentials,
  limits: { concurrency: 1, queue: 1, timeoutMs: 1_000, quotas: [] },
  readFailure: () => null,
  capabilities: {
    costs: {
      costTypes: ['billed'],
      cubes: [],
      ages: { openMs: 1, restatedDays: 1, restatedMs: 1 },
      fill: () => Promise.reject(new Error('a toy has no cost')),
    },
  },
});

const noSandbox = () => Promise.reject(new Error('a toy has no sandbox'));

/** One key, everything else has a default. */
export const toy = defineProvider({
  id: 'toy',
  title: 'Toy',
  settings: z.object({
    apiKey: secretSetting({ environment: 'TOY_API_KEY', description: 'The key of the toy.' }),
    baseUrl: baseUrlSetting({
      environment: 'TOY_BASE_URL',
      description: 'Where the toy is.',
      fallback: 'https://toy.example',
    }),
    currency: textSetting(
      { environment: 'TOY_CURRENCY', description: 'What the toy pays in.', fallback: 'USD' },
      z.string().regex(/^[A-Z]{3}$/, 'must be three capital letters'),
    ),
    prices: z
      .array(z.strictObject({ from: z.string(), price: z.string() }))
      .optional()
      .meta({ environment: null, description: 'Dated prices of the toy.' }),
  }),
  connect: (settings) =>
    connector(['toy', settings.baseUrl, settings.currency, JSON.stringify(settings.prices ?? [])], settings.baseUrl, {
      kind: 'static',
      headers: () => ({ authorization: settings.apiKey.reveal() }),
    }),
  sandbox: noSandbox,
});

/** Three things are needed, two of them secret; the budget hangs on the refresh token. */
export const gadget = defineProvider({
  id: 'gadget',
  title: 'Gadget',
  settings: z.object({
    clientId: z.string().meta({ environment: 'GADGET_CLIENT_ID', description: 'Who asks the gadget.' }),
    clientSecret: secretSetting({ environment: 'GADGET_CLIENT_SECRET', description: 'Proof of who asks.' }),
    refreshToken: secretSetting({ environment: 'GADGET_REFRESH_TOKEN', description: 'Makes access tokens.' }),
  }),
  connect: (settings) =>
    connector(['gadget', settings.clientId], 'https://gadget.example', {
      kind: 'token',
      owner: createHash('sha256').update(settings.refreshToken.reveal()).digest('hex'),
      mints: { name: 'tokens', limit: 5, windowMs: 600_000 },
      mint: () => ({ operation: 'mint', method: 'POST', path: '/token', effect: 'write', credentials: 'none' }),
      readMint: () => ({ kind: 'unreadable' }),
      headers: () => ({}),
    }),
  sandbox: noSandbox,
});

export const providers = [toy, gadget] as const;

/** Files of a test: texts by path, or the code of the error that reading one throws. */
export const filesOf = (texts: Readonly<Record<string, string | { readonly code: string }>>) => ({
  read: (path: string): string => {
    const found = texts[path] ?? { code: 'ENOENT' };
    if (typeof found === 'string') return found;
    throw Object.assign(new Error(`${found.code}: ${path}`), { code: found.code });
  },
});

type Variables = Readonly<Record<string, string | undefined>>;

export const load = (environment: Variables, texts: Parameters<typeof filesOf>[0] = {}) =>
  loadConfig(environment, providers, filesOf(texts));

/** The texts of the faults, `NAME message` each; none if the configuration is legal. */
export const faultsOf = (environment: Variables, texts: Parameters<typeof filesOf>[0] = {}): string[] => {
  const result = load(environment, texts);
  return result.ok ? [] : result.faults.map(lineOf);
};

export const lineOf = (fault: ConfigFault): string => `${fault.name} ${fault.message}`;

/** The configuration and its warnings; a fault fails the test by name. */
export const configOf = (
  environment: Variables,
  texts: Parameters<typeof filesOf>[0] = {},
): { readonly config: Config; readonly warnings: readonly string[] } => {
  const result = load(environment, texts);
  if (!result.ok) throw new Error(result.faults.map(lineOf).join('\n'));
  return { config: result.config, warnings: result.warnings.map(lineOf) };
};

/** With a connections file of this text. */
export const withFile = (yaml: string, environment: Variables = {}, texts: Parameters<typeof filesOf>[0] = {}) =>
  [
    { CONNECTIONS_FILE: '/connections.yaml', ...environment },
    { '/connections.yaml': yaml, ...texts },
  ] as const;

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
