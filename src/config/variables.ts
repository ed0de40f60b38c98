import { apiKeys } from './api-keys.ts';
import { hostName, origins, redisUrl, type TrustedProxies, trustedProxies, trustedUrl } from './network.ts';
import {
  byteSizeParser,
  choiceParser,
  durationParser,
  illegal,
  legal,
  type Parsed,
  type Parser,
  parseCommaList,
  parsePlainText,
  wholeNumberParser,
} from './parse.ts';

/** A variable of the gateway. Variables of providers are in their manifests. */
export interface Variable<Value> {
  readonly name: string;
  readonly description: string;
  /** The default as text; null if there is none. */
  readonly fallbackText: string | null;
  readonly fallback: Value;
  /** Also read from the file that `<name>_FILE` names, and never printed. */
  readonly secret: boolean;
  readonly parse: Parser<Value>;
}

type About = Pick<Variable<unknown>, 'name' | 'description'>;

const withDefault = <Value>(about: About, text: string, parse: Parser<Value>): Variable<Value> => {
  const fallback = parse(text);
  if (!fallback.ok) throw new TypeError(`${about.name}: its own default ${fallback.messages.join('; ')}`);
  return { ...about, fallbackText: text, fallback: fallback.value, secret: false, parse };
};

const optional = <Value>(about: About, parse: Parser<Value>): Variable<Value | null> => ({
  ...about,
  fallbackText: null,
  fallback: null,
  secret: false,
  parse,
});

const secretly = <Value>(variable: Variable<Value>): Variable<Value> => ({ ...variable, secret: true });

const authMethods = ['none', 'keys', 'oidc'] as const;
export type AuthMethod = (typeof authMethods)[number];

const authMethod = choiceParser(authMethods);
const authMethodList = (text: string): Parsed<readonly AuthMethod[]> => {
  const parts = parseCommaList(text);
  const methods = parts.ok ? parts.value.map(authMethod).flatMap((one) => (one.ok ? [one.value] : [])) : [];
  const allKnown = parts.ok && methods.length === parts.value.length;
  const consistent = methods.length === 1 || !methods.includes('none');
  return allKnown && consistent ? legal(methods) : illegal('must be keys, oidc, both as keys,oidc, or none alone');
};

const port = wholeNumberParser({ min: 0, max: 65_535 });

export const variables = {
  host: withDefault({ name: 'HOST', description: 'Address to listen on.' }, '127.0.0.1', hostName),
  port: withDefault({ name: 'PORT', description: 'Port to listen on; 0 takes a free one.' }, '8080', port),
  logLevel: withDefault(
    { name: 'LOG_LEVEL', description: 'Least level that is logged: trace, debug, info, warn, error, fatal or silent.' },
    'info',
    choiceParser(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']),
  ),
  mode: optional(
    { name: 'NODE_ENV', description: 'production, development or test. In production AUTH must be said.' },
    choiceParser(['production', 'development', 'test']),
  ),
  sandbox: withDefault(
    {
      name: 'SANDBOX',
      description:
        'auto: simulated vendors when no credential is set and NODE_ENV is not production; on: always, credentials are ignored; off: never.',
    },
    'auto',
    choiceParser(['auto', 'on', 'off']),
  ),
  connectionsFile: optional(
    {
      name: 'CONNECTIONS_FILE',
      description:
        'YAML file with connections, budgets, monitors, unit costs and exchange rates; its schema is openapi/connections.schema.json.',
    },
    parsePlainText,
  ),
  replicas: withDefault(
    {
      name: 'REPLICAS',
      description: 'How many replicas run: without Redis each spends only its share of the quotas of the vendors.',
    },
    '1',
    wholeNumberParser({ min: 1, max: 1_000 }),
  ),
  trustProxy: optional<TrustedProxies>(
    {
      name: 'TRUST_PROXY',
      description:
        'Whose X-Forwarded-For is believed: a number of proxies, or a comma list of addresses such as 10.0.0.0/8. Unset: nobody.',
    },
    trustedProxies,
  ),
  metricsPort: optional(
    {
      name: 'METRICS_PORT',
      description: 'Port of its own for /metrics, open without credentials. Unset: scope admin.',
    },
    port,
  ),
  auth: optional(
    {
      name: 'AUTH',
      description:
        'How callers prove who they are: keys, oidc, both as keys,oidc, or none. Unset: none outside production, where it is required.',
    },
    authMethodList,
  ),
  apiKeys: secretly(
    optional(
      {
        name: 'API_KEYS',
        description:
          'JSON list: [{"name":"finops-dashboard","key":"sha256:<64 hex digits>","scopes":["read"]}], optionally with connections and expiresAt. Scopes: read, write, native:read, native:write, admin.',
      },
      apiKeys,
    ),
  ),
  oidcIssuer: optional({ name: 'OIDC_ISSUER', description: 'Issuer of the JWTs, exactly as in iss.' }, trustedUrl),
  oidcAudience: optional(
    { name: 'OIDC_AUDIENCE', description: 'Audience that a JWT must name in aud.' },
    parsePlainText,
  ),
  oidcJwksUrl: optional(
    { name: 'OIDC_JWKS_URL', description: 'Where the keys of the issuer are. Unset: as its metadata says.' },
    trustedUrl,
  ),
  oidcConnectionsClaim: optional(
    { name: 'OIDC_CONNECTIONS_CLAIM', description: 'Claim that lists the connections a caller may see. Unset: all.' },
    parsePlainText,
  ),
  rateLimitMax: withDefault(
    { name: 'RATE_LIMIT_MAX', description: 'Requests that one consumer may make in a window.' },
    '600',
    wholeNumberParser({ min: 1, max: 10_000_000 }),
  ),
  rateLimitWindow: withDefault(
    { name: 'RATE_LIMIT_WINDOW', description: 'Length of that window.' },
    '1 minute',
    durationParser('1s', '24h'),
  ),
  dataDirectory: withDefault(
    {
      name: 'DATA_DIR',
      description: 'Folder of the embedded store; what it holds outlives a restart. The image says /data.',
    },
    './data',
    parsePlainText,
  ),
  redisUrl: secretly(
    optional(
      { name: 'REDIS_URL', description: 'Store that several replicas share. Unset: one replica with DATA_DIR.' },
      redisUrl,
    ),
  ),
  cacheBytesMax: withDefault(
    {
      name: 'CACHE_MAX_BYTES',
      description:
        'Memory for cached data: half for what vendors said, five sixteenths for rows, further pages and lists, an eighth for finished answers, a sixteenth for the last values of the store.',
    },
    '256MB',
    byteSizeParser('1MB', '1TB'),
  ),
  cacheStaleIfError: withDefault(
    { name: 'CACHE_STALE_IF_ERROR', description: 'How long old data may stand in while a vendor fails.' },
    '24h',
    durationParser('0s', '30d'),
  ),
  requestDeadline: withDefault(
    { name: 'REQUEST_DEADLINE', description: 'How long a request may take; X-Deadline-Ms can only lower it.' },
    '15s',
    durationParser('100ms', '10m'),
  ),
  backfillMonths: withDefault(
    {
      name: 'BACKFILL_MONTHS',
      description:
        'How many months of daily cost are read ahead in the background, with the lowest claim on the quotas; 0: none.',
    },
    '0',
    wholeNumberParser({ min: 0, max: 36 }),
  ),
  corsOrigins: optional(
    {
      name: 'CORS_ORIGINS',
      description: 'Comma list of origins whose pages may call, such as https://dashboard.example.com.',
    },
    origins,
  ),
} as const;

export const gatewayVariables: readonly Variable<unknown>[] = Object.values(variables);
