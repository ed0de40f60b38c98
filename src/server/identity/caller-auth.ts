import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Clock } from '../../domain/clock.ts';
import type { AccessScope, Consumer } from '../../domain/consumer.ts';
import { Failure } from '../../domain/failure/failure.ts';

/** All values of each header, by lower-case name. */
export type CallerHeaders = ReadonlyMap<string, readonly string[]>;

/** The consumer who sent these headers. Throws the same `unauthenticated` Failure for every fault of a credential. */
export type Authenticator = (headers: CallerHeaders) => Promise<Consumer>;

export interface KeyEntry {
  readonly name: string;
  /** The SHA-256 of the key, as 64 hexadecimal digits. */
  readonly digest: string;
  readonly scopes: readonly AccessScope[];
  /** The connections it may see; null means all. */
  readonly connections?: readonly string[] | null | undefined;
  /** An RFC 3339 instant; null means never. */
  readonly expiresAt?: string | null | undefined;
}

export type AuthConfig =
  | { readonly mode: 'none' }
  | { readonly mode: 'keys'; readonly keys: readonly KeyEntry[]; readonly clock: Clock };

export const allScopes: readonly AccessScope[] = ['read', 'write', 'native:read', 'native:write', 'admin'];
const anonymous: Consumer = { name: 'anonymous', scopes: new Set(allScopes), connections: null };

export const unauthenticated = (): Failure =>
  new Failure('unauthenticated', {
    public: 'Send one valid credential, as Authorization: Bearer or as X-Api-Key.',
  });

/** Reads the raw list, because Node drops repeated `Authorization` headers. */
export const callerHeaders = (request: FastifyRequest): CallerHeaders => {
  const headers = new Map<string, string[]>();
  const { rawHeaders } = request.raw;
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = (rawHeaders[at] ?? '').toLowerCase();
    const value = rawHeaders[at + 1] ?? '';
    headers.set(name, [...(headers.get(name) ?? []), value]);
  }
  return headers;
};

const bearer = /^Bearer +(\S+)$/i;

/** The credential of a request; null if there is none, or more than one. */
export const credentialOf = (headers: CallerHeaders): string | null => {
  const sent = new Set<string | null>();
  for (const value of headers.get('authorization') ?? []) sent.add(bearer.exec(value.trim())?.[1] ?? null);
  for (const value of headers.get('x-api-key') ?? []) sent.add(value.trim() === '' ? null : value.trim());
  const [first] = sent;
  return sent.size === 1 && first !== undefined ? first : null;
};

const keyAuthenticator = (keys: readonly KeyEntry[], clock: Clock): Authenticator => {
  const entries = keys.map(({ name, digest, scopes, connections, expiresAt }) => {
    if (!/^[0-9a-f]{64}$/i.test(digest)) throw new TypeError(`the digest of the key ${name} is not a SHA-256`);
    const consumer: Consumer = {
      name,
      scopes: new Set(scopes),
      connections: connections == null ? null : new Set(connections),
    };
    const expiry = expiresAt == null ? Number.POSITIVE_INFINITY : Date.parse(expiresAt);
    return { consumer, expiry, digest: Buffer.from(digest, 'hex') };
  });
  return async (headers) => {
    const credential = credentialOf(headers);
    if (credential === null) throw unauthenticated();
    const digest = createHash('sha256').update(credential, 'latin1').digest();
    let found: Consumer | null = null;
    // Compares every entry, so that the response time reveals nothing.
    for (const entry of entries) {
      const equal = timingSafeEqual(entry.digest, digest);
      if (equal && clock.now() < entry.expiry) found = entry.consumer;
    }
    if (found === null) throw unauthenticated();
    return found;
  };
};

/** Mode `none` makes every caller the anonymous consumer, with every scope. */
export const authenticator = (config: AuthConfig): Authenticator =>
  config.mode === 'none' ? async () => anonymous : keyAuthenticator(config.keys, config.clock);
