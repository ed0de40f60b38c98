import type { Clock } from '../../domain/clock.ts';
import { asFailure, Failure, invalid } from '../../domain/failure/failure.ts';
import type { Connection } from '../../vendor/connection.ts';
import type { ManagedWrites } from '../../vendor/contract/contract.ts';
import { visibleConnections } from '../visible-connections.ts';
import type { WriteAsk } from '../writes/kind.ts';
import { withoutEffect } from '../writes/outcome.ts';
import type { WriteResult } from '../writes/write-result.ts';
import type { Writes } from '../writes/writes.ts';
import type { Find, Found } from './find.ts';
import type { Managed, ManagedThing } from './managed.ts';
import type { ManagedReadings } from './readings.ts';
import type { ManagedKinds } from './write-kinds.ts';
import type { ResultOfWrite } from './write-results.ts';

export interface ManagedWriting<Input> {
  create(body: Input & { readonly connection: string }, ask: WriteAsk): Promise<WriteResult>;
  /** All of it: what is left out is emptied. `connection` may only repeat that of the id. */
  replace(id: string, body: Input & { readonly connection?: string | undefined }, ask: WriteAsk): Promise<WriteResult>;
  remove(id: string, ask: WriteAsk): Promise<WriteResult>;
}

export interface ManagedWritingOptions<Thing, Input> {
  readonly clock: Clock;
  readonly connections: readonly Connection[];
  readonly readings: ManagedReadings<Thing, Input>;
  /** The currencies of a connection's costs; empty where that cannot be known now. */
  readonly currencies: (connection: Connection, deadline: number) => Promise<readonly string[]>;
  readonly writes: Writes;
  readonly writeKinds: ManagedKinds;
  readonly resultOf: ResultOfWrite<Thing>;
  readonly find: Find<Thing>;
}

const acts = ['create', 'replace', 'remove'] as const;
const currencyMsMax = 5_000;

const unsupported = (sentence: string): Failure =>
  new Failure('capability-unsupported', { public: sentence, effect: 'never' });

export const createManagedWriting = <Thing extends ManagedThing, Input>(
  kind: Managed<Thing, Input>,
  options: ManagedWritingOptions<Thing, Input>,
): ManagedWriting<Input> => {
  const { clock, readings, writes, writeKinds, resultOf, find } = options;

  const cannot = (
    connection: Connection,
    act: (typeof acts)[number],
    held: ManagedWrites<Thing, Input> | undefined,
  ): Failure => {
    const possible = acts.filter((each) => held?.[each] !== undefined);
    const others = possible.length === 0 ? 'they can be read' : `possible are ${possible.join(', ')}`;
    return unsupported(`${connection.title} does not let anybody ${act} its ${kind.plural} from outside; ${others}.`);
  };

  const checkHolds = async (
    connection: Connection,
    { cannotHold }: ManagedWrites<Thing, Input>,
    input: Input,
    ask: WriteAsk,
  ) => {
    const reason = cannotHold(input);
    if (reason !== null) throw unsupported(reason);
    const compared = kind.comparedAmount(input);
    // A vendor knows the currency of its own things.
    if (compared === null || readings.managedBy(connection) === 'vendor') return;
    const { currency } = compared.amount;
    const known = await options.currencies(connection, Math.min(ask.deadline, clock.monotonic() + currencyMsMax));
    if (known.length === 0 || known.includes(currency)) return;
    throw unsupported(
      `${connection.title} counts its costs in ${known.join(' and ')}; ${compared.name} in ${currency} could not be compared with them.`,
    );
  };

  /** The ids of things that could be taken for the new one. Null where they cannot be read and repeating is harmless. */
  const alike = async (
    connection: Connection,
    held: ManagedWrites<Thing, Input>,
    input: Input,
    ask: WriteAsk,
  ): Promise<string[] | null> => {
    try {
      const session = connection.session({ purpose: 'dashboard', deadline: ask.deadline });
      const { items } = await readings.source(connection).list(session);
      return items.filter((each) => held.matches(each, input)).map((each) => each.nativeId);
    } catch (thrown) {
      if (held.create?.deduplicates === true) return null;
      throw withoutEffect(asFailure(thrown));
    }
  };

  const writesOf = ({ connection, listed }: Found<Thing>): ManagedWrites<Thing, Input> | undefined => {
    if (listed.fixed) {
      throw unsupported(
        `This ${kind.noun} stands in the connections file of the gateway; it can only be changed there.`,
      );
    }
    return readings.source(connection).writes;
  };

  /** The vendor does not know what it listed a moment ago: somebody else has removed it. */
  const gone = (thrown: unknown): never => {
    const cause = asFailure(thrown);
    if (cause.kind !== 'vendor-not-found') throw cause;
    throw new Failure('not-found', { public: `The ${kind.noun} is no longer there.`, effect: 'never', cause });
  };

  return {
    create: async (body, ask) => {
      const visible = visibleConnections(options.connections, ask.consumer, {});
      const connection = visible.find((each) => each.id === body.connection);
      if (connection === undefined) {
        const known = visible.map((each) => each.id).join(', ') || 'none';
        throw invalid('body.connection', `is not known; known are ${known}`);
      }
      const held = readings.source(connection).writes;
      const create = held?.create;
      if (held === undefined || create === undefined) throw cannot(connection, 'create', held);
      const input = kind.input.parse(body);
      await checkHolds(connection, held, input, ask);
      const before = await alike(connection, held, input, ask);
      return writes.perform(
        {
          kind: writeKinds.create,
          connection,
          subject: { input, before },
          turn: create.deduplicates ? null : input,
          deduplicates: create.deduplicates,
          send: async (session, key) =>
            resultOf(connection, await create.send(session, { input }, key), 'created', ask.deadline),
        },
        ask,
      );
    },
    replace: async (id, body, ask) => {
      const found = await find(id, ask);
      const { connection, listed } = found;
      if (body.connection !== undefined && body.connection !== connection.id) {
        throw invalid('body.connection', `must be ${connection.id}, as in the id: a ${kind.noun} cannot move`);
      }
      const held = writesOf(found);
      const replace = held?.replace;
      if (held === undefined || replace === undefined) throw cannot(connection, 'replace', held);
      const input = kind.input.parse(body);
      await checkHolds(connection, held, input, ask);
      const subject = { nativeId: listed.thing.nativeId, input };
      return writes.perform(
        {
          kind: writeKinds.replace,
          connection,
          subject,
          turn: null,
          deduplicates: replace.deduplicates,
          send: async (session, key) => {
            const replaced = await replace.send(session, subject, key).catch(gone);
            return resultOf(connection, replaced, 'changed', ask.deadline);
          },
        },
        ask,
      );
    },
    remove: async (id, ask) => {
      const found = await find(id, ask);
      const { connection, listed } = found;
      const held = writesOf(found);
      const remove = held?.remove;
      if (remove === undefined) throw cannot(connection, 'remove', held);
      const subject = { nativeId: listed.thing.nativeId };
      return writes.perform(
        {
          kind: writeKinds.remove,
          connection,
          subject,
          turn: null,
          deduplicates: remove.deduplicates,
          send: async (session, key) => {
            await remove.send(session, subject, key).catch(gone);
            return { done: 'removed' };
          },
        },
        ask,
      );
    },
  };
};
