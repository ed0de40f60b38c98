import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { type CallContext, openUpstream, type Upstream, type UpstreamEvent } from '../http/upstream.ts';
import type { Store } from '../store/store.ts';
import type { Connector, Session } from './contract.ts';

/** One connection at work: what the vendor can, and the road to it. */
export interface Connection {
  readonly id: string;
  readonly provider: string;
  readonly title: string;
  readonly sandbox: boolean;
  readonly connector: Connector;
  /** What stored data of this connection is filed under: provider, base URL, organisation, account. */
  readonly storageKey: string;
  readonly upstream: Upstream;
  session(context: CallContext): Session;
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
}

const credentialMark = (connector: Connector): string => {
  const { credentials } = connector;
  return credentials.kind === 'token' ? credentials.owner : JSON.stringify(credentials.headers());
};

/** A sandbox is the same vendor at every start, whatever its port. */
const storageKeyOf = (provider: string, connector: Connector, sandbox: boolean): string => {
  if (sandbox) return `${provider}-sandbox`;
  const parts = [provider, ...connector.identity];
  if (connector.credentialIdentifies === true) parts.push(credentialMark(connector));
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
    storageKey,
  });
  const facts = openFacts(store, clock, storageKey);
  return {
    id: options.id,
    provider: options.provider,
    title: options.title,
    sandbox: options.sandbox,
    connector,
    storageKey,
    upstream,
    session: (context) => ({
      call: (request) => upstream.call(request, context),
      now: () => clock.now(),
      today: () => clock.today(),
      ...facts,
    }),
  };
};

/** Small facts about a connection: in memory, in the store, and loaded by one caller for all. */
const openFacts = (store: Store, clock: Clock, storageKey: string): Pick<Session, 'fact' | 'forget'> => {
  const held = new Map<string, z.output<typeof factSchema>>();
  const loading = new Map<string, Promise<unknown>>();
  const keyOf = (name: string) => `fact/1/${storageKey}/${name}`;

  const stored = async (name: string): Promise<z.output<typeof factSchema> | null> => {
    const known = held.get(name);
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
    held.set(name, fact);
    await store.set(keyOf(name), Buffer.from(JSON.stringify(fact)), { expiresInMs: maxAgeMs }).catch(() => undefined);
    return value;
  };

  return {
    fact: async (name, maxAgeMs, schema, work) => {
      const known = await stored(name);
      if (known !== null && clock.now() - known.at <= maxAgeMs) {
        const parsed = schema.safeParse(known.value);
        if (parsed.success) {
          held.set(name, known);
          return parsed.data;
        }
      }
      const running = loading.get(name) ?? load(name, maxAgeMs, work).finally(() => loading.delete(name));
      loading.set(name, running);
      return schema.parse(await running);
    },
    forget: async (name) => {
      held.delete(name);
      await store.delete(keyOf(name)).catch(() => undefined);
    },
  };
};
