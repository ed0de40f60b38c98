import type { ExchangeRate } from '../domain/nouns.ts';
import type { Secret } from '../domain/secret.ts';
import type { Provider } from '../vendor/contract/provider.ts';
import { type Authentication, resolveAuthentication } from './authentication.ts';
import type { ConfiguredConnection } from './connections.ts';
import { emptyFile, type Placed, readConnectionsFile } from './connections-file.ts';
import { describeConfig } from './describe.ts';
import { blankFaults, createVariableReader, type Environment, type Files, isSet, readFile } from './environment.ts';
import type { ConfigFault } from './faults.ts';
import type { BudgetDefinition, ExportDefinition, MonitorDefinition } from './file-schemas.ts';
import { knownNames, nearMisses, unknownNames } from './known-names.ts';
import type { TrustedProxies } from './network.ts';
import { variables } from './variables.ts';
import { resolveVendors } from './vendors.ts';

export interface Config {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** Null: metrics are served on `port`, to scope `admin`. */
  readonly metricsPort: number | null;
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
  readonly production: boolean;
  /** Every provider that has a sandbox is simulated, and `connections` is empty. */
  readonly sandbox: boolean;
  readonly replicas: number;
  readonly trustProxy: TrustedProxies;
  readonly authentication: Authentication;
  readonly rateLimit: { readonly max: number; readonly windowMs: number };
  readonly dataDirectory: string;
  readonly redisUrl: Secret | null;
  readonly cacheBytesMax: number;
  readonly cacheStaleIfErrorMs: number;
  readonly requestDeadlineMs: number;
  /** Months that are read ahead in the background; 0: none. */
  readonly backfillMonths: number;
  /** `*` alone allows all. */
  readonly corsOrigins: readonly string[];
  readonly connections: readonly ConfiguredConnection[];
  readonly budgets: readonly BudgetDefinition[];
  readonly monitors: readonly MonitorDefinition[];
  readonly exchangeRates: readonly ExchangeRate[];
  readonly exports: readonly ExportDefinition[];
  /** Settings for the log, without secrets. */
  describe(): Readonly<Record<string, string>>;
}

export type ConfigResult =
  | { readonly ok: true; readonly config: Config; readonly warnings: readonly ConfigFault[] }
  | { readonly ok: false; readonly faults: readonly ConfigFault[] };

/** The items of the file for connections that are served; the others are reported. */
const served = <Field extends string, Item extends Readonly<Record<Field, string>>>(
  placed: readonly Placed<Item>[],
  field: Field,
  vendors: { readonly sandbox: boolean; readonly ids: ReadonlySet<string> },
  faults: ConfigFault[],
  warnings: ConfigFault[],
): Item[] =>
  placed.flatMap(({ item, at }) => {
    if (vendors.ids.has(item[field])) return [item];
    const known = [...vendors.ids].join(', ');
    if (vendors.sandbox) warnings.push({ name: at(''), message: `is ignored: the sandbox serves ${known} only` });
    else faults.push({ name: at(field), message: `is not a known connection; known are ${known}` });
    return [];
  });

const replicaWarnings = (replicas: number, shared: boolean): ConfigFault[] => {
  if (replicas === 1 || shared) return [];
  const share = `is ${replicas} without REDIS_URL: each replica may spend only its share of every quota, and stores its own data`;
  if (replicas <= 5) return [{ name: 'REPLICAS', message: share }];
  const tokens =
    'vendors allow few valid access tokens per credential, so more than 5 replicas invalidate the tokens of each other';
  return [{ name: 'REPLICAS', message: `${share}; ${tokens}` }];
};

/** Reports all faults at once. Reads nothing but the files that the environment names. */
export const loadConfig = (environment: Environment, providers: readonly Provider[], files: Files): ConfigResult => {
  const sources = { environment, files };
  const faults: ConfigFault[] = [
    ...blankFaults(environment, knownNames(providers)),
    ...unknownNames(environment, providers),
  ];
  const warnings: ConfigFault[] = nearMisses(environment, providers);
  const read = createVariableReader(sources, faults);

  const host = read(variables.host);
  const port = read(variables.port);
  const metricsPort = read(variables.metricsPort);
  if (metricsPort !== null && metricsPort === port && port !== 0) {
    faults.push({ name: 'METRICS_PORT', message: 'must differ from PORT' });
  }
  const production = read(variables.mode) === 'production';
  const trustProxy = read(variables.trustProxy) ?? false;
  if (trustProxy === true) {
    const message = 'is true: callers can choose the address they are counted under; name the proxies instead';
    warnings.push({ name: 'TRUST_PROXY', message });
  }
  const replicas = read(variables.replicas);
  const redisUrl = read(variables.redisUrl);
  warnings.push(...replicaWarnings(replicas, isSet(environment, 'REDIS_URL', true)));

  const path = read(variables.connectionsFile);
  const content = path === null ? { text: null, faults: [] } : readFile(files, path, 'CONNECTIONS_FILE');
  const file =
    content.text === null
      ? { ...emptyFile, statesConnections: path !== null }
      : readConnectionsFile(content.text, providers);
  faults.push(...content.faults, ...file.faults);
  const mode = { sandbox: read(variables.sandbox), production };
  const vendors = resolveVendors(sources, providers, file, mode);
  faults.push(...vendors.faults);
  warnings.push(...vendors.warnings);
  const budgets = served(file.budgets, 'connection', vendors, faults, warnings);
  const monitors = served(file.monitors, 'connection', vendors, faults, warnings);
  const sent = served(file.exports, 'from', vendors, faults, warnings);
  const exports = served(
    file.exports.filter(({ item }) => sent.includes(item)),
    'to',
    vendors,
    faults,
    warnings,
  );

  const callers = resolveAuthentication(sources, { production, host, sandbox: vendors.sandbox, ids: vendors.ids });
  faults.push(...callers.faults);
  warnings.push(...callers.warnings);

  const values = {
    host,
    port,
    metricsPort,
    logLevel: read(variables.logLevel),
    production,
    sandbox: vendors.sandbox,
    replicas,
    trustProxy,
    authentication: callers.authentication,
    rateLimit: { max: read(variables.rateLimitMax), windowMs: read(variables.rateLimitWindow) },
    dataDirectory: read(variables.dataDirectory),
    redisUrl,
    cacheBytesMax: read(variables.cacheBytesMax),
    cacheStaleIfErrorMs: read(variables.cacheStaleIfError),
    requestDeadlineMs: read(variables.requestDeadline),
    backfillMonths: read(variables.backfillMonths),
    corsOrigins: read(variables.corsOrigins) ?? [],
    connections: vendors.connections,
    budgets,
    monitors,
    exchangeRates: file.exchangeRates.map((placed) => placed.item),
    exports,
  };
  if (faults.length > 0) return { ok: false, faults };
  return { ok: true, warnings, config: { ...values, describe: () => describeConfig(environment, values) } };
};
