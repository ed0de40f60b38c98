import { createHmac } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createLog } from '../../../src/telemetry/log.ts';
import type { Credentials, SignableRequest } from '../../../src/vendor/contract/contract.ts';
import { startApp } from '../../support/app.ts';
import { connectTo } from '../../support/session.ts';
import { signedToy } from '../../support/toys/signed.ts';
import { failureOf, HastyClock, kindOf, openRig, openStub } from './rig.ts';
import { good, type Handler, inTurn, json, reset, status } from './vendor-stub.ts';

const secret = 'canary-signing-secret';

/** Over everything that is signed: method, request line, headers, body and time. */
const digest = (lines: readonly string[], body: Uint8Array): string =>
  createHmac('sha256', secret).update(lines.join('\n')).update('\n\n').update(body).digest('hex');
const headerLines = (headers: Readonly<Record<string, unknown>>, names: readonly string[]): string[] =>
  names.map((name) => `${name}:${headers[name]}`);

const given: SignableRequest[] = [];
const credentials: Credentials = {
  kind: 'signed',
  owner: 'owner-digest',
  sign: (request) => {
    given.push(request);
    const names = Object.keys(request.headers).sort();
    const host = new URL(request.origin).host;
    const lines = [request.method, host, request.path, String(request.at), ...headerLines(request.headers, names)];
    return {
      'X-Signature': digest(lines, request.body),
      'X-Signed-At': String(request.at),
      'X-Signed-Headers': names.join(' '),
    };
  },
};

/** Answers 200 to a request that carries the signature of what arrived, whatever it is, and 403 to any other. */
const verifying: Handler = (request, response) => {
  const { headers, method, target, body } = request;
  const names = String(headers['x-signed-headers'])
    .split(' ')
    .filter((name) => name !== '');
  const at = String(headers['x-signed-at']);
  const lines = [method, String(headers.host), target, at, ...headerLines(headers, names)];
  const genuine = digest(lines, Buffer.from(body)) === headers['x-signature'];
  json(response, genuine ? 200 : 403, { genuine });
};

const open = async (handler: Handler = verifying) => {
  given.length = 0;
  const rig = await openRig({ credentials });
  rig.stub.answer(handler);
  return rig;
};

describe('a signed request', () => {
  const odd = "x&y=z+1/ü\u{1F600}~!'()*";

  test.each([
    [
      'a query',
      {
        query: [
          ['start', '2026-11-01'],
          ['filter[a b]', odd],
          ['filter[a b]', ''],
          ['lone', '\ud800'],
        ],
      },
    ],
    ['an encoded path', { path: '/a%2Fb/%C3%BC~(c)' }],
    ['JSON', { method: 'POST', json: { name: odd, lone: '\ud800', amount: 0.1 } }],
    [
      'a form',
      {
        method: 'POST',
        form: [
          ['grant type', odd],
          ['lone', '\ud800'],
        ],
      },
    ],
    ['headers of its own', { headers: { 'X-Target': 'Costs.List', Accept: 'text/csv' } }],
    ['a body and a query', { method: 'PUT', json: [1, 2], query: [['a', 'b']] }],
    ['an empty body', { method: 'POST', form: [] }],
  ] as const)('is signed over exactly what arrives: %s', async (_what, request) => {
    const rig = await open();
    const reply = await rig.get('/costs', request);
    expect(reply.json).toEqual({ genuine: true });
    expect(rig.stub.seen.length).toBe(1);
    expect(given.map(({ path }) => path)).toEqual([rig.stub.seen[0]?.target]);
    expect(Buffer.from(given[0]?.body ?? []).toString()).toBe(rig.stub.seen[0]?.body);
  });

  test('is told apart from one that was changed on its way', async () => {
    for (const change of ['method', 'target', 'body', 'header'] as const) {
      const rig = await open((request, response) =>
        verifying(
          {
            ...request,
            ...(change === 'header'
              ? { headers: { ...request.headers, 'content-type': 'text/plain' } }
              : { [change]: `${request[change]}x` }),
          },
          response,
        ),
      );
      expect(await kindOf(rig.post()), change).toBe('permission-missing');
    }
  });

  test('is signed anew on each attempt, with the time of that attempt', async () => {
    const rig = await open(inTurn(status(500), reset, verifying));
    expect((await rig.get()).json).toEqual({ genuine: true });
    const signatures = rig.stub.seen.map(({ headers }) => headers['x-signature']);
    expect(signatures.length).toBe(3);
    expect(new Set(signatures).size).toBe(3);
    const times = given.map(({ at }) => at);
    expect(times).toEqual([...times].sort((left, right) => left - right));
    expect(new Set(times).size).toBe(3);
    expect(times[0]).toBe(Date.parse('2026-11-21T10:00:00Z'));
  });

  test('is signed when it is sent, not when it begins to wait', async () => {
    const clock = new HastyClock();
    const quotas = [{ name: 'paced', limit: 1, windowMs: 60_000, whenSpent: 'wait' as const }];
    const rig = await openRig({ credentials, clock, limits: { quotas } });
    rig.stub.answer(verifying);
    given.length = 0;
    await rig.get('/costs', { quota: 'paced' });
    await rig.get('/costs', { quota: 'paced' });
    expect((given[1]?.at ?? 0) - (given[0]?.at ?? 0)).toBeGreaterThanOrEqual(60_000);
  });

  test('is not sent where a redirect leads', async () => {
    const elsewhere = await openStub();
    const rig = await open((_request, response) => {
      response.writeHead(307, { location: `${elsewhere.url}/costs` });
      response.end();
    });
    expect(await kindOf(rig.get())).toBe('vendor-redirected');
    expect(rig.stub.seen.length).toBe(1);
    expect(elsewhere.seen).toEqual([]);
  });

  test('is not signed where it carries no credential', async () => {
    const rig = await open(good);
    await rig.get('/public', { credentials: 'none' });
    expect(given).toEqual([]);
    expect(rig.stub.seen[0]?.headers['x-signature']).toBe(undefined);
  });

  test('that is refused is remembered as refused, and not sent over and over', async () => {
    const rig = await open(status(401));
    expect(await kindOf(rig.get())).toBe('credentials-rejected');
    expect(await kindOf(rig.get())).toBe('credentials-rejected');
    expect(rig.stub.seen.length).toBe(1);
  });

  test('leaves neither its secret nor its signature in what is reported of it', async () => {
    for (const handler of [verifying, status(500), status(403), reset]) {
      const rig = await open(handler);
      const failure = await failureOf(rig.get()).catch(() => null);
      const reported = JSON.stringify([
        rig.events,
        failure,
        failure?.message,
        failure?.details,
        await rig.upstream.state(),
      ]);
      expect(reported).toContain('list-costs');
      const signatures = rig.stub.seen.map(({ headers }) => String(headers['x-signature']));
      expect(signatures.length).toBeGreaterThan(0);
      for (const word of [secret, ...signatures]) expect(reported).not.toContain(word);
    }
  });
});

test('the log of a whole app names calls that are signed, and nothing of their signatures', async () => {
  const lines: string[] = [];
  const clock = new HastyClock();
  const sandbox = await signedToy.sandbox({ clock });
  const { id, title } = signedToy;
  const connector = connectTo(signedToy, sandbox);
  const signatures: string[] = [];
  const { credentials: own } = connector;
  if (own.kind !== 'signed') throw new TypeError('the toy signs');
  const sign = (request: SignableRequest) => {
    const headers = own.sign(request);
    signatures.push(...Object.values(headers).map((value) => value.split('Signature=').at(-1) ?? value));
    return headers;
  };
  const endpoint = {
    id,
    provider: id,
    title,
    sandbox: false,
    connector: { ...connector, credentials: { ...own, sign } },
  };
  const app = await startApp([], {
    clock,
    endpoints: [endpoint],
    log: createLog('trace', { write: (line) => lines.push(line) }),
  });
  onTestFinished(async () => {
    await app.close();
    await sandbox.close();
  });
  expect((await app.get('/v1/costs?start=2026-11-01')).status).toBe(200);
  sandbox.faults.set([{ kind: 'status', status: 500 }]);
  expect((await app.get('/v1/costs?start=2026-06-01&end=2026-07-01')).status).toBe(502);
  const text = lines.join('');
  expect(text).toContain('ListCosts');
  expect(signatures.length).toBeGreaterThan(2);
  for (const word of [...Object.values(sandbox.settings).filter((each) => each !== sandbox.url), ...signatures])
    expect(text).not.toContain(word);
});
