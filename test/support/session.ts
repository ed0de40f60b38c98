import type { Clock } from '../../src/domain/clock.ts';
import { takeTurns } from '../../src/domain/turns.ts';
import type { RunningSandbox } from '../../src/vendor/contract/sandbox.ts';
import type {
  Connector,
  CostQuestion,
  CostReading,
  FillSession,
  FinishedDays,
  Provider,
  VendorReply,
  VendorRequest,
} from '../../src/vendor/kit/index.ts';
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
      ...(request.payload === undefined ? {} : { 'content-type': request.payload.contentType }),
    },
    ...(request.form === undefined
      ? {}
      : { body: new URLSearchParams(request.form.map(([name, value]) => [name, value])) }),
    ...(request.json === undefined ? {} : { body: JSON.stringify(request.json) }),
    ...(request.payload === undefined ? {} : { body: Buffer.from(request.payload.bytes) }),
  });
  const raw = new Uint8Array(await answer.arrayBuffer());
  const text = new TextDecoder().decode(raw);
  let json: unknown;
  try {
    json = parseLosslessly(text);
  } catch {
    json = undefined;
  }
  return { status: answer.status, headers: Object.fromEntries(answer.headers), text, raw, json };
};

/** What a fill handed over, and what it saved to go on with. */
export interface PlainSession extends FillSession {
  readonly kept: FinishedDays[];
  readonly parts: string[];
}

/** A session without the upstream chain: one try, no throttle. For tests of a provider alone. */
export const plainSession = (connector: Connector, clock: Clock): PlainSession => {
  const kept: FinishedDays[] = [];
  const parts: string[] = [];
  const facts = new Map<string, Promise<unknown>>();
  let token: string | null = null;
  const authorise = async (request: VendorRequest): Promise<Record<string, string>> => {
    if (request.credentials === 'none') return {};
    if (connector.credentials.kind === 'static') return { ...connector.credentials.headers() };
    if (connector.credentials.kind === 'signed') throw new TypeError('signed requests need the upstream chain');
    if (token === null) {
      const reading = connector.credentials.readMint(await exchange(connector, connector.credentials.mint(), {}));
      if (reading.kind !== 'granted')
        throw new Failure('credentials-rejected', { public: `no token: ${reading.kind}` });
      token = reading.accessToken;
    }
    return { ...connector.credentials.headers(token) };
  };
  const exchanged: FillSession['exchange'] = async (request) => {
    const reply = await exchange(connector, request, await authorise(request));
    const isSuccess = reply.status >= 200 && reply.status <= 299;
    const refused = new Failure('vendor-rejected', { public: `${request.operation} answered ${reply.status}` });
    return { reply, failure: connector.readFailure(reply, request) ?? (isSuccess ? null : refused) };
  };
  return {
    kept,
    parts,
    edition: null,
    keep: async (part) => {
      kept.push(part);
    },
    resume: {
      saved: async () => [...parts],
      save: async (part) => {
        parts.push(part);
      },
      drop: async () => {
        parts.length = 0;
      },
    },
    now: () => clock.now(),
    turns: () => takeTurns(clock),
    today: () => clock.today(),
    call: async (request) => {
      const { reply, failure } = await exchanged(request);
      if (failure !== null) throw failure;
      return reply;
    },
    exchange: exchanged,
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

/** The whole reading of a fill: what it handed over on the way, and what it returned. As in the gateway, its progress ends with it. */
export const fillWhole = async (
  connector: Connector,
  session: PlainSession,
  question: CostQuestion,
): Promise<CostReading> => {
  const before = session.kept.length;
  const last = await connector.capabilities.costs.fill(session, question);
  await session.resume.drop();
  const parts = [...session.kept.slice(before), last];
  return {
    ...last,
    items: parts.flatMap((part) => part.items),
    notes: [
      ...new Map(parts.flatMap((part) => part.notes).map((note) => [`${note.code} ${note.message}`, note])).values(),
    ],
    faults: parts.flatMap((part) => part.faults),
    completeThrough: parts.reduce<string | null>(
      (latest, { completeThrough }) =>
        latest === null || (completeThrough !== null && completeThrough > latest) ? completeThrough : latest,
      null,
    ),
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
