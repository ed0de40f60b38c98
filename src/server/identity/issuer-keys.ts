import { createLocalJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import type { Clock } from '../../domain/clock.ts';
import type { Log } from '../../telemetry/log.ts';
import type { ReadDocument } from '../../vendor/upstream/transport/issuer-documents.ts';

export interface IssuerKeysOptions {
  readonly issuer: string;
  /** Null: taken from the issuer's metadata. */
  readonly jwksUrl: string | null;
  readonly clock: Clock;
  readonly log: Log;
  readonly read: ReadDocument;
}

/** Applies however many unknown keys are requested. */
const readIntervalMsMin = 30_000;
/** The keys are read again when they are this old, so that a withdrawn key stops being accepted. */
const refreshAfterMs = 600_000;
const timeoutMs = 5_000;

const text = z.string().exactOptional();
/** Public parts only. An unreadable key is ignored. */
const keySchema = z.object({
  kty: z.enum(['RSA', 'EC', 'OKP']),
  kid: text,
  use: text,
  alg: text,
  key_ops: z.array(z.string()).exactOptional(),
  n: text,
  e: text,
  crv: text,
  x: text,
  y: text,
});
const keySetSchema = z.object({ keys: z.array(keySchema.nullable().catch(null)) });
const metadataSchema = z.object({ issuer: z.string(), jwks_uri: z.url({ protocol: /^https?$/ }) });

/**
 * The keys of one issuer. Their URL comes from the configuration or the issuer's metadata, never from a token. Keys
 * that were read stay in use while the issuer cannot be reached.
 */
export const issuerKeys = (options: IssuerKeysOptions): JWTVerifyGetKey => {
  const { issuer, clock, log } = options;
  let keys: JWTVerifyGetKey | null = null;
  let readAt = Number.NEGATIVE_INFINITY;
  let requestedAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | null = null;

  const locate = async (signal: AbortSignal): Promise<string> => {
    if (options.jwksUrl !== null) return options.jwksUrl;
    const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const metadata = metadataSchema.parse(await options.read(url, signal));
    if (metadata.issuer !== issuer) throw new TypeError('the metadata belong to another issuer');
    if (new URL(issuer).protocol === 'https:' && new URL(metadata.jwks_uri).protocol !== 'https:') {
      throw new TypeError('the metadata name an unencrypted URL for the keys');
    }
    return metadata.jwks_uri;
  };

  const load = async (signal: AbortSignal): Promise<void> => {
    const set = keySetSchema.parse(await options.read(await locate(signal), signal));
    const usable = set.keys.filter((key) => key !== null);
    if (usable.length === 0) throw new TypeError('the key set has no usable key');
    keys = createLocalJWKSet({ keys: usable });
    readAt = clock.monotonic();
  };

  const read = async (): Promise<void> => {
    const timeout = new AbortController();
    const stopTimer = clock.after(timeoutMs, () => timeout.abort(new Error('the issuer did not answer in time')));
    try {
      await load(timeout.signal);
    } catch (cause) {
      const known = keys === null ? 'no token is accepted' : 'those known stay in use';
      const why = cause instanceof Error ? cause.message : 'unknown';
      log.warn({ issuer, cause: why }, `the keys of the issuer cannot be read; ${known}`);
    } finally {
      stopTimer();
    }
  };

  /** Never rejects; null when it is too early to read again. */
  const refresh = (): Promise<void> | null => {
    if (reading !== null) return reading;
    if (clock.monotonic() - requestedAt < readIntervalMsMin) return null;
    requestedAt = clock.monotonic();
    reading = read().finally(() => {
      reading = null;
    });
    return reading;
  };

  return async (header, token) => {
    if (keys !== null && clock.monotonic() - readAt >= refreshAfterMs) void refresh();
    try {
      if (keys !== null) return await keys(header, token);
    } catch (unknown) {
      if (!(unknown instanceof errors.JWKSNoMatchingKey)) throw unknown;
    }
    await refresh();
    if (keys === null) throw new errors.JWKSNoMatchingKey();
    return keys(header, token);
  };
};
