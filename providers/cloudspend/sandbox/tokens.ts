import type { Clock } from '../../../src/domain/clock.ts';
import type { SandboxReply, SandboxRequest } from '../../../src/vendor/sandbox/server.ts';

const lifetimeMs = 3_600_000;
const windowMs = 600_000;
const requestsMax = 10;
const liveMax = 10;

export interface Registration {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly refreshToken: string;
}

interface Live {
  readonly token: string;
  readonly issuedAt: number;
}

export const accessDenied = (status: number): SandboxReply => ({
  status,
  json: {
    error_description: 'You have made too many requests continuously. Please try again after some time.',
    error: 'Access Denied',
    status: 'failure',
  },
});

const basicCredentials = (header: string | undefined): readonly string[] =>
  header?.startsWith('Basic ') === true ? Buffer.from(header.slice(6), 'base64').toString('utf8').split(':') : [];

/** The accounts server: one client, one refresh token, and the limits of the real server. */
export class TokenServer {
  readonly #clock: Clock;
  readonly #registration: Registration;
  #live: Live[] = [];
  #requests: number[] = [];
  #blockedUntil = 0;
  #issued = 0;
  #revoked = false;

  constructor(clock: Clock, registration: Registration) {
    this.#clock = clock;
    this.#registration = registration;
  }

  /** Invalidates all access tokens, as other clients of the same refresh token can. */
  invalidate(): void {
    this.#live = [];
  }

  accepts(header: string | undefined): boolean {
    const match = /^(?:Zoho-oauthtoken|Bearer) (\S+)$/.exec(header ?? '');
    const now = this.#clock.now();
    return this.#live.some((live) => live.token === match?.[1] && now - live.issuedAt < lifetimeMs);
  }

  /** Reads parameters from the query or a form; client and secret also from Basic credentials. */
  token(request: SandboxRequest): SandboxReply {
    const form = new URLSearchParams(request.body);
    const basic = basicCredentials(request.headers.authorization);
    const read = (name: string, fallback?: string) => form.get(name) ?? request.query.get(name) ?? fallback;
    if (read('client_id', basic[0]) !== this.#registration.clientId) return { json: { error: 'invalid_client' } };
    if (read('client_secret', basic[1]) !== this.#registration.clientSecret) {
      return { json: { error: 'invalid_client_secret' } };
    }
    if (read('grant_type') !== 'refresh_token') return { status: 400, text: '400 Bad Request' };
    if (this.#revoked || read('refresh_token') !== this.#registration.refreshToken) {
      return { json: { error: 'invalid_code' } };
    }
    const now = this.#clock.now();
    this.#requests = this.#requests.filter((at) => now - at < windowMs);
    if (now < this.#blockedUntil || this.#requests.length >= requestsMax) {
      this.#blockedUntil = now + windowMs;
      return accessDenied(400);
    }
    this.#requests.push(now);
    this.#issued += 1;
    const token = `1000.sandbox${String(this.#issued).padStart(6, '0')}.${this.#clock.bytes(8).toString('hex')}`;
    this.#live = [...this.#live, { token, issuedAt: now }].slice(-liveMax);
    return {
      json: {
        access_token: token,
        api_domain: 'https://www.zohoapis.com',
        token_type: 'Bearer',
        expires_in: lifetimeMs / 1000,
      },
    };
  }

  /** Revoking an access token or a refresh token invalidates both. */
  revoke(request: SandboxRequest): SandboxReply {
    const token = request.query.get('token') ?? new URLSearchParams(request.body).get('token');
    const known = token === this.#registration.refreshToken || this.#live.some((live) => live.token === token);
    if (!known) return { status: 400, text: '400 Bad Request' };
    this.#revoked = true;
    this.#live = [];
    return { json: { status: 'success' } };
  }
}
