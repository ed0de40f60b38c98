import { z } from 'zod';
import type { Credentials, MintReading, VendorReply } from '../../src/vendor/kit/index.ts';
import { accessTokenRequest } from './requests.ts';
import type { Settings } from './settings.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const pauseMs = 10 * minute;

/**
 * Equal texts have equal fingerprints, and the text cannot be recovered from one: two passes of 32-bit FNV-1a with a
 * final mix.
 */
export const fingerprint = (text: string): string =>
  [0x811c9dc5, 0x2b5d7f19]
    .map((offset) => {
      let hash = offset;
      for (let index = 0; index < text.length; index += 1) {
        hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
      }
      hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
      hash = Math.imul(hash ^ (hash >>> 15), 0x846ca68b);
      return ((hash ^ (hash >>> 16)) >>> 0).toString(16).padStart(8, '0');
    })
    .join('');

/** Seconds by the document; milliseconds have been seen. Never less than a minute, never more than an hour. */
export const lifetimeOf = (expiresIn: unknown): number => {
  const value = typeof expiresIn === 'string' && expiresIn.trim() !== '' ? Number(expiresIn) : expiresIn;
  if (typeof value !== 'number' || !Number.isFinite(value)) return hour;
  return Math.min(hour, Math.max(minute, value > 86_400 ? value : value * second));
};

const tokenAnswerSchema = z.object({
  access_token: z
    .string()
    .regex(/^[\x21-\x7e]+$/)
    .nullish()
    .catch(null),
  expires_in: z.unknown().optional(),
  error: z.string().nullish().catch(null),
  error_description: z.string().nullish().catch(null),
  status: z.unknown().optional(),
});

const throttlePattern = /access[ _]denied|too many requests|maximum request limit/i;

const refusals = new Map([
  [
    'invalid_client',
    'Zoho does not know the client: check CLOUDSPEND_CLIENT_ID, and that CLOUDSPEND_DATA_CENTER is the one where the client is registered.',
  ],
  [
    'invalid_client_secret',
    'Zoho refused the client secret: check CLOUDSPEND_CLIENT_SECRET; each data centre may have a secret of its own.',
  ],
  [
    'invalid_code',
    'Zoho refused the refresh token: it was revoked, or it belongs to another client or data centre. Make a new one and set CLOUDSPEND_REFRESH_TOKEN.',
  ],
]);

const throttled: MintReading = {
  kind: 'throttled',
  pauseMs,
  public: 'Zoho gives out no more access tokens for the next ten minutes: too many were asked for.',
};

/**
 * The token endpoint's answer, read from its body: errors come with status 200, the throttle as JSON or as an HTML
 * page.
 */
export const readMint = ({ status, text, json }: VendorReply): MintReading => {
  const parsed = tokenAnswerSchema.safeParse(json);
  if (!parsed.success) {
    // An HTML page may be in any language; with status 400 it is the throttle.
    const page = /^\s*</.test(text);
    return status === 429 || throttlePattern.test(text) || (page && status === 400)
      ? throttled
      : { kind: 'unreadable' };
  }
  const { access_token: accessToken, expires_in: expiresIn, error } = parsed.data;
  if (typeof accessToken === 'string') return { kind: 'granted', accessToken, lifetimeMs: lifetimeOf(expiresIn) };
  const refusal = refusals.get(error?.trim().toLowerCase() ?? '');
  if (refusal !== undefined) return { kind: 'refused', public: refusal };
  const words = [error, parsed.data.error_description].join(' ');
  // The message may be in any language; only the throttle has the status `failure`.
  if (status === 429 || throttlePattern.test(words) || parsed.data.status === 'failure') return throttled;
  return { kind: 'unreadable' };
};

/** One access token for all connections with the same refresh token, requested at half the rate that Zoho allows. */
export const createCredentials = (settings: Settings, accountsUrl: string): Credentials => {
  const { clientId, clientSecret, refreshToken } = settings;
  return {
    kind: 'token',
    owner: `${new URL(accountsUrl).host}:${fingerprint(refreshToken.reveal())}`,
    mints: { name: 'token-requests', limit: 5, windowMs: pauseMs },
    mint: () => accessTokenRequest(clientId, clientSecret, refreshToken),
    readMint,
    headers: (accessToken) => ({ authorization: `Zoho-oauthtoken ${accessToken}` }),
  };
};
