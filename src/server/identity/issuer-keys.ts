import { createLocalJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import type { Clock } from '../../domain/clock.ts';
import type { Log } from '../../telemetry/log.ts';
import type { ReadDocument } from '../../vendor/upstream/transport/issuer-documents.ts';

export interface IssuerKeysOptions {
  readonly issuer: string;
  /** Null: as the issuer's metadata says. */
  readonly jwksUrl: string | null;
  readonly clock: Clock;
  readonly log: Log;
  readonly read: ReadDocument;
}

/** However many unknown keys are asked for. */
const askedAtMostEveryMs = 30_000;
/** After this a key that is still used is looked for again, so that one that was withdrawn is not believed for ever. */
const agedMs = 600_000;
const patienceMs = 5_000;

const word = z.string().exactOptional();
/** Public parts only; a key that cannot be read is as if it were not there. */
const keySchema = z.object({
  kty: z.enum(['RSA', 'EC', 'OKP']),
  kid: word,
  use: word,
  alg: word,
  key_ops: z.array(z.string()).exactOptional(),
  n: word,
  e: word,
  crv: word,
  x: word,
  y: word,
});
const keySetSchema = z.object({ keys: z.array(keySchema.nullable().catch(null)) });
const metadataSchema = z.object({ issuer: z.string(), jwks_uri: z.url({ protocol: /^https?$/ }) });

/**
 * The keys of one issuer. Where they are asked for is configured or said by the issuer, never by a token. They stay
 * known while the issuer cannot be reached.
 */
export const issuerKeys = (options: IssuerKeysOptions): JWTVerifyGetKey => {
  const { issuer, clock, log } = options;
  let keys: JWTVerifyGetKey | null = null;
  let readAt = Number.NEGATIVE_INFINITY;
  let askedAt = Number.NEGATIVE_INFINITY;
  let asking: Promise<void> | null = null;

  const locate = async (signal: AbortSignal): Promise<string> => {
    if (options.jwksUrl !== null) return options.jwksUrl;
    const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const metadata = metadataSchema.parse(await options.read(url, signal));
    if (metadata.issuer !== issuer) throw new TypeError('the metadata are those of another issuer');
    if (new URL(issuer).protocol === 'https:' && new URL(metadata.jwks_uri).protocol !== 'https:') {
      throw new TypeError('the metadata lead to keys that are not protected on their way');
    }
    return metadata.jwks_uri;
  };

  const load = async (signal: AbortSignal): Promise<void> => {
    const set = keySetSchema.parse(await options.read(await locate(signal), signal));
    const usable = set.keys.filter((key) => key !== null);
    if (usable.length === 0) throw new TypeError('there is no key in the set');
    keys = createLocalJWKSet({ keys: usable });
    readAt = clock.monotonic();
  };

  const ask = async (): Promise<void> => {
    const giveUp = new AbortController();
    const stopTimer = clock.after(patienceMs, () => giveUp.abort(new Error('the issuer did not answer in time')));
    try {
      await load(giveUp.signal);
    } catch (cause) {
      const known = keys === null ? 'no token is accepted' : 'those known stay in use';
      const why = cause instanceof Error ? cause.message : 'unknown';
      log.warn({ issuer, cause: why }, `the keys of the issuer cannot be read; ${known}`);
    } finally {
      stopTimer();
    }
  };

  /** Never rejects; null when it is too early to ask. */
  const refresh = (): Promise<void> | null => {
    if (asking !== null) return asking;
    if (clock.monotonic() - askedAt < askedAtMostEveryMs) return null;
    askedAt = clock.monotonic();
    asking = ask().finally(() => {
      asking = null;
    });
    return asking;
  };

  return async (header, token) => {
    if (keys !== null && clock.monotonic() - readAt >= agedMs) void refresh();
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
