import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../domain/clock.ts';
import { takeTurns } from '../domain/turns.ts';
import type { Store } from '../store/store.ts';
import type { Connector, Note, Session } from './contract/contract.ts';
import type { Hear } from './upstream/hear.ts';
import { type CallContext, openUpstream, type Upstream, type UpstreamEvent } from './upstream/upstream.ts';

/** An open connection: the capabilities of its vendor, and the chain that calls it. */
export interface Connection {
  readonly id: string;
  readonly provider: string;
  readonly title: string;
  readonly sandbox: boolean;
  readonly connector: Connector;
  /** Key of this connection in the store, made from provider, base URL, organisation and account. */
  readonly storageKey: string;
  readonly upstream: Upstream;
  /** Where figures are stored: under the current edition, or the last known one while the vendor does not answer. */
  filing(deadline: number): Promise<Filing>;
  /** A fill has met another edition than the one it was filed under: what is asked next is filed under this one. */
  refile(edition: string): Promise<void>;
  session(context: CallContext): Session;
  /** What every answer says of this connection now, whatever was asked. */
  notes(): readonly Note[];
}

export interface Filing {
  readonly storageKey: string;
  /** Null where the vendor has no editions. */
  readonly edition: string | null;
}

export interface ConnectionOptions {
  readonly id: string;
  readonly provider: string;
  readonly title: string;
  readonly sandbox: boolean;
  readonly connector: Connector;
  readonly store: Store;
  readonly clock: Clock;
  readonly userAgent: string;
  readonly observe: (event: UpstreamEvent) => void;
  readonly notes?: () => readonly Note[];
  /** Told of every answer of the vendor. Absent: nobody is. */
  readonly hear?: Hear;
}

const credentialIdentity = (connector: Connector): string => {
  const { credentials } = connector;
  return credentials.kind === 'static' ? JSON.stringify(credentials.headers()) : credentials.owner;
};

/** A sandbox keeps its key across restarts, whatever its port. */
const storageKeyOf = (provider: string, connector: Connector, sandbox: boolean): string => {
  if (sandbox) return `${provider}-sandbox`;
  const parts = [provider, ...connector.identity];
  if (connector.credentialIdentifies === true) parts.push(credentialIdentity(connector));
  return `${provider}-${createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 24)}`;
};

const factSchema = z.object({ at: z.number(), value: z.unknown() });

export const openConnection = (options: ConnectionOptions): Connection => {
  const { connector, store, clock } = options;
  const storageKey = storageKeyOf(options.provider, connector, options.sandbox);
  const upstream = openUpstream({
    connection: options.id,
    connector,
    store,
    clock,
    userAgent: options.userAgent,
    observe: options.observe,
    hear: options.hear,
    storageKey,
  });
  const facts = createFacts(store, clock, storageKey);
  const session = (context: CallContext): Session => ({
    call: (request) => upstream.call(request, context),
    exchange: (request) => upstream.exchange(request, context),
    now: () => clock.now(),
    turns: () => takeTurns(clock, context),
    today: () => clock.today(),
    ...facts,
  });
  const editions = createEditions(
    store,
    clock,
    storageKey,
    async (deadline) => (await connector.edition?.(session({ purpose: 'dashboard', deadline }))) ?? '',
  );
  return {
    id: options.id,
    provider: options.provider,
    title: options.title,
    sandbox: options.sandbox,
    connector,
    storageKey,
    upstream,
    session,
    notes: options.notes ?? (() => []),
    filing: async (deadline) => {
      if (connector.edition === undefined) return { storageKey, edition: null };
      const edition = await editions.current(deadline);
      if (connector.editionOf !== undefined) return { storageKey, edition };
      return { storageKey: `${storageKey}/${encodeURIComponent(edition)}`, edition };
    },
    refile: editions.settle,
  };
};

const editionMsMax = 30_000;

/**
 * The last known edition is used at once and refreshed in the background, so that a hanging vendor does not delay
 * answers from stored data. Only the first request waits.
 */
const createEditions = (
  store: Store,
  clock: Clock,
  storageKey: string,
  readEdition: (deadline: number) => Promise<string>,
) => {
  const key = `edition/1/${storageKey}`;
  let last: string | null = null;
  const settle = async (edition: string): Promise<void> => {
    if (edition !== last) await store.set(key, Buffer.from(edition)).catch(() => undefined);
    last = edition;
  };
  const refresh = async (deadline: number): Promise<string> => {
    const edition = await readEdition(deadline);
    await settle(edition);
    return edition;
  };
  const stored = async (): Promise<string | null> => {
    const bytes = await store.get(key).catch(() => null);
    return bytes === null ? null : Buffer.from(bytes).toString('utf8');
  };
  return {
    current: async (deadline: number): Promise<string> => {
      last ??= await stored();
      if (last === null) return refresh(deadline);
      refresh(clock.monotonic() + editionMsMax).catch(() => undefined);
      return last;
    },
    settle,
  };
};

/** Small facts about a connection, cached in memory and in the store; concurrent loads of one fact are one load. */
const createFacts = (store: Store, clock: Clock, storageKey: string): Pick<Session, 'fact' | 'forget'> => {
  const cached = new Map<string, z.output<typeof factSchema>>();
  const loading = new Map<string, Promise<unknown>>();
  const keyOf = (name: string) => `fact/1/${storageKey}/${name}`;

  const stored = async (name: string): Promise<z.output<typeof factSchema> | null> => {
    const known = cached.get(name);
    if (known !== undefined) return known;
    try {
      const bytes = await store.get(keyOf(name));
      const parsed = bytes === null ? null : factSchema.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8')));
      return parsed?.success ? parsed.data : null;
    } catch {
      return null;
    }
  };

  const load = async (name: string, maxAgeMs: number, work: () => Promise<unknown>): Promise<unknown> => {
    const value = await work();
    const fact = { at: clock.now(), value };
    cached.set(name, fact);
    await store.set(keyOf(name), Buffer.from(JSON.stringify(fact)), { expiresInMs: maxAgeMs }).catch(() => undefined);
    return value;
  };

  return {
    fact: async (name, maxAgeMs, schema, work) => {
      const known = await stored(name);
      if (known !== null && clock.now() - known.at <= maxAgeMs) {
        const parsed = schema.safeParse(known.value);
        if (parsed.success) {
          cached.set(name, known);
          return parsed.data;
        }
      }
      const running = loading.get(name) ?? load(name, maxAgeMs, work).finally(() => loading.delete(name));
      loading.set(name, running);
      return schema.parse(await running);
    },
    forget: async (name) => {
      cached.delete(name);
      await store.delete(keyOf(name)).catch(() => undefined);
    },
  };
};
