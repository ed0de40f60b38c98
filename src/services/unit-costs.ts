import type { UnitCostDefinition } from '../config/unit-cost-schema.ts';
import type { CostEngine } from '../costs/engine.ts';
import { type CostQuery, resolveRange } from '../costs/query/query.ts';
import type { Clock } from '../domain/clock.ts';
import type { Day } from '../domain/day.ts';
import { decimal, decimalText } from '../domain/decimal.ts';
import { type GroupKey, isDimension } from '../domain/dimension.ts';
import { asFailure, type Failure } from '../domain/failure/failure.ts';
import { amountOf, money } from '../domain/money.ts';
import { costOfUnit, type UnitCost } from '../domain/unit-cost.ts';
import type { Connection } from '../vendor/connection.ts';
import type { Note } from '../vendor/contract/contract.ts';
import type { ListCache } from '../vendor/list-cache.ts';
import { freshPart, type Part, statesWorstFirst } from '../vendor/part.ts';
import { type Ask, askOptions, type ListParameters } from './list-request.ts';
import type { Lister } from './lister.ts';
import type { PagedAnswer } from './paging/pager.ts';
import { idOf } from './plain-list.ts';
import { createQuantityReader, type QuantityOf } from './unit-quantities.ts';

export interface UnitCostParameters extends ListParameters {
  readonly start?: Day | undefined;
  readonly end?: Day | undefined;
}

export interface UnitCostService {
  list(parameters: UnitCostParameters, ask: Ask): Promise<PagedAnswer>;
}

export interface UnitCostOptions {
  readonly clock: Clock;
  readonly engine: CostEngine;
  readonly listCache: ListCache;
  readonly lister: Lister;
  readonly connections: readonly Connection[];
  readonly defined: readonly UnitCostDefinition[];
}

type UnitCostPart = Part<readonly UnitCost[]>;

const noneDefined: UnitCostPart = freshPart([], {
  notes: [{ code: 'none-defined', message: 'no unit costs are defined for this connection in the connections file' }],
});

const filtersOf = ({ filters }: UnitCostDefinition): CostQuery['filters'] =>
  new Map(
    Object.entries(filters).flatMap(([key, values]): [GroupKey, readonly string[]][] =>
      isDimension(key) ? [[key, values]] : [],
    ),
  );

/** The rows of one definition, and a note for each reason why months of it have none. */
const rowsOf = (
  defined: UnitCostDefinition,
  connection: Connection,
  costs: Awaited<ReturnType<CostEngine['part']>>['value'],
  quantityOf: QuantityOf,
): { readonly rows: UnitCost[]; readonly notes: Note[] } => {
  const lacking = new Map<string, Set<string>>();
  const rows = costs.flatMap(({ start, end, cost }): UnitCost[] => {
    const found = quantityOf({ start, end });
    const quantity = 'value' in found ? decimal(found.value) : null;
    const unitCost = quantity === null ? null : costOfUnit(amountOf(cost), quantity);
    const month = start.slice(0, 7);
    if (quantity === null || unitCost === null) {
      const reason = 'reason' in found ? found.reason : 'quantity-zero';
      lacking.set(reason, (lacking.get(reason) ?? new Set()).add(month));
      return [];
    }
    return [
      {
        id: idOf(connection, `${defined.id}:${month}:${cost.currency}`),
        provider: connection.provider,
        connection: connection.id,
        name: defined.name,
        unit: defined.unit,
        period: { start, end },
        quantity: decimalText(quantity),
        cost,
        unitCost: money(unitCost, cost.currency),
      },
    ];
  });
  const notes = [...lacking].map(([code, months]) => ({
    code,
    message: `${defined.name} has no unit cost for ${[...months].join(', ')}: ${reasons[code] ?? code}`,
  }));
  return { rows, notes };
};

const reasons: Readonly<Record<string, string>> = {
  'quantity-missing': 'nobody tells a quantity',
  'quantity-zero': 'the quantity is zero',
  'quantity-of-month': 'the quantity is of a whole month, of which only a part was asked for or has passed',
  'quantity-hidden': 'the connection with the quantity is not visible to this caller',
};

/** One part of several, in the worst of their states. Something that failed beside others makes it partial. */
const together = (parts: readonly UnitCostPart[], failures: readonly Failure[]): UnitCostPart => {
  const worst = statesWorstFirst.map((state) => parts.find((part) => part.state === state)).find(Boolean);
  const [failure] = failures;
  if (worst === undefined) {
    if (failure !== undefined) throw failure;
    return noneDefined;
  }
  const earliest = <Value extends number | string>(values: readonly (Value | null)[]): Value | null =>
    values.some((value) => value === null)
      ? null
      : (values.toSorted((a, b) => ((a ?? 0) < (b ?? 0) ? -1 : 1))[0] ?? null);
  const notes = new Map(parts.flatMap((part) => part.notes).map((note) => [`${note.code} ${note.message}`, note]));
  const failed = failure !== undefined && (worst.state === 'fresh' || worst.state === 'stale');
  return {
    value: parts.flatMap((part) => part.value),
    state: failed ? 'partial' : worst.state,
    notes: [...notes.values()],
    asOf: earliest(parts.map((part) => part.asOf)),
    completeThrough: earliest(parts.map((part) => part.completeThrough)),
    missing: [...new Set(parts.flatMap((part) => part.missing))],
    failure: failed ? failure : worst.failure,
  };
};

/** The cost of a filter, month by month, divided by how many units there were. */
export const createUnitCostService = (options: UnitCostOptions): UnitCostService => {
  const { clock, engine, lister, defined } = options;
  const readQuantities = createQuantityReader(options);

  const read = async (
    each: UnitCostDefinition,
    connection: Connection,
    range: { readonly start: Day; readonly end: Day },
    ask: Ask,
  ): Promise<UnitCostPart> => {
    const query: CostQuery = {
      ...range,
      granularity: 'monthly',
      groupBy: [],
      filters: filtersOf(each),
      costType: 'billed',
      currency: null,
      sort: 'start',
      top: null,
    };
    const [costs, quantities] = await Promise.all([
      engine.part(connection, query, askOptions(ask, false)),
      readQuantities(each, ask),
    ]);
    const { rows, notes } = rowsOf(each, connection, costs.value, quantities);
    return { ...costs, value: rows, notes: [...costs.notes, ...notes] };
  };

  return {
    list: async (parameters, ask) => {
      const range = resolveRange(clock.today(), parameters);
      return lister.list<readonly UnitCost[]>({
        name: 'unit-costs',
        parameters,
        ask,
        part: async (connection) => {
          const own = defined.filter((each) => each.connection === connection.id);
          const outcomes = await Promise.allSettled(own.map((each) => read(each, connection, range, ask)));
          return together(
            outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : [])),
            outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [asFailure(outcome.reason)] : [])),
          );
        },
        items: (parts) => parts.flatMap(({ value }) => value),
      });
    },
  };
};
