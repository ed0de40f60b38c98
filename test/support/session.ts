import type { Clock } from '../../src/domain/clock.ts';
import type { RunningSandbox } from '../../src/vendor/contract/sandbox.ts';
import type { Connector, Provider, Session, VendorReply, VendorRequest } from '../../src/vendor/kit/index.ts';
import { Failure } from '../../src/vendor/kit/index.ts';
import { parseLosslessly } from '../../src/vendor/kit/lossless-json.ts';
import { publishSent } from '../../src/vendor/upstream/transport/sent.ts';

const exchange = async (
  connector: Connector,
  request: VendorRequest,
  headers: Record<string, string>,
): Promise<VendorReply> => {
  const url = new URL(`${connector.origins[request.origin ?? 'api']}${request.path}`);
  for (const [name, value] of request.query ?? []) url.searchParams.append(name, value);
  publishSent(connector.provider, request, headers);
  const answer = await fetch(url, {
    method: request.method,
    redirect: 'manual',
    headers: {
      ...headers,
      ...request.headers,
      ...(request.json === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(request.form === undefined
      ? {}
      : { body: new URLSearchParams(request.form.map(([name, value]) => [name, value])) }),
    ...(request.json === undefined ? {} : { body: JSON.stringify(request.json) }),
  });
  const text = await answer.text();
  let json: unknown;
  try {
    json = parseLosslessly(text);
  } catch {
    json = undefined;
  }
  return { status: answer.status, headers: Object.fromEntries(answer.headers), text, json };
};

/** A session without the upstream chain: one try, no throttle. For tests of a provider alone. */
export const plainSession = (connector: Connector, clock: Clock): Session => {
  const facts = new Map<string, Promise<unknown>>();
  let token: string | null = null;
  const authorise = async (request: VendorRequest): Promise<Record<string, string>> => {
    if (request.credentials === 'none') return {};
    if (connector.credentials.kind === 'static') return { ...connector.credentials.headers() };
    if (token === null) {
      const reading = connector.credentials.readMint(await exchange(connector, connector.credentials.mint(), {}));
      if (reading.kind !== 'granted')
        throw new Failure('credentials-rejected', { public: `no token: ${reading.kind}` });
      token = reading.accessToken;
    }
    return { ...connector.credentials.headers(token) };
  };
  return {
    now: () => clock.now(),
    today: () => clock.today(),
    call: async (request) => {
      const reply = await exchange(connector, request, await authorise(request));
      const failure = connector.readFailure(reply, request);
      if (failure !== null) throw failure;
      if (reply.status < 200 || reply.status > 299) {
        throw new Failure('vendor-rejected', { public: `${request.operation} answered ${reply.status}` });
      }
      return reply;
    },
    fact: async (name, _maxAgeMs, schema, load) => {
      const known = facts.get(name) ?? load();
      facts.set(name, known);
      return schema.parse(await known);
    },
    forget: async (name) => {
      facts.delete(name);
    },
  };
};

/** Connects a provider to its sandbox. */
export const connectTo = (
  provider: Provider,
  sandbox: RunningSandbox,
  more: Record<string, string> = {},
): Connector => {
  const result = provider.connect({ ...sandbox.settings, ...more });
  if (!result.ok) throw new TypeError(JSON.stringify(result.faults));
  return result.connector;
};
