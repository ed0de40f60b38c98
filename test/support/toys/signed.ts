import { createHash, createHmac } from 'node:crypto';
import { z } from 'zod';
import { addDays, daysIn, earlier } from '../../../src/domain/day.ts';
import type { SandboxOptions } from '../../../src/vendor/contract/sandbox.ts';
import type { CostQuestion, CostReading, FillSession, SignableRequest } from '../../../src/vendor/kit/index.ts';
import { amountText, baseUrlSetting, decode, defineProvider, secretSetting } from '../../../src/vendor/kit/index.ts';
import { type SandboxRequest, startSandboxServer } from '../../../src/vendor/sandbox/server.ts';
import { toyAges } from '../toy-vendor.ts';
import { answerOf, rowsOfDay } from '../toy-world.ts';

const keyId = 'AKIDEXAMPLE';
const region = 'us-east-1/service';
const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Uint8Array, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`);
const queryText = (pairs: URLSearchParams): string[] => [...pairs].map((pair) => pair.map(encode).join('='));

/** Headers of AWS Signature Version 4, as the IAM User Guide describes it under "Create a signed AWS API request". */
export const signVersion4 = (secret: string, { method, origin, path, headers, body, at }: SignableRequest) => {
  const stamp = new Date(at).toISOString().replace(/[-:]|\.\d{3}/g, '');
  const scope = `${stamp.slice(0, 8)}/${region}/aws4_request`;
  const signed = Object.entries({ ...headers, host: new URL(origin).host, 'x-amz-date': stamp }).sort();
  const names = signed.map(([name]) => name).join(';');
  const lines = signed.map(([name, value]) => `${name}:${value.trim().replace(/ +/g, ' ')}\n`).join('');
  const [target = '/', query = ''] = path.split('?');
  const sorted = queryText(new URLSearchParams(query)).sort().join('&');
  const canonical = sha256([method, target, sorted, lines, names, sha256(body)].join('\n'));
  const key = scope.split('/').reduce<string | Buffer>((before, part) => hmac(before, part), `AWS4${secret}`);
  const signature = hmac(key, ['AWS4-HMAC-SHA256', stamp, scope, canonical].join('\n')).toString('hex');
  const credential = `Credential=${keyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
  return { 'x-amz-date': stamp, authorization: `AWS4-HMAC-SHA256 ${credential}` };
};

const text = z.string();
const row = z.object({ day: text, values: z.array(text.nullable()), amount: amountText, currency: text });
const dimensions = ['account', 'service', 'region', 'category'] as const;
const cube = { id: 'costs', grain: 'daily', dimensions, span: 'range', monthsMax: 12, price: 1 } as const;
const daysPerCall = 7;

/** A week a call. A week that is read is handed over. */
const fill = async (session: FillSession, { start, end }: CostQuestion): Promise<CostReading> => {
  const nothing = { items: [], notes: [], faults: [], completeThrough: addDays(session.today(), -2) };
  for (const from of daysIn(start, end).filter((_, index) => index % daysPerCall === 0)) {
    const to = earlier(addDays(from, daysPerCall), end);
    const form = Object.entries({ Action: 'ListCosts', From: from, To: to });
    const reply = await session.call({ operation: 'ListCosts', method: 'POST', path: '/', form, effect: 'read' });
    const { rows } = decode(z.object({ rows: z.array(row) }), reply.json, 'costs');
    await session.keep({ ...nothing, start: from, end: to, items: rows });
  }
  return nothing;
};

const sandboxSecret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';

/** Accepts what carries the signature of exactly itself and is not older than five minutes. */
const refusal = ({ method, path, query, headers, body }: SandboxRequest, now: number) => {
  const at = Date.parse((headers['x-amz-date'] ?? '').replace(/^(....)(..)(..T..)(..)/, '$1-$2-$3:$4:'));
  const names = /SignedHeaders=([^,]+)/.exec(headers.authorization ?? '')?.[1]?.split(';') ?? [];
  const sent = {
    method,
    origin: `http://${headers.host}`,
    path: `${path}?${queryText(query).join('&')}`,
    headers: Object.fromEntries(names.map((name) => [name, headers[name] ?? ''])),
    body: Buffer.from(body),
  };
  const genuine = Math.abs(now - at) < 300_000 && signVersion4(sandboxSecret, { ...sent, at }).authorization;
  return genuine === headers.authorization ? null : { status: 403, json: { message: 'the signature does not match' } };
};

const startSandbox = ({ clock, port }: SandboxOptions) => {
  const costs = ({ body }: SandboxRequest) => {
    const form = new URLSearchParams(body);
    const range = { start: form.get('From') ?? '', end: form.get('To') ?? '' };
    const question = { cube: cube.id, dimensions, costType: 'billed', ...range } as const;
    return { json: { rows: answerOf((day) => rowsOfDay('signed', day), question, 'daily', clock.today()) } };
  };
  return startSandboxServer({
    clock,
    port,
    settings: (url) => ({ secretKey: sandboxSecret, baseUrl: url }),
    guard: (request) => refusal(request, clock.now()),
    routes: [
      { method: 'GET', path: '/', handle: () => ({ json: { Account: '123456789012' } }) },
      { method: 'POST', path: '/', handle: costs },
    ],
  });
};

const baseUrl = { environment: 'TOY_SIGNED_URL', description: 'Where it is.', fallback: 'https://signed.example' };

/** A vendor that wants every request signed over its bytes. */
export const signedToy = defineProvider({
  id: 'toy-signed',
  title: 'Signed Cloud',
  settings: z.object({
    secretKey: secretSetting({ environment: 'TOY_SIGNED_SECRET', description: 'Signs each request.' }),
    baseUrl: baseUrlSetting(baseUrl),
  }),
  connect: ({ secretKey, baseUrl }) => ({
    identity: ['toy-signed', baseUrl],
    origins: { api: baseUrl },
    credentials: {
      kind: 'signed',
      owner: sha256(secretKey.reveal()),
      sign: (request) => signVersion4(secretKey.reveal(), request),
    },
    limits: { concurrency: 4, queue: 64, timeoutMs: 8000, quotas: [] },
    readFailure: () => null,
    capabilities: { costs: { costTypes: ['billed'], cubes: [cube], ages: toyAges, fill } },
    check: async (session) => {
      await session.call({ operation: 'GetCallerIdentity', method: 'GET', path: '/', effect: 'read' });
    },
  }),
  sandbox: startSandbox,
});
