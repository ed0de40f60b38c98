import type { Clock } from '../../../../src/domain/clock.ts';
import type { SandboxReply, SandboxRequest, SandboxRoute } from '../../../../src/vendor/sandbox/server.ts';
import { Consents, faultOf, type Purpose } from './consents.ts';
import { Devices } from './devices.ts';
import { consentPage, devicePage, page } from './pages.ts';
import { badRequest, type Registration, refused, Tokens } from './tokens.ts';

const enhanceMs = 600_000;

/** Where the person's data are. */
export interface Home {
  readonly location: string;
  readonly server: string;
}

const basicCredentials = (header: string | undefined): readonly string[] =>
  header?.startsWith('Basic ') === true ? Buffer.from(header.slice(6), 'base64').toString('utf8').split(':') : [];

/** Reads parameters from the query or a form; client and secret also from Basic credentials. */
const readerOf = (request: SandboxRequest) => {
  const form = new URLSearchParams(request.body);
  const basic = basicCredentials(request.headers.authorization);
  return (name: string): string | null =>
    form.get(name) ??
    request.query.get(name) ??
    (name === 'client_id' ? basic[0] : name === 'client_secret' ? basic[1] : null) ??
    null;
};
type Read = ReturnType<typeof readerOf>;

const scopesIn = (text: string | null): string[] => (text ?? '').split(',').filter((scope) => scope !== '');

/** The accounts servers of all data centres: one client, one person, whose data are in one of them. */
export class Accounts {
  readonly tokens: Tokens;
  /** Null: where the client is registered. */
  home: Home | null = null;
  readonly #clock: Clock;
  readonly #registration: Registration;
  readonly #consents: Consents;
  readonly #devices: Devices;
  readonly #enhancements = new Map<string, { readonly refreshToken: string; readonly begunAt: number }>();

  constructor(clock: Clock, registration: Registration) {
    this.#clock = clock;
    this.#registration = registration;
    this.tokens = new Tokens(clock, registration);
    this.#consents = new Consents(clock, this.tokens);
    this.#devices = new Devices(clock, this.tokens);
  }

  #clientFault(read: Read): SandboxReply | null {
    if (read('client_id') !== this.#registration.clientId) return refused('invalid_client');
    return read('client_secret') === this.#registration.clientSecret ? null : refused('invalid_client_secret');
  }

  #isElsewhere(location: string): boolean {
    return this.home !== null && this.home.location !== location;
  }

  #token(request: SandboxRequest, location: string): SandboxReply {
    const read = readerOf(request);
    const fault = this.#clientFault(read);
    if (fault !== null) return fault;
    switch (read('grant_type')) {
      case 'refresh_token':
        return this.tokens.refresh(read('refresh_token'));
      case 'authorization_code': {
        if (this.#isElsewhere(location)) return refused('invalid_code');
        const worth = this.#consents.redeem(read('code'), read('redirect_uri'), read('code_verifier'));
        if ('error' in worth) return refused(worth.error);
        return worth.offline ? this.tokens.grant(worth.scopes) : this.tokens.lend(worth.scopes);
      }
      case 'client_credentials':
        return read('scope') === null ? badRequest() : this.tokens.lend(scopesIn(read('scope')));
      default:
        return badRequest();
    }
  }

  #consentPage(request: SandboxRequest, type: string, purposeOf: () => Purpose | null): SandboxReply {
    const { query } = request;
    const fault = faultOf(query, { clientId: this.#registration.clientId, type });
    const purpose = fault === null ? purposeOf() : null;
    if (purpose === null) return page(fault ?? 'An error occurred', '');
    const scopes = scopesIn(query.get('scope'));
    const redirectUri = query.get('redirect_uri') ?? '';
    const state = query.get('state');
    const offline = query.get('access_type') === 'offline';
    return consentPage(this.#consents.ask({ redirectUri, scopes, state, offline, purpose }), scopes);
  }

  #authorize(request: SandboxRequest): SandboxReply {
    return this.#consentPage(request, 'code', () => ({
      kind: 'code',
      challenge: request.query.get('code_challenge'),
      method: request.query.get('code_challenge_method') ?? 'plain',
    }));
  }

  #extraScopes(request: SandboxRequest): SandboxReply {
    return this.#consentPage(request, 'update_scopes', () => {
      const found = this.#enhancements.get(request.query.get('enhance_token') ?? '');
      if (found === undefined || this.#clock.now() - found.begunAt >= enhanceMs) return null;
      return { kind: 'enhance', refreshToken: found.refreshToken };
    });
  }

  #enhance(request: SandboxRequest): SandboxReply {
    const read = readerOf(request);
    const fault = this.#clientFault(read);
    if (fault !== null) return fault;
    if (read('grant_type') !== 'update_scopes_token') return badRequest();
    const refreshToken = read('refresh_token');
    if (refreshToken === null || !this.tokens.knows(refreshToken)) return refused('invalid_code');
    const token = this.tokens.text('enhance');
    this.#enhancements.set(token, { refreshToken, begunAt: this.#clock.now() });
    return { json: { access_token: token, token_type: 'update_scope', expires_in: enhanceMs / 1000 } };
  }

  #deviceCode(request: SandboxRequest): SandboxReply {
    const read = readerOf(request);
    if (read('client_id') !== this.#registration.clientId) return refused('invalid_client');
    if (read('grant_type') !== 'device_request') return badRequest();
    const begun = this.#devices.begin(scopesIn(read('scope')), request.url);
    return begun === null ? refused('access_denied') : { json: begun };
  }

  #deviceToken(request: SandboxRequest, location: string): SandboxReply {
    const read = readerOf(request);
    const fault = this.#clientFault(read);
    if (fault !== null) return fault;
    if (read('grant_type') !== 'device_token') return badRequest();
    const elsewhere = this.#isElsewhere(location) ? (this.home?.location ?? null) : null;
    const polled = this.#devices.poll(read('code'), elsewhere);
    return Array.isArray(polled) ? this.tokens.grant(polled) : { json: polled };
  }

  /** The operations that the vendor documents, of the server in this data centre. */
  routes(location: string): SandboxRoute[] {
    return [
      { method: 'POST', path: '/oauth/v2/token', handle: (request) => this.#token(request, location) },
      {
        method: 'POST',
        path: '/oauth/v2/token/revoke',
        handle: (request) => this.tokens.revoke(readerOf(request)('token')),
      },
      { method: 'POST', path: '/oauth/v2/token/scopeenhance', handle: (request) => this.#enhance(request) },
      { method: 'GET', path: '/oauth/v2/token/addextrascope', handle: (request) => this.#extraScopes(request) },
      { method: 'GET', path: '/oauth/v2/auth', handle: (request) => this.#authorize(request) },
      { method: 'GET', path: '/oauth/v2/org/auth', handle: (request) => this.#authorize(request) },
      { method: 'POST', path: '/oauth/v3/device/code', handle: (request) => this.#deviceCode(request) },
      { method: 'POST', path: '/oauth/v3/device/token', handle: (request) => this.#deviceToken(request, location) },
    ];
  }

  /** What people do in a browser, and what the API console makes. */
  people(location: string): SandboxRoute[] {
    return [
      {
        method: 'POST',
        path: '/accounts/consent',
        handle: (request) => {
          const read = readerOf(request);
          const home = this.home ?? { location, server: request.url };
          const accepted = read('decision') === 'accept';
          const to = this.#consents.decide(read('id') ?? '', accepted, {
            location: home.location,
            'accounts-server': home.server,
          });
          return to === null ? page('An error occurred', '') : { status: 302, headers: { location: to } };
        },
      },
      {
        method: 'GET',
        path: '/oauth/v3/device',
        handle: ({ query }) => devicePage(query.get('user_code') ?? ''),
      },
      {
        method: 'POST',
        path: '/oauth/v3/device',
        handle: (request) => {
          const read = readerOf(request);
          const known = this.#devices.decide(read('user_code') ?? '', read('decision') === 'accept');
          return page(known ? 'You can go back to your device' : 'The code is not valid', '');
        },
      },
      {
        method: 'POST',
        path: '/accounts/self-client',
        handle: (request) => ({ json: { code: this.#consents.selfClient(scopesIn(readerOf(request)('scope'))) } }),
      },
    ];
  }
}
