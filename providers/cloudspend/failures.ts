import { z } from 'zod';
import { Failure, type VendorReply, type VendorRequest } from '../../src/vendor/kit/index.ts';
import { scopeOf } from './catalogue.ts';

const textOrNull = z.union([z.string(), z.number()]).transform(String).nullish().catch(null);

/** Every place where one of this vendor's error bodies is known to say what is wrong. */
const envelopeSchema = z.object({
  code: textOrNull,
  message: textOrNull,
  error_code: textOrNull,
  error_description: textOrNull,
  status: textOrNull,
  error: z
    .union([
      z.string().transform((text) => ({ code: null, title: text, message: null, details: null })),
      z.object({
        code: textOrNull,
        title: textOrNull,
        message: textOrNull,
        details: z.object({ message: textOrNull }).nullish().catch(null),
      }),
    ])
    .nullish()
    .catch(null),
});
type Envelope = z.output<typeof envelopeSchema>;

const textMax = 200;
/** Vendor text that may be quoted: printable, on one line, short. */
export const printable = (text: string): string =>
  [...text.replace(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, ' ').trim()].slice(0, textMax).join('');

const rejectedToken = /\b(?:INVALID_TOKEN|INVALID_OAUTHTOKEN|AUTHENTICATION_FAILURE)\b/;
const missingScope = /\b(?:OAUTH_SCOPE_MISMATCH|INVALID_OAUTHSCOPE)\b/;
const rollingThrottle = /\bURL_ROLLING_THROTTLES_LIMIT_EXCEEDED\b/;

const unitMs = { second: 1_000, minute: 60_000, hour: 3_600_000 } as const;
const fallbackPauseMs = 22 * unitMs.minute;
const pauseMaxMs = 24 * unitMs.hour;

/** How long the vendor's sentence tells to wait, or its header where that is longer; 22 minutes where neither is readable. */
export const pauseOf = (sentence: string, retryAfter: string | undefined): number => {
  const match = /again after (\d{1,6}) (second|minute|hour)/i.exec(sentence);
  const unit = match?.[2]?.toLowerCase();
  const stated = unit === 'second' || unit === 'minute' || unit === 'hour' ? Number(match?.[1]) * unitMs[unit] : 0;
  const header = /^\d{1,9}$/.test(retryAfter ?? '') ? Number(retryAfter) * unitMs.second : 0;
  const pause = Math.max(stated, header);
  return pause === 0 ? fallbackPauseMs : Math.min(pause, pauseMaxMs);
};

const wordsOf = ({ code, message, error_code, error_description, error }: Envelope): string[] =>
  [error?.details?.message, message, error?.message, error?.title, error_description, error_code, error?.code, code]
    .filter((text) => typeof text === 'string')
    .filter((text) => text.trim() !== '');

const quotedWords = (sentences: readonly string[]): string => {
  const said = [...new Set(sentences)].filter((text) => !/^-?\d+$/.test(text)).map(printable);
  return said.length === 0 ? '.' : `: ${printable(said.slice(0, 3).join('; '))}`;
};

const credentialsRejected = (operation: string): Failure =>
  new Failure('credentials-rejected', { public: `CloudSpend refused the access token at ${operation}.` });

const permissionMissing = (operation: string): Failure => {
  const scope = scopeOf(operation) ?? 'CloudSpend.Internal.Read';
  return new Failure('permission-missing', {
    public: `CloudSpend refused ${operation}: the refresh token needs the scope ${scope}, and its user access to the data.`,
  });
};

/** Does the body claim to be an error, whatever the status? Only a success has code 0, or data and no code. */
const isError = (envelope: Envelope, hasData: boolean): boolean => {
  const { code, error_code, error, status } = envelope;
  if (typeof code === 'string' && code.trim() !== '') return Number(code) !== 0;
  if (typeof error_code === 'string' || /^(?:error|failure)$/i.test(status ?? '')) return true;
  if (hasData) return false;
  return (error ?? null) !== null || [rejectedToken, rollingThrottle].some((word) => word.test(envelope.message ?? ''));
};

/** What an error body means; a 200 may carry an error. Answers of the accounts server are read by `readMint`. */
export const readFailure = (reply: VendorReply, request: VendorRequest): Failure | null => {
  if (request.origin === 'accounts') return null;
  const { status, text, json } = reply;
  const { operation } = request;
  const succeeded = status >= 200 && status <= 299;
  if (succeeded && Array.isArray(json)) return null;
  const parsed = envelopeSchema.safeParse(json);
  if (!parsed.success) {
    if (succeeded) {
      return new Failure('vendor-malformed', {
        public: `CloudSpend answered ${operation} with something else than JSON.`,
      });
    }
    if (status === 401 || rejectedToken.test(text)) return credentialsRejected(operation);
    return status === 403 ? permissionMissing(operation) : null;
  }
  const envelope = parsed.data;
  const hasData = typeof json === 'object' && json !== null && 'data' in json;
  if (succeeded && !isError(envelope, hasData)) return null;
  const words = wordsOf(envelope);
  const all = words.join('\n');
  const code = Number(envelope.code ?? Number.NaN);
  const hasStatus = (number: number): boolean => status === number || (succeeded && code === number);
  if (rollingThrottle.test(all)) {
    return new Failure('vendor-throttled', {
      public: `CloudSpend has locked ${operation} for a while: it was called too often.`,
      retryAfterMs: pauseOf(all, reply.headers['retry-after']),
      pauses: 'operation',
    });
  }
  if (missingScope.test(all)) return permissionMissing(operation);
  if (rejectedToken.test(all) || hasStatus(401)) return credentialsRejected(operation);
  if (hasStatus(403)) return permissionMissing(operation);
  const known = kindOf(succeeded, status, code);
  if (known === null) return null;
  return new Failure(known, { public: `CloudSpend refused ${operation}${quotedWords(words)}` });
};

/** The kind of an error body without known text; null leaves the status to the gateway's own classification. */
const kindOf = (
  succeeded: boolean,
  status: number,
  code: number,
): 'vendor-not-found' | 'vendor-throttled' | 'vendor-unavailable' | 'vendor-rejected' | null => {
  const number = succeeded ? code : status;
  if (number === 404) return 'vendor-not-found';
  if (succeeded && number === 429) return 'vendor-throttled';
  if (succeeded && number >= 500 && number <= 599) return 'vendor-unavailable';
  if (succeeded || status === 400 || status === 422) return 'vendor-rejected';
  return null;
};

/** Failures of a single operation; others may still succeed. Every other kind concerns the whole connection. */
const ofOneOperation: readonly string[] = [
  'vendor-rejected',
  'vendor-not-found',
  'vendor-malformed',
  'vendor-unavailable',
  'vendor-timeout',
  'vendor-throttled',
  'quota-exhausted',
  'vendor-too-large',
  'permission-missing',
];
export const concernsOneOperation = (thrown: unknown): thrown is Failure =>
  thrown instanceof Failure &&
  ofOneOperation.includes(thrown.kind) &&
  (thrown.kind !== 'vendor-throttled' || thrown.details.pauses === 'operation');
