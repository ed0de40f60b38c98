import { createHash } from 'node:crypto';
import type { Clock } from '../../../../src/domain/clock.ts';
import { allScopes, type Tokens } from './tokens.ts';

/** What a person is asked to accept in a browser, and the codes that come of it. */

const codeMs = 120_000;
const windowMs = 600_000;
const codesMax = 10;

/** Where a consent leads. */
export type Purpose =
  | { readonly kind: 'code'; readonly challenge: string | null; readonly method: string }
  | { readonly kind: 'enhance'; readonly refreshToken: string };

export interface Request {
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly state: string | null;
  readonly offline: boolean;
  readonly purpose: Purpose;
}

interface Code {
  readonly code: string;
  readonly issuedAt: number;
  readonly scopes: readonly string[];
  readonly offline: boolean;
  /** Null for a code of the API console, which has no browser. */
  readonly redirectUri: string | null;
  readonly challenge: string | null;
  readonly method: string;
}

/** Why an authorization request is not put to the person; null where it is. */
export const faultOf = (query: URLSearchParams, expected: { readonly clientId: string; readonly type: string }) => {
  if (query.get('client_id') !== expected.clientId) return 'Invalid Client';
  if (query.get('response_type') !== expected.type) return 'Invalid response type';
  if (!/^https?:\/\/(127\.0\.0\.1|localhost):\d+\//.test(query.get('redirect_uri') ?? ''))
    return 'Invalid Redirect Uri';
  const scopes = (query.get('scope') ?? '').split(',');
  return scopes.every((scope) => allScopes.includes(scope)) ? null : 'Invalid OAuth scope';
};

const matches = (code: Code, verifier: string | null): boolean => {
  if (code.challenge === null) return true;
  if (code.method === 'plain') return verifier === code.challenge;
  return (
    createHash('sha256')
      .update(verifier ?? '')
      .digest('base64url') === code.challenge
  );
};

export class Consents {
  readonly #clock: Clock;
  readonly #tokens: Tokens;
  readonly #pending = new Map<string, Request>();
  #codes: Code[] = [];
  #issued: number[] = [];

  constructor(clock: Clock, tokens: Tokens) {
    this.#clock = clock;
    this.#tokens = tokens;
  }

  /** The id under which the page of this request is answered. */
  ask(request: Request): string {
    const id = this.#tokens.text('consent');
    this.#pending.set(id, request);
    return id;
  }

  #allowed(): boolean {
    const now = this.#clock.now();
    this.#issued = this.#issued.filter((at) => now - at < windowMs);
    if (this.#issued.length >= codesMax) return false;
    this.#issued.push(now);
    return true;
  }

  #code(of: Omit<Code, 'code' | 'issuedAt'>): string {
    const code = this.#tokens.text('code');
    this.#codes.push({ ...of, code, issuedAt: this.#clock.now() });
    return code;
  }

  /** A code of the API console, for a self client. */
  selfClient(scopes: readonly string[]): string {
    return this.#code({ scopes, offline: true, redirectUri: null, challenge: null, method: 'plain' });
  }

  /** Where the browser goes after the decision; null for a request that is not open. */
  decide(id: string, accepted: boolean, home: Readonly<Record<string, string>>): string | null {
    const request = this.#pending.get(id);
    if (request === undefined) return null;
    this.#pending.delete(id);
    const url = new URL(request.redirectUri);
    const add = (pairs: Readonly<Record<string, string>>) => {
      for (const [name, value] of Object.entries(pairs)) url.searchParams.append(name, value);
    };
    if (request.state !== null) add({ state: request.state });
    const { purpose, scopes, offline, redirectUri } = request;
    if (!accepted || (purpose.kind === 'code' && !this.#allowed())) add({ error: 'access_denied' });
    else if (purpose.kind === 'enhance') {
      this.#tokens.enhance(purpose.refreshToken, scopes);
      add({ status: 'success', scope_enhanced: 'true' });
    } else {
      const { challenge, method } = purpose;
      add({ code: this.#code({ scopes, offline, redirectUri, challenge, method }), ...home });
    }
    return url.href;
  }

  /** What a code is worth, once; or the error. */
  redeem(
    text: string | null,
    redirectUri: string | null,
    verifier: string | null,
  ): { readonly scopes: readonly string[]; readonly offline: boolean } | { readonly error: string } {
    const code = this.#codes.find((each) => each.code === text);
    this.#codes = this.#codes.filter((each) => each !== code);
    if (code === undefined || this.#clock.now() - code.issuedAt >= codeMs) return { error: 'invalid_code' };
    if (code.redirectUri !== redirectUri) return { error: 'invalid_redirect_uri' };
    return matches(code, verifier) ? { scopes: code.scopes, offline: code.offline } : { error: 'invalid_code' };
  }
}
