import { z } from 'zod';
import { Failure, Secret, type VendorReply } from '../../../src/vendor/kit/index.ts';

const answerSchema = z.object({
  error: z.string().nullish().catch(null),
  error_description: z.string().nullish().catch(null),
  status: z.unknown().optional(),
});
const grantSchema = z.object({ refresh_token: z.string().regex(/^[\x21-\x7e]+$/) });
const accessSchema = z.object({ access_token: z.string().regex(/^[\x21-\x7e]+$/) });

const waitMs = 600_000;

const throttled = (): Failure =>
  new Failure('vendor-throttled', {
    public:
      'Zoho denies access: too many tokens or codes were asked for. Wait 10 minutes before you ask again, because every attempt before that prolongs the wait. Nothing else was tried.',
    retryAfterMs: waitMs,
  });

/** What each error of the accounts server means, and what to do. */
const sentences: Readonly<Record<string, string>> = {
  invalid_client:
    'Zoho does not know this client. Check the client id, and that --data-center is the one where the client is registered.',
  invalid_client_secret:
    'Zoho refused the client secret. Copy it again from the API console; with several data centres each may have a secret of its own.',
  invalid_code:
    'Zoho refused the code or token: it has expired, was used before, was revoked, or belongs to another client or data centre. Make a new one and begin again at once; a code lasts only minutes.',
  invalid_redirect_uri:
    'Zoho does not know this redirect URI. Register exactly the one that is used here with the client in the API console, or name the registered one with --redirect-uri.',
  invalid_scope: 'Zoho does not know one of the scopes. Check --scopes.',
  invalid_oauth_scope: 'Zoho does not know one of the scopes. Check --scopes.',
  scope_changes_required: 'Zoho takes scopes of one application only in this flow. Check --scopes.',
  invalid_response_type:
    'Zoho does not offer this flow to this client. Check that the type of the client in the API console fits the flow.',
  unsupported_grant_type:
    'Zoho does not offer this flow to this client. Check that the type of the client in the API console fits the flow.',
  access_denied:
    'The consent was refused, or more codes were asked for than Zoho allows in 10 minutes. Begin again and accept; if nobody refused, wait 10 minutes first.',
  expired: 'The code has expired before anybody accepted. Begin again.',
  general_error: 'Zoho failed to answer. Try again later.',
  missing_org_info: 'Zoho asks for an organization, which this flow cannot name. Use another flow.',
};

const wordOf = (error: string): string => error.trim().toLowerCase().replaceAll(/\s+/g, '_');

/** The failure that an error of the accounts server stands for. */
export const refusalOf = (error: string): Failure => {
  const word = wordOf(error);
  const known = Object.hasOwn(sentences, word) ? sentences[word] : undefined;
  if (known !== undefined) return new Failure('credentials-rejected', { public: known });
  const shown = /^[a-z][a-z0-9_.]{0,60}$/.test(word) ? ` (${word})` : '';
  return new Failure('vendor-rejected', {
    public: `Zoho refused the request for a reason that its documents do not name${shown}.`,
  });
};

/** The throttle is worded with a blank, a refused consent with an underscore. */
const isThrottle = (status: number, error: string, description: string, marked: boolean): boolean =>
  status === 429 ||
  /access denied/i.test(error) ||
  /too many requests|maximum request limit/i.test(description) ||
  marked;

/** The `error` of an answer, whatever its status; null where it has none. Throws for a throttle and for what is no JSON. */
export const errorIn = ({ status, text, json }: VendorReply): string | null => {
  const parsed = answerSchema.safeParse(json);
  if (!parsed.success) {
    const page = /^\s*</.test(text);
    if (isThrottle(status, text, text, page && status === 400)) throw throttled();
    throw status === 400
      ? refusalOf('invalid_code')
      : new Failure('vendor-malformed', {
          public: `The accounts server answered with something that is no token answer (HTTP ${status}). Check the data centre, and whether a proxy stands in between.`,
        });
  }
  const error = parsed.data.error ?? null;
  if (isThrottle(status, error ?? '', parsed.data.error_description ?? '', parsed.data.status === 'failure')) {
    throw throttled();
  }
  if (error === null && (status < 200 || status > 299)) {
    throw new Failure('vendor-unavailable', { public: `The accounts server failed to answer (HTTP ${status}).` });
  }
  return error;
};

/** The refresh token of an answer without an error. */
export const grantIn = (reply: VendorReply): Secret => {
  const error = errorIn(reply);
  if (error !== null) throw refusalOf(error);
  const granted = grantSchema.safeParse(reply.json);
  if (granted.success) return new Secret(granted.data.refresh_token);
  throw new Failure('vendor-incomplete', {
    public: accessSchema.safeParse(reply.json).success
      ? 'Zoho gave an access token but no refresh token: this client has one already, or the code was made without offline access. Revoke the earlier token, or make a new code.'
      : 'The accounts server answered without a token and without an error.',
  });
};

/** The access token of an answer without an error. */
export const accessIn = (reply: VendorReply): Secret => {
  const error = errorIn(reply);
  if (error !== null) throw refusalOf(error);
  const granted = accessSchema.safeParse(reply.json);
  if (granted.success) return new Secret(granted.data.access_token);
  throw new Failure('vendor-incomplete', {
    public: 'The accounts server answered without a token and without an error.',
  });
};
