import type { Clock } from '../../../domain/clock.ts';
import { asFailure, Failure, invalid } from '../../../domain/failure/failure.ts';
import type { BudgetInput } from '../../../domain/nouns.ts';
import type { OperationAnswer } from '../../../server/operation/define.ts';
import type { Connection } from '../../../vendor/connection.ts';
import type { BudgetWrites } from '../../../vendor/contract/contract.ts';
import { visibleConnections } from '../../visible-connections.ts';
import type { WriteAsk } from '../../writes/kind.ts';
import { withoutEffect } from '../../writes/outcome.ts';
import type { Writes } from '../../writes/writes.ts';
import type { WrittenAnswer } from './answers.ts';
import type { FindBudget, Found } from './find.ts';
import type { BudgetKinds } from './kinds.ts';
import type { BudgetReadings } from './readings.ts';
import type { ScopeCosts } from './scope-costs.ts';

/** A body of `POST /v1/budgets`. */
export interface CreateBudget extends BudgetInput {
  readonly connection: string;
}
/** A body of `PUT /v1/budgets/{id}`. */
export interface ReplaceBudget extends BudgetInput {
  readonly connection?: string | undefined;
}

export interface BudgetWriting {
  create(body: CreateBudget, ask: WriteAsk): Promise<OperationAnswer>;
  replace(id: string, body: ReplaceBudget, ask: WriteAsk): Promise<OperationAnswer>;
  remove(id: string, ask: WriteAsk): Promise<OperationAnswer>;
}

export interface BudgetWritingOptions {
  readonly clock: Clock;
  readonly connections: readonly Connection[];
  readonly readings: BudgetReadings;
  readonly costs: ScopeCosts;
  readonly writes: Writes;
  readonly kinds: BudgetKinds;
  readonly written: WrittenAnswer;
  readonly find: FindBudget;
}

type Act = 'create' | 'replace' | 'remove';
const currencyMsMax = 5_000;

const unsupported = (sentence: string): Failure =>
  new Failure('capability-unsupported', { public: sentence, effect: 'never' });

const cannot = (connection: Connection, act: Act, writes: BudgetWrites | undefined): Failure => {
  const possible = (['create', 'replace', 'remove'] as const).filter((each) => writes?.[each] !== undefined);
  const others = possible.length === 0 ? 'they can be read' : `possible are ${possible.join(', ')}`;
  return unsupported(`${connection.title} does not let anybody ${act} its budgets from outside; ${others}.`);
};

const inputOf = ({ name, period, limit, alerts, scope }: BudgetInput): BudgetInput => ({
  name,
  period,
  limit,
  alerts,
  scope,
});

/** The vendor does not know what it listed a moment ago: somebody else has removed it. */
const gone = (thrown: unknown): Failure => {
  const failure = asFailure(thrown);
  if (failure.kind !== 'vendor-not-found') return failure;
  return new Failure('not-found', { public: 'The budget is no longer there.', effect: 'never', cause: failure });
};

export const openBudgetWriting = (options: BudgetWritingOptions): BudgetWriting => {
  const { clock, readings, costs, writes, kinds, written, find } = options;

  const checkHolds = async (connection: Connection, held: BudgetWrites, input: BudgetInput, ask: WriteAsk) => {
    const reason = held.cannotHold(input);
    if (reason !== null) throw unsupported(reason);
    // A vendor knows the currency of its own budgets.
    if (readings.managedBy(connection) === 'vendor') return;
    const { currency } = input.limit;
    const known = await costs.currencies(connection, Math.min(ask.deadline, clock.monotonic() + currencyMsMax));
    if (known.length > 0 && !known.includes(currency)) {
      throw unsupported(
        `${connection.title} counts its costs in ${known.join(' and ')}; a limit in ${currency} could not be compared with them.`,
      );
    }
  };

  /** Budgets that could be taken for the new one. Where a repetition is harmless, nobody has to know. */
  const alike = async (connection: Connection, held: BudgetWrites, input: BudgetInput, ask: WriteAsk) => {
    try {
      const session = connection.session({ purpose: 'dashboard', deadline: ask.deadline });
      const { items } = await readings.source(connection).list(session);
      return items.filter((each) => held.matches(each, input)).map((each) => each.nativeId);
    } catch (thrown) {
      if (held.create?.deduplicates === true) return null;
      throw withoutEffect(asFailure(thrown));
    }
  };

  const changeable = ({ connection, budget }: Found): BudgetWrites | undefined => {
    if (budget.fixed) {
      throw unsupported('This budget stands in the connections file of the gateway; it can only be changed there.');
    }
    return readings.source(connection).writes;
  };

  return {
    create: async (body, ask) => {
      const [connection] = visibleConnections(options.connections, ask.consumer, {}).filter(
        (each) => each.id === body.connection,
      );
      if (connection === undefined) {
        const known = visibleConnections(options.connections, ask.consumer, {}).map((each) => each.id);
        throw invalid('body.connection', `is not known; known are ${known.join(', ') || 'none'}`);
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
          send: async (session, key) =>
            written(connection, await create.send(session, { input }, key), 201, ask.deadline),
        },
        ask,
      );
    },
    replace: async (id, body, ask) => {
      const found = await find(id, ask);
      const { connection, budget } = found;
      if (body.connection !== undefined && body.connection !== connection.id) {
        throw invalid('body.connection', `must be ${connection.id}, as in the id: a budget cannot move`);
      }
      const held = changeable(found);
      const replace = held?.replace;
      if (held === undefined || replace === undefined) throw cannot(connection, 'replace', held);
      const input = inputOf(body);
      await checkHolds(connection, held, input, ask);
      const subject = { nativeId: budget.nativeId, input };
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
            return written(connection, result, 200, ask.deadline);
          },
        },
        ask,
      );
    },
    remove: async (id, ask) => {
      const found = await find(id, ask);
      const { connection, budget } = found;
      const held = changeable(found);
      const remove = held?.remove;
      if (remove === undefined) throw cannot(connection, 'remove', held);
      const subject = { nativeId: budget.nativeId };
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
