import { z } from 'zod';
import { type ConnectFlow, Failure, type Operator, type VendorReply } from '../../../src/vendor/kit/index.ts';
import { type Accounts, movedTo, registeredAt, type ServerOf } from './accounts.ts';
import { granted } from './granted.ts';
import { clientId, clientSecret, place, scopes } from './questions.ts';
import { clientPairs, post } from './requests.ts';
import { errorIn, grantIn, refusalOf } from './token-answer.ts';

const deviceSchema = z.object({
  device_code: z.string().min(1),
  user_code: z.string().regex(/^[\x21-\x7e]{1,40}$/),
  verification_url: z.string(),
  interval: z.number().positive().catch(5_000),
  expires_in: z.number().positive().catch(300_000),
});
const movedSchema = z.object({ user_location: z.string() });

const slowDownMs = 5_000;
const pollMsMin = 5_000;
const lifetimeMsMax = 1_800_000;

/** Milliseconds by the document. RFC 8628 has seconds; no code lasts a few seconds only, and no interval 1,000 of them. */
const intervalMs = (value: number): number => Math.max(pollMsMin, value < 1_000 ? value * 1_000 : value);
const lifetimeMs = (value: number): number => Math.min(lifetimeMsMax, value < 10_000 ? value * 1_000 : value);

const readDevice = (reply: VendorReply) => {
  const error = errorIn(reply);
  if (error !== null) throw refusalOf(error);
  const parsed = deviceSchema.safeParse(reply.json);
  if (parsed.success && /^https?:\/\//.test(parsed.data.verification_url)) return parsed.data;
  throw new Failure('vendor-malformed', { public: 'The accounts server answered without a device code.' });
};

const poll = (operator: Operator, accounts: Accounts, code: string): Promise<VendorReply> =>
  post(operator, accounts, 'poll-device-token', {
    form: [...clientPairs(operator), ['grant_type', 'device_token'], ['code', code]],
  });

/** For a machine without a browser: the person accepts on another device while this one asks again and again. */
export const device = (serverOf: ServerOf): ConnectFlow => ({
  id: 'device',
  summary: 'A non-browser client: a person enters a code in a browser on any device.',
  needs: [...place, scopes, clientSecret],
  grants: true,
  run: async (operator) => {
    const registered = registeredAt(operator, serverOf);
    const asked = readDevice(
      await post(operator, registered, 'request-device-code', {
        form: [
          ['client_id', operator.text(clientId)],
          ['grant_type', 'device_request'],
          ['scope', operator.text(scopes)],
          ['access_type', 'offline'],
          ['prompt', 'consent'],
        ],
      }),
    );
    operator.tell(`Enter the code ${asked.user_code} on the page below. It is valid for a few minutes.`);
    operator.visit(asked.verification_url);
    const end = operator.elapsed() + lifetimeMs(asked.expires_in);
    let accounts = registered;
    let waitMs = intervalMs(asked.interval);
    while (operator.elapsed() + waitMs <= end) {
      await operator.sleep(waitMs);
      const reply = await poll(operator, accounts, asked.device_code);
      const error = errorIn(reply);
      if (error === 'other_dc') {
        const moved = movedSchema.safeParse(reply.json);
        accounts = movedTo(moved.success ? moved.data.user_location : '', null, accounts, serverOf);
        operator.tell(`Zoho keeps this account in the data centre ${accounts.dataCentre}.`);
      } else if (error === 'slow_down') waitMs += slowDownMs;
      else if (error !== 'authorization_pending') return granted(operator, accounts, grantIn(reply));
    }
    throw refusalOf('expired');
  },
});
