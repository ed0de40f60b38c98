import type { Clock } from '../../../domain/clock.ts';
import { asFailure, Failure, invalid } from '../../../domain/failure/failure.ts';
import type { MonitorInput } from '../../../domain/nouns.ts';
import type { OperationAnswer } from '../../../server/operation/define.ts';
import type { Connection } from '../../../vendor/connection.ts';
import type { MonitorWrites } from '../../../vendor/contract/contract.ts';
import { visibleConnections } from '../../visible-connections.ts';
import type { WriteAsk } from '../../writes/kind.ts';
import { withoutEffect } from '../../writes/outcome.ts';
import type { Writes } from '../../writes/writes.ts';
import type { WrittenAnswer } from './answers.ts';
import type { FindMonitor, Found } from './find.ts';
import type { MonitorKinds } from './kinds.ts';
import type { MonitorReadings } from './readings.ts';

/** A body of `POST /v1/anomaly-monitors`. */
export interface CreateMonitor extends MonitorInput {
  readonly connection: string;
}
/** A body of `PUT /v1/anomaly-monitors/{id}`. */
export interface ReplaceMonitor extends MonitorInput {
  readonly connection?: string | undefined;
}

export interface MonitorWriting {
  create(body: CreateMonitor, ask: WriteAsk): Promise<OperationAnswer>;
  replace(id: string, body: ReplaceMonitor, ask: WriteAsk): Promise<OperationAnswer>;
  remove(id: string, ask: WriteAsk): Promise<OperationAnswer>;
}

export interface MonitorWritingOptions {
  readonly clock: Clock;
  readonly connections: readonly Connection[];
  readonly readings: MonitorReadings;
  /** The currencies of a connection's costs; empty where that cannot be known now. */
  readonly currencies: (connection: Connection, deadline: number) => Promise<readonly string[]>;
  readonly writes: Writes;
  readonly kinds: MonitorKinds;
  readonly written: WrittenAnswer;
  readonly find: FindMonitor;
}

type Act = 'create' | 'replace' | 'remove';
const currencyMsMax = 5_000;

const unsupported = (sentence: string): Failure =>
  new Failure('capability-unsupported', { public: sentence, effect: 'never' });

const cannot = (connection: Connection, act: Act, writes: MonitorWrites | undefined): Failure => {
  const possible = (['create', 'replace', 'remove'] as const).filter((each) => writes?.[each] !== undefined);
  const others = possible.length === 0 ? 'they can be read' : `possible are ${possible.join(', ')}`;
  return unsupported(`${connection.title} does not let anybody ${act} its monitors from outside; ${others}.`);
};

const inputOf = ({ name, description, filters, groupBy, sensitivity, minImpact }: MonitorInput): MonitorInput => ({
  name,
  description,
  filters,
  groupBy,
  sensitivity,
  minImpact,
});

/** The vendor does not know what it listed a moment ago: somebody else has removed it. */
const gone = (thrown: unknown): Failure => {
  const failure = asFailure(thrown);
  if (failure.kind !== 'vendor-not-found') return failure;
  return new Failure('not-found', { public: 'The monitor is no longer there.', effect: 'never', cause: failure });
};

export const openMonitorWriting = (options: MonitorWritingOptions): MonitorWriting => {
  const { clock, readings, writes, kinds, written, find } = options;

  const checkHolds = async (connection: Connection, held: MonitorWrites, input: MonitorInput, ask: WriteAsk) => {
    const reason = held.cannotHold(input);
    if (reason !== null) throw unsupported(reason);
    // A vendor knows the currency of its own monitors.
    if (input.minImpact === null || readings.managedBy(connection) === 'vendor') return;
    const { currency } = input.minImpact;
    const deadline = Math.min(ask.deadline, clock.monotonic() + currencyMsMax);
    const known = await options.currencies(connection, deadline);
    if (known.length === 0 || known.includes(currency)) return;
    throw unsupported(
      `${connection.title} counts its costs in ${known.join(' and ')}; an impact in ${currency} could not be compared with them.`,
    );
  };

  /** Monitors that could be taken for the new one. Where a repetition is harmless, nobody has to know. */
  const alike = async (connection: Connection, held: MonitorWrites, input: MonitorInput, ask: WriteAsk) => {
    try {
      const session = connection.session({ purpose: 'dashboard', deadline: ask.deadline });
      const { items } = await readings.source(connection).list(session);
      return items.filter((each) => held.matches(each, input)).map((each) => each.nativeId);
    } catch (thrown) {
      if (held.create?.deduplicates === true) return null;
      throw withoutEffect(asFailure(thrown));
    }
  };

  const changeable = ({ connection, monitor }: Found): MonitorWrites | undefined => {
    if (monitor.fixed) {
      throw unsupported('This monitor stands in the connections file of the gateway; it can only be changed there.');
    }
    return readings.source(connection).writes;
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
      const input = inputOf(body);
      await checkHolds(connection, held, input, ask);
      const before = await alike(connection, held, input, ask);
      return writes.perform(
        {
          kind: kinds.create,
          connection,
          subject: { input, before },
          turn: create.deduplicates ? null : input,
          deduplicates: create.deduplicates,
          send: async (session, key) => written(connection, await create.send(session, { input }, key), 201),
        },
        ask,
      );
    },
    replace: async (id, body, ask) => {
      const found = await find(id, ask);
      const { connection, monitor } = found;
      if (body.connection !== undefined && body.connection !== connection.id) {
        throw invalid('body.connection', `must be ${connection.id}, as in the id: a monitor cannot move`);
      }
      const held = changeable(found);
      const replace = held?.replace;
      if (held === undefined || replace === undefined) throw cannot(connection, 'replace', held);
      const input = inputOf(body);
      await checkHolds(connection, held, input, ask);
      const subject = { nativeId: monitor.nativeId, input };
      return writes.perform(
        {
          kind: kinds.replace,
          connection,
          subject,
          turn: null,
          deduplicates: replace.deduplicates,
          send: async (session, key) => {
            const result = await replace.send(session, subject, key).catch((thrown) => {
              throw gone(thrown);
            });
            return written(connection, result, 200);
          },
        },
        ask,
      );
    },
    remove: async (id, ask) => {
      const found = await find(id, ask);
      const { connection, monitor } = found;
      const held = changeable(found);
      const remove = held?.remove;
      if (remove === undefined) throw cannot(connection, 'remove', held);
      const subject = { nativeId: monitor.nativeId };
      return writes.perform(
        {
          kind: kinds.remove,
          connection,
          subject,
          turn: null,
          deduplicates: remove.deduplicates,
          send: async (session, key) => {
            await remove.send(session, subject, key).catch((thrown) => {
              throw gone(thrown);
            });
            return { status: 204 };
          },
        },
        ask,
      );
    },
  };
};
