import type { ApiKey } from './api-keys.ts';
import { createVariableReader, isSet, type Sources } from './environment.ts';
import type { ConfigFault } from './faults.ts';
import { isLoopbackHost } from './network.ts';
import { type AuthMethod, type Variable, variables } from './variables.ts';

interface Oidc {
  readonly issuer: string;
  readonly audience: string;
  /** Null: taken from the issuer's metadata. */
  readonly jwksUrl: string | null;
  /** Null: a token sees every connection. */
  readonly connectionsClaim: string | null;
}

/** How callers authenticate. With neither keys nor OIDC, everybody may call. */
export interface Authentication {
  readonly methods: readonly AuthMethod[];
  /** Null unless keys are a method; never an empty list. */
  readonly keys: readonly ApiKey[] | null;
  /** Null unless OIDC is a method. */
  readonly oidc: Oidc | null;
}

interface AuthContext {
  readonly production: boolean;
  readonly sandbox: boolean;
  readonly host: string;
  /** The connections that are served. */
  readonly ids: ReadonlySet<string>;
}

interface Findings {
  readonly faults: readonly ConfigFault[];
  readonly warnings: readonly ConfigFault[];
}

const howToSet = 'set keys, oidc, both as keys,oidc, or none to let everybody in';

const oidcNames = [
  variables.oidcIssuer.name,
  variables.oidcAudience.name,
  variables.oidcJwksUrl.name,
  variables.oidcConnectionsClaim.name,
];

const findingsWithoutAuth = ({ production, sandbox, host }: AuthContext, keysGiven: boolean): Findings => {
  const fault = (message: string) => ({ faults: [{ name: 'AUTH', message }], warnings: [] });
  if (production) return fault(`is required with NODE_ENV=production; ${howToSet}`);
  if (sandbox) return { faults: [], warnings: [] };
  if (keysGiven) return fault(`is not set although API_KEYS is; ${howToSet}`);
  if (!isLoopbackHost(host)) {
    return fault(`is required where HOST is not loopback and real vendors are configured; ${howToSet}`);
  }
  const message = 'is not set, so it is none: everybody who reaches this port sees every figure';
  return { faults: [], warnings: [{ name: 'AUTH', message }] };
};

const findingsWithAuth = (
  methods: readonly AuthMethod[],
  given: (variable: { name: string }) => boolean,
  sandbox: boolean,
): Findings => {
  const faults: ConfigFault[] = [];
  const warnings: ConfigFault[] = [];
  const needs = (method: AuthMethod, required: readonly Variable<unknown>[]) => {
    if (!methods.includes(method)) return;
    const missing = required.filter((variable) => !given(variable));
    faults.push(...missing.map(({ name }) => ({ name, message: `is required with AUTH=${methods.join(',')}` })));
  };
  needs('keys', [variables.apiKeys]);
  needs('oidc', [variables.oidcIssuer, variables.oidcAudience]);
  if (methods.includes('none') && !sandbox) {
    warnings.push({ name: 'AUTH', message: 'is none: everybody who reaches this port sees every figure' });
  }
  return { faults, warnings };
};

const unknownConnections = (keys: readonly ApiKey[] | null, ids: ReadonlySet<string>): ConfigFault[] =>
  (keys ?? [])
    .filter((key) => key.connections?.some((id) => !ids.has(id)))
    .map((key) => {
      const known = [...ids].join(', ');
      return { name: 'API_KEYS', message: `names connections for ${key.name} that are not served; known are ${known}` };
    });

export const resolveAuthentication = (
  sources: Sources,
  context: AuthContext,
): Findings & { readonly authentication: Authentication } => {
  const faults: ConfigFault[] = [];
  const read = createVariableReader(sources, faults);
  const given = ({ name }: { readonly name: string }) =>
    isSet(sources.environment, name, name === variables.apiKeys.name);

  const stated = read(variables.auth);
  const unreadable = faults.length > 0;
  const keys = read(variables.apiKeys);
  const issuer = read(variables.oidcIssuer);
  const audience = read(variables.oidcAudience);
  const jwksUrl = read(variables.oidcJwksUrl);
  const connectionsClaim = read(variables.oidcConnectionsClaim);
  const methods = stated ?? ['none' as const];
  const byKeys = methods.includes('keys');
  const byOidc = methods.includes('oidc');
  const oidc = issuer === null || audience === null ? null : { issuer, audience, jwksUrl, connectionsClaim };
  const authentication = { methods, keys: byKeys ? keys : null, oidc: byOidc ? oidc : null };
  // AUTH itself is invalid, so checks that depend on it are skipped.
  if (unreadable) return { authentication, faults, warnings: [] };

  const keysGiven = given(variables.apiKeys);
  const findings =
    stated === null ? findingsWithoutAuth(context, keysGiven) : findingsWithAuth(stated, given, context.sandbox);
  const unused = [
    ...(byKeys || !keysGiven ? [] : ['API_KEYS']),
    ...(byOidc ? [] : oidcNames.filter((name) => given({ name }))),
  ];
  return {
    authentication,
    faults: [...faults, ...findings.faults],
    warnings: [
      ...findings.warnings,
      ...unused.map((name) => ({ name, message: 'has no effect, for AUTH does not ask for it' })),
      ...unknownConnections(authentication.keys, context.ids),
    ],
  };
};
