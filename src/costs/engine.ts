import type { Clock } from '../domain/clock.ts';
import type { Dimension } from '../domain/dimension.ts';
import { Failure } from '../domain/failure/failure.ts';
import type { Conversion, ProviderStatus } from '../domain/meta.ts';
import type { Money } from '../domain/money.ts';
import { type Turns, takeTurns } from '../domain/turns.ts';
import type { MemoryBudget } from '../store/memory-budget.ts';
import type { Connection } from '../vendor/connection.ts';
import { gather } from '../vendor/gather.ts';
import type { Part } from '../vendor/part.ts';
import { runWithin } from '../vendor/upstream/call/abort.ts';
import { filtersFor, unheldAccounts, withUnheldAccounts } from './account-filter.ts';
import { costTypeNotes, partOf, servedCostType, unsupportedPart } from './answer-quality.ts';
import { planSources } from './plan-sources.ts';
import { type MonthNeed, monthNeeds, unitedNeeds } from './planning/cover.ts';
import { type CostQuery, knownEnd, passesOwn, queryText, wantedDimensions } from './query/query.ts';
import type { Rates } from './rates.ts';
import { aggregate, oneSpan } from './rows/aggregate.ts';
import { arrange, type CostRow, labelsOf, totalsOf } from './rows/arrange.ts';
import { cellsMax } from './rows/cells-max.ts';
import { convert, rateSpans } from './rows/convert.ts';
import { type Arranged, createRowCache } from './rows/row-cache.ts';
import type { Slice } from './rows/slice.ts';
import type { SegmentStore } from './segments/segment-store.ts';
import type { SegmentWriter } from './segments/segment-writer.ts';
import { withUnconverted } from './unconverted.ts';

export interface CostAnswer {
  readonly rows: readonly CostRow[];
  readonly totals: readonly Money[];
  readonly complete: boolean;
  readonly providers: readonly ProviderStatus[];
  readonly conversions: readonly Conversion[] | null;
}

export interface AskOptions {
  readonly strict: boolean;
  readonly noCache: boolean;
  readonly deadline: number;
  /** Aborts when nobody waits for the answer any more. */
  readonly signal?: AbortSignal;
  /** The most sums that a part may have; absent: any number, because the gateway asks for itself. */
  readonly cellsMax?: number;
}

export interface CostEngine {
  ask(connections: readonly Connection[], query: CostQuery, options: AskOptions): Promise<CostAnswer>;
  /** Fetches the missing data of several queries together, which takes fewer calls. Failures are ignored: `ask` reports them. */
  prepare(connections: readonly Connection[], queries: readonly CostQuery[], options: AskOptions): Promise<void>;
  /** The rows of one connection, for answers with a different query per connection. Nothing is converted. */
  part(connection: Connection, query: CostQuery, options: AskOptions): Promise<Part<CostRow[]>>;
}

export interface CostEngineOptions {
  readonly clock: Clock;
  readonly segmentWriter: SegmentWriter;
  readonly segmentStore: SegmentStore;
  readonly rates: Rates;
  /** For arranged rows. */
  readonly memory: MemoryBudget;
}

/** How long computing may go on after the deadline. */
const graceMs = 200;

const computingTooLong = (): Failure =>
  new Failure('deadline-exceeded', { public: 'The deadline passed while the answer was computed.' });

/** The dimensions of a question that the connection lacks. Where that cannot be found out, it is asked for all of them. */
const lackingDimensions = async (
  connection: Connection,
  query: CostQuery,
  deadline: number,
): Promise<readonly Dimension[]> => {
  const { costs } = connection.connector.capabilities;
  const { grouped, filtered } = wantedDimensions(query);
  const wanted = [...new Set([...grouped, ...filtered])];
  if (costs.lacks === undefined || wanted.length === 0) return [];
  return costs.lacks(connection.session({ purpose: 'dashboard', deadline }), wanted).catch(() => []);
};

export const createCostEngine = ({
  clock,
  segmentWriter,
  segmentStore,
  rates,
  memory,
}: CostEngineOptions): CostEngine => {
  const readPart = async (
    connection: Connection,
    asked: CostQuery,
    needs: readonly MonthNeed[],
    options: AskOptions,
  ): Promise<Part<Slice[]>> => {
    const query = { ...asked, filters: await filtersFor(connection, asked, options.deadline) };
    const { costs } = connection.connector.capabilities;
    const costType = servedCostType(costs.costTypes, query.costType);
    const lacking = await lackingDimensions(connection, query, options.deadline);
    const filters = wantedDimensions(query).filtered.filter((each) => lacking.includes(each));
    if (filters.length > 0) return unsupportedPart(connection, { ok: false, filters });
    const groupBy = query.groupBy.filter((key) => !lacking.some((each) => each === key));
    const filing = await connection.filing(options.deadline);
    const { deadline } = options;
    const choice = { connection, filing, costType, query: { ...query, groupBy }, needs, deadline };
    const plan = await planSources(segmentStore, choice);
    if (!plan.ok) return unsupportedPart(connection, plan);
    const stored = (
      await Promise.all(
        [...plan.chosen].map(([source, months]) =>
          segmentStore.ensure({ connection, filing, source, costType, needs: months }, options),
        ),
      )
    ).flat();
    const missing = [...plan.missing, ...lacking];
    const part = partOf(segmentWriter, connection, stored, [...costTypeNotes(connection, query)], missing);
    const { filters: own } = query;
    return own === asked.filters ? part : { ...part, value: part.value.map((slice) => ({ ...slice, filters: own })) };
  };

  /** Half of the time that is left, so that a vendor which does not answer leaves time for the others. */
  const halfWay = (deadline: number): number => clock.monotonic() + (deadline - clock.monotonic()) / 2;

  const rowCache = createRowCache(memory, clock);
  const never = new AbortController().signal;

  /** Ends computing shortly after the deadline: what was read until then is still arranged. */
  const computing = <Value>(
    { deadline, signal }: AskOptions,
    work: (signal: AbortSignal) => Promise<Value>,
  ): Promise<Value> => {
    const milliseconds = Math.max(0, deadline - clock.monotonic()) + graceMs;
    return runWithin({ clock, parent: signal ?? never, milliseconds, onTimeout: computingTooLong }, work);
  };

  return {
    prepare: async (connections, queries, options) => {
      const [query] = queries;
      if (query === undefined) return;
      const needs = unitedNeeds(queries.flatMap((each) => monthNeeds(each, clock.today())));
      await Promise.all(connections.map((connection) => readPart(connection, query, needs, options).catch(() => null)));
    },
    part: async (connection, query, options) => {
      const today = clock.today();
      const unheld = await unheldAccounts([connection], query, halfWay(options.deadline));
      const read = await readPart(connection, query, monthNeeds(query, today), options);
      const part = withUnheldAccounts(read, connection, unheld);
      const value = await computing(options, async (signal) => {
        const turns = takeTurns(clock, { signal });
        const most = options.cellsMax ?? Number.POSITIVE_INFINITY;
        const cells = await aggregate(query, part.value, oneSpan, turns, most);
        return arrange(query, cells, await labelsOf(part.value, turns), knownEnd(query, today), turns);
      });
      return { ...part, value };
    },
    ask: async (connections, query, options) => {
      const asked = connections.filter(
        (connection) =>
          passesOwn(query, 'provider', connection.provider) && passesOwn(query, 'connection', connection.id),
      );
      const table = query.currency === null ? [] : await rates.table(asked, options.deadline);
      const conversion = query.currency === null ? null : rateSpans(table, query.currency);
      const today = clock.today();
      const cuts = conversion?.cuts ?? [];
      const needs = monthNeeds(query, today).map((need) => ({
        ...need,
        whole: need.whole && !cuts.some((cut) => cut > need.start && cut < need.end),
      }));
      const unheld = await unheldAccounts(asked, query, halfWay(options.deadline));
      const gathered = await gather(asked, options.strict, async (connection) =>
        withUnheldAccounts(await readPart(connection, query, needs, options), connection, unheld),
      );
      const slices = gathered.parts.flatMap((part) => part.value);
      const cacheKey = `${today} ${asked.map((each) => each.id).join(' ')} ${queryText(query)}`;
      const arrangeRows = async (turns: Turns): Promise<Arranged> => {
        const cells = await aggregate(query, slices, conversion?.span ?? oneSpan, turns, cellsMax);
        const conversionResult = query.currency === null ? null : await convert(cells, query.currency, table, turns);
        const resultCells = conversionResult?.cells ?? cells;
        const labels = await labelsOf(slices, turns);
        const arranged = await arrange(query, resultCells, labels, knownEnd(query, today), turns);
        const converted =
          conversionResult === null ? null : { used: conversionResult.used, unconverted: conversionResult.unconverted };
        return { rows: arranged, totals: await totalsOf(resultCells, turns), converted };
      };
      const { rows, totals, converted } = await computing(options, (signal) =>
        rowCache.get({ text: cacheKey, slices, rates: table, signal }, arrangeRows),
      );
      const unconverted = { slices, currencies: converted?.unconverted ?? [], rates: table };
      const { currency } = query;
      const providers =
        currency === null
          ? gathered.providers
          : withUnconverted(
              gathered.providers,
              { ...unconverted, query: { start: query.start, end: knownEnd(query, today), currency } },
              options.strict,
            );
      return {
        rows,
        totals,
        complete: providers.every((provider) => provider.status === 'fresh'),
        providers,
        conversions: converted?.used ?? null,
      };
    },
  };
};
