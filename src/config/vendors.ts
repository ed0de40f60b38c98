import { isSandboxed, type Provider } from '../vendor/contract/provider.ts';
import {
  type Candidate,
  type ConfiguredConnection,
  connectCandidate,
  fromEnvironment,
  fromFile,
  hasCredential,
  valueFaults,
} from './connections.ts';
import type { ConnectionsFile } from './connections-file.ts';
import { isSet, type Sources } from './environment.ts';
import type { ConfigFault } from './faults.ts';
import { type Opened, sharingWarnings } from './shared-credentials.ts';

export interface Vendors {
  readonly sandbox: boolean;
  /** Empty in the sandbox, where each provider that has one is simulated under its own id. */
  readonly connections: readonly ConfiguredConnection[];
  /** All ids that a budget, a monitor or a key may name, including connections with faults. */
  readonly ids: ReadonlySet<string>;
  readonly faults: readonly ConfigFault[];
  readonly warnings: readonly ConfigFault[];
}

interface Mode {
  readonly sandbox: 'auto' | 'on' | 'off';
  readonly production: boolean;
}

const setNames = ({ environment }: Sources, provider: Provider): string[] =>
  provider.settings.flatMap((setting) =>
    setting.environment !== null && isSet(environment, setting.environment, setting.secret)
      ? [setting.environment]
      : [],
  );

const ignoredWarnings = (provider: Provider, names: readonly string[]): ConfigFault[] => {
  const credentials = provider.settings.flatMap((one) =>
    one.secret && one.environment !== null ? [one.environment] : [],
  );
  return names.map((name) => ({ name, message: `has no effect without ${credentials.join(', ')}` }));
};

const inSandbox = (
  sources: Sources,
  providers: readonly Provider[],
  file: ConnectionsFile,
  explicit: boolean,
): Vendors => {
  const faults: ConfigFault[] = [];
  const warnings: ConfigFault[] = [];
  for (const provider of providers) {
    // An explicit sandbox ignores these variables. An automatic one must still report faults in them.
    if (!explicit) faults.push(...valueFaults(fromEnvironment(sources, provider)));
    warnings.push(...setNames(sources, provider).map((name) => ({ name, message: 'is ignored in the sandbox' })));
  }
  warnings.push(...file.connections.map(({ at }) => ({ name: at(''), message: 'is ignored in the sandbox' })));
  const ids = new Set(providers.filter(isSandboxed).map((provider) => provider.id));
  return { sandbox: true, connections: [], ids, faults, warnings };
};

const conflicts = (stated: ConnectionsFile['connections'], inEnvironment: readonly Provider[]): ConfigFault[] =>
  stated
    .filter(({ id }) => inEnvironment.some((provider) => provider.id === id))
    .map(({ at, id }) => ({
      name: at('id'),
      message: `is ${id}, which the environment sets up as well; rename it here or unset the variables there`,
    }));

const resolveConfigured = (sources: Sources, providers: readonly Provider[], file: ConnectionsFile): Vendors => {
  const chosen = providers.filter((provider) => hasCredential(sources, provider));
  const faults: ConfigFault[] = conflicts(file.connections, chosen);
  const warnings: ConfigFault[] = [];
  for (const provider of providers.filter((one) => !chosen.includes(one))) {
    warnings.push(...ignoredWarnings(provider, setNames(sources, provider)));
    faults.push(...valueFaults(fromEnvironment(sources, provider)));
  }
  const candidates: Candidate[] = [
    ...chosen.map((provider) => fromEnvironment(sources, provider)),
    ...file.connections.map((stated) => fromFile(sources.files, stated)),
  ];
  const opened: Opened[] = [];
  for (const candidate of candidates) {
    const result = connectCandidate(candidate);
    if (result.ok) opened.push({ candidate, connection: result.connection });
    else faults.push(...result.faults);
  }
  warnings.push(...sharingWarnings(opened));
  const ids = new Set([...candidates.map((candidate) => candidate.id), ...file.ids]);
  return { sandbox: false, connections: opened.map((one) => one.connection), ids, faults, warnings };
};

/** The configured vendors, or simulated ones. */
export const resolveVendors = (
  sources: Sources,
  providers: readonly Provider[],
  file: ConnectionsFile,
  mode: Mode,
): Vendors => {
  const configured = providers.some((provider) => hasCredential(sources, provider)) || file.statesConnections;
  if (mode.sandbox === 'on') return inSandbox(sources, providers, file, true);
  if (configured) return resolveConfigured(sources, providers, file);
  if (mode.sandbox === 'auto' && !mode.production) return inSandbox(sources, providers, file, false);
  const reason = mode.sandbox === 'off' ? 'is off' : 'does not come on by itself with NODE_ENV=production';
  const message = `${reason} and no vendor is configured; set a credential (.env.example lists them), CONNECTIONS_FILE, or SANDBOX=on`;
  const none = resolveConfigured(sources, providers, file);
  return { ...none, faults: [...none.faults, { name: 'SANDBOX', message }] };
};
