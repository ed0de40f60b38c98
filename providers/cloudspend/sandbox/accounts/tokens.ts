import type { Clock } from '../../../../src/domain/clock.ts';
import type { SandboxReply } from '../../../../src/vendor/sandbox/server.ts';

const lifetimeMs = 3_600_000;
const windowMs = 600_000;
const requestsMax = 10;
const liveMax = 10;
const refreshTokensMax = 20;

export interface Registration {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly refreshToken: string;
}

interface Live {
  readonly token: string;
  readonly issuedAt: number;
}

/** A refresh token with its access tokens. */
interface Grant {
  readonly refreshToken: string | null;
  readonly scopes: Set<string>;
  live: Live[];
  requests: number[];
  blockedUntil: number;
}

export const allScopes = ['Read', 'Create', 'Update', 'Delete'].map((word) => `CloudSpend.Internal.${word}`);

export const accessDenied = (status: number): SandboxReply => ({
  status,
  json: {
    error_description: 'You have made too many requests continuously. Please try again after some time.',
    error: 'Access Denied',
    status: 'failure',
  },
});
export const refused = (error: string): SandboxReply => ({ json: { error } });
export const badRequest = (): SandboxReply => ({ status: 400, text: '400 Bad Request' });

/** The tokens of one client and one user, with the limits of the real server. */
export class Tokens {
  readonly #clock: Clock;
  #grants: Grant[];
  #issued = 0;

  constructor(clock: Clock, registration: Registration) {
    this.#clock = clock;
    this.#grants = [this.#grantOf(registration.refreshToken, allScopes)];
  }

  #grantOf(refreshToken: string | null, scopes: Iterable<string>): Grant {
    return { refreshToken, scopes: new Set(scopes), live: [], requests: [], blockedUntil: 0 };
  }

  text(kind: string): string {
    this.#issued += 1;
    return `1000.${kind}${String(this.#issued).padStart(6, '0')}.${this.#clock.bytes(8).toString('hex')}`;
  }

  #find(refreshToken: string | null): Grant | undefined {
    return this.#grants.find((grant) => grant.refreshToken !== null && grant.refreshToken === refreshToken);
  }

  #issue(grant: Grant): Record<string, unknown> {
    const token = this.text('sandbox');
    grant.live = [...grant.live, { token, issuedAt: this.#clock.now() }].slice(-liveMax);
    return {
      access_token: token,
      api_domain: 'https://www.zohoapis.com',
      token_type: 'Bearer',
      expires_in: lifetimeMs / 1000,
    };
  }

  /** Invalidates all access tokens, as other clients of the same refresh token can. */
  invalidate(): void {
    for (const grant of this.#grants) grant.live = [];
  }

  /** The scopes of the access token; null where it is not valid. */
  scopesOf(header: string | undefined): ReadonlySet<string> | null {
    const match = /^(?:Zoho-oauthtoken|Bearer) (\S+)$/.exec(header ?? '');
    const now = this.#clock.now();
    const grant = this.#grants.find(({ live }) =>
      live.some(({ token, issuedAt }) => token === match?.[1] && now - issuedAt < lifetimeMs),
    );
    return grant?.scopes ?? null;
  }

  /** A new refresh token with its first access token. Beyond the limit the oldest ends. */
  grant(scopes: Iterable<string>): SandboxReply {
    const grant = this.#grantOf(this.text('refresh'), scopes);
    const kept = this.#grants.filter(({ refreshToken }) => refreshToken !== null).slice(-(refreshTokensMax - 1));
    this.#grants = [...this.#grants.filter(({ refreshToken }) => refreshToken === null), ...kept, grant];
    return { json: { ...this.#issue(grant), refresh_token: grant.refreshToken } };
  }

  /** An access token that cannot be renewed. */
  lend(scopes: Iterable<string>): SandboxReply {
    const grant = this.#grantOf(null, scopes);
    this.#grants.push(grant);
    return { json: this.#issue(grant) };
  }

  refresh(refreshToken: string | null): SandboxReply {
    const grant = this.#find(refreshToken);
    if (grant === undefined) return refused('invalid_code');
    const now = this.#clock.now();
    grant.requests = grant.requests.filter((at) => now - at < windowMs);
    if (now < grant.blockedUntil || grant.requests.length >= requestsMax) {
      grant.blockedUntil = now + windowMs;
      return accessDenied(400);
    }
    grant.requests.push(now);
    return { json: this.#issue(grant) };
  }

  knows(refreshToken: string | null): boolean {
    return this.#find(refreshToken) !== undefined;
  }

  /** The refresh token and its access tokens have these scopes from now on, too. */
  enhance(refreshToken: string, scopes: Iterable<string>): void {
    for (const scope of scopes) this.#find(refreshToken)?.scopes.add(scope);
  }

  /** Revoking an access token or a refresh token ends both. */
  revoke(token: string | null): SandboxReply {
    const isOf = (grant: Grant) => grant.refreshToken === token || grant.live.some((live) => live.token === token);
    const known = token !== null && this.#grants.some(isOf);
    if (!known) return badRequest();
    this.#grants = this.#grants.filter((grant) => !isOf(grant));
    return { json: { status: 'success' } };
  }
}
