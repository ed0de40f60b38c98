import type { Clock } from '../../domain/clock.ts';
import { asFailure, Failure, invalid } from '../../domain/failure/failure.ts';
import type { Connection } from '../../vendor/connection.ts';
import type { ManagedWrites, Session, WriteOf } from '../../vendor/contract/contract.ts';
import { visibleConnections } from '../visible-connections.ts';
import type { WriteAsk } from '../writes/kind.ts';
import { withoutEffect } from '../writes/outcome.ts';
import { sendKeyOf } from '../writes/ticket.ts';
import type { WriteResult } from '../writes/write-result.ts';
import type { Writes } from '../writes/writes.ts';
import type { Find, Found } from './find.ts';
import type { Keeper } from './keepers.ts';
import type { Keeping, Managed, ManagedThing } from './managed.ts';
import type { ManagedReadings } from './readings.ts';
import type { ManagedKinds } from './write-kinds.ts';
import type { ResultOfWrite } from './write-results.ts';

export interface ManagedWriting<Input> {
  create(body: Input & { readonly connection: string }, ask: WriteAsk): Promise<WriteResult>;
  /** Replaces the whole thing; absent fields become empty. `connection` may only repeat that of the id. */
  replace(id: string, body: Input & { readonly connection?: string | undefined }, ask: WriteAsk): Promise<WriteResult>;
  remove(id: string, ask: WriteAsk): Promise<WriteResult>;
}

export interface ManagedWritingOptions<Thing, Input> {
  readonly clock: Clock;
  readonly connections: readonly Connection[];
  readonly readings: ManagedReadings<Thing, Input>;
  /** The currencies of a connection's costs; empty if they cannot be read now. */
  readonly currencies: (connection: Connection, deadline: number) => Promise<readonly string[]>;
  readonly writes: Writes;
  readonly writeKinds: ManagedKinds;
  readonly resultOf: ResultOfWrite<Thing>;
  readonly find: Find<Thing>;
}

const actions = ['create', 'replace', 'remove'] as const;
const currencyMsMax = 5_000;

const unsupportedWrite = (sentence: string): Failure =>
  new Failure('capability-unsupported', { public: sentence, effect: 'never' });

export const createManagedWriting = <Thing extends ManagedThing, Input>(
  kind: Managed<Thing, Input>,
  options: ManagedWritingOptions<Thing, Input>,
): ManagedWriting<Input> => {
  const { clock, readings, writes, writeKinds, resultOf, find } = options;

  const unsupportedAction = (
    connection: Connection,
    action: (typeof actions)[number],
    supported: ManagedWrites<Thing, Input> | undefined,
  ): Failure => {
    const possible = actions.filter((each) => supported?.[each] !== undefined);
    const others = possible.length === 0 ? 'they can be read' : `possible are ${possible.join(', ')}`;
    return unsupportedWrite(`${connection.title} has no interface to ${action} its ${kind.plural}; ${others}.`);
  };

  const checkSupported = async (
    connection: Connection,
    { cannotHold }: ManagedWrites<Thing, Input>,
    managedBy: Keeping['managedBy'],
    input: Input,
    ask: WriteAsk,
  ) => {
    const reason = cannotHold(input);
    if (reason !== null) throw unsupportedWrite(reason);
    const compared = kind.comparedAmount(input);
    // A vendor checks the currency of its own things.
    if (compared === null || managedBy === 'vendor') return;
    const { currency } = compared.amount;
    const known = await options.currencies(connection, Math.min(ask.deadline, clock.monotonic() + currencyMsMax));
    if (known.length === 0 || known.includes(currency)) return;
    throw unsupportedWrite(
      `${connection.title} reports its costs in ${known.join(' and ')}; ${compared.name} in ${currency} could not be compared with them.`,
    );
  };

  const sessionFor = (connection: Connection, ask: WriteAsk): Session =>
    connection.session({ purpose: 'dashboard', deadline: ask.deadline });

  const deduplicatesFor = async (
    { deduplicates }: Pick<WriteOf<unknown, unknown>, 'deduplicates'>,
    connection: Connection,
    ask: WriteAsk,
  ): Promise<boolean> => {
    if (typeof deduplicates === 'boolean') return deduplicates;
    return deduplicates(sessionFor(connection, ask)).catch(() => false);
  };

  /** The ids of things that match the input. Null if they cannot be read and the vendor deduplicates the write. */
  const matchingIds = async (
    connection: Connection,
    source: Keeper<Thing, Input>['source'],
    input: Input,
    deduplicates: boolean,
    ask: WriteAsk,
  ): Promise<string[] | null> => {
    try {
      const { items } = await source.list(sessionFor(connection, ask));
      return items.filter((each) => source.writes?.matches(each, input)).map((each) => each.nativeId);
    } catch (thrown) {
      if (deduplicates) return null;
      throw withoutEffect(asFailure(thrown));
    }
  };

  const writesOf = ({ connection, listed }: Found<Thing>): ManagedWrites<Thing, Input> | undefined => {
    if (listed.fixed) {
      throw unsupportedWrite(
        `This ${kind.noun} is defined in the connections file of the gateway; it can only be changed there.`,
      );
    }
    return readings.keepers.of(connection, listed.managedBy).source.writes;
  };
  const keeperForNew = (connection: Connection, ask: WriteAsk): Promise<Keeper<Thing, Input>> =>
    readings.keepers.forNew(connection, sessionFor(connection, ask)).catch((thrown) => {
      throw withoutEffect(asFailure(thrown));
    });

  /** The vendor listed the thing but no longer has it, so it was removed elsewhere. */
  const asNotFound = (thrown: unknown): never => {
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
      const keeper = await keeperForNew(connection, ask);
      const { managedBy } = keeper;
      const supported = keeper.source.writes;
      const create = supported?.create;
      if (supported === undefined || create === undefined) throw unsupportedAction(connection, 'create', supported);
      const input = kind.input.parse(body);
      await checkSupported(connection, supported, managedBy, input, ask);
      const deduplicates = await deduplicatesFor(create, connection, ask);
      const known =
        keeper.managedBy === 'gateway'
          ? { before: null, nativeId: keeper.source.idFor(sendKeyOf(ask.ticket)) }
          : { before: await matchingIds(connection, keeper.source, input, deduplicates, ask) };
      return writes.perform(
        {
          kind: writeKinds.create,
          connection,
          subject: { managedBy, input, ...known },
          turn: deduplicates ? null : input,
          deduplicates,
          send: async (session, key) =>
            resultOf(connection, managedBy, await create.send(session, { input }, key), 'created', ask.deadline),
        },
        ask,
      );
    },
    replace: async (id, body, ask) => {
      const found = await find(id, ask, 'bare');
      const { connection, listed } = found;
      if (body.connection !== undefined && body.connection !== connection.id) {
        throw invalid('body.connection', `must be ${connection.id}, as in the id: a ${kind.noun} cannot move`);
      }
      const supported = writesOf(found);
      const replace = supported?.replace;
      if (supported === undefined || replace === undefined) throw unsupportedAction(connection, 'replace', supported);
      const input = kind.input.parse(body);
      const { managedBy } = listed;
      await checkSupported(connection, supported, managedBy, input, ask);
      const subject = { nativeId: listed.thing.nativeId, input };
      return writes.perform(
        {
          kind: writeKinds.replace,
          connection,
          subject: { managedBy, ...subject },
          turn: null,
          deduplicates: await deduplicatesFor(replace, connection, ask),
          send: async (session, key) => {
            const replaced = await replace.send(session, subject, key).catch(asNotFound);
            return resultOf(connection, managedBy, replaced, 'changed', ask.deadline);
          },
        },
        ask,
      );
    },
    remove: async (id, ask) => {
      const found = await find(id, ask, 'bare');
      const { connection, listed } = found;
      const supported = writesOf(found);
      const remove = supported?.remove;
      if (remove === undefined) throw unsupportedAction(connection, 'remove', supported);
      const subject = { nativeId: listed.thing.nativeId };
      return writes.perform(
        {
          kind: writeKinds.remove,
          connection,
          subject: { managedBy: listed.managedBy, ...subject },
          turn: null,
          deduplicates: await deduplicatesFor(remove, connection, ask),
          send: async (session, key) => {
            await remove.send(session, subject, key).catch(asNotFound);
            return { done: 'removed' };
          },
        },
        ask,
      );
    },
  };
};
