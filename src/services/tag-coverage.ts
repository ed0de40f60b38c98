import type { AskOptions, CostAnswer, CostEngine } from '../costs/engine.ts';
import { type CostQuery, queryText, resolveRange } from '../costs/query/query.ts';
import type { CostRow } from '../costs/rows/arrange.ts';
import type { Clock } from '../domain/clock.ts';
import type { Day } from '../domain/day.ts';
import { add, type Decimal, percentText, zero } from '../domain/decimal.ts';
import { isTag, type TagDimension, tagKey } from '../domain/dimension.ts';
import { asFailure, Failure } from '../domain/failure/failure.ts';
import type { ProviderStatus } from '../domain/meta.ts';
import { amountOf, money } from '../domain/money.ts';
import type { TagCoverage } from '../domain/tag-coverage.ts';
import type { Connection } from '../vendor/connection.ts';
import { failedStatus, gather, worseStatus } from '../vendor/gather.ts';
import type { ReadDimensions } from './dimensions.ts';
import { type Ask, askOptions, type ListParameters, limitDefault } from './list-request.ts';
import type { PagedAnswer, Pager } from './paging/pager.ts';
import { visibleConnections } from './visible-connections.ts';

export interface TagCoverageParameters extends ListParameters {
  readonly start?: Day | undefined;
  readonly end?: Day | undefined;
  readonly currency?: string | undefined;
  readonly key?: readonly string[] | undefined;
}

export interface TagCoverageService {
  list(parameters: TagCoverageParameters, ask: Ask): Promise<PagedAnswer>;
}

export interface TagCoverageOptions {
  readonly clock: Clock;
  readonly engine: CostEngine;
  readonly readDimensions: ReadDimensions;
  readonly pager: Pager;
  readonly connections: readonly Connection[];
}

/** Each key is a question of its own to the vendors. */
export const keysMax = 10;

const tooManyKeys = (count: number): Failure =>
  new Failure('question-too-large', {
    public: `The connections have ${count} tag keys, and each is read by itself; name at most ${keysMax} of them with key.`,
  });

const withNote = (status: ProviderStatus, code: string, message: string): ProviderStatus => ({
  ...status,
  notes: [...status.notes, { code, message }],
});

/** A vendor that checks tags in a way of its own tells that among its policies. */
const noTags = (asked: readonly Connection[], status: ProviderStatus): string => {
  const connection = asked.find(({ id }) => id === status.connection);
  const elsewhere =
    connection?.connector.capabilities.policies === undefined ? '' : '; what it checks about tags is a policy';
  return `its costs cannot be told apart by tags${elsewhere}`;
};

/** What of one key is there, by connection and currency. Rows of a connection without the key are left out. */
const coverageOf = (key: string, tag: TagDimension, { rows, providers }: CostAnswer): TagCoverage[] => {
  const lacking = new Set(providers.filter(({ missing }) => missing.includes(tag)).map(({ connection }) => connection));
  const found = Map.groupBy(
    rows.filter(({ group }) => !lacking.has(group.connection ?? '')),
    ({ group, cost }) => JSON.stringify([group.connection, cost.currency]),
  );
  const inOrder = [...found].sort(([left], [right]) => (left < right ? -1 : 1));
  return inOrder.flatMap(([, each]): TagCoverage[] => {
    const [first] = each;
    const { provider, connection } = first?.group ?? {};
    if (first === undefined || typeof provider !== 'string' || typeof connection !== 'string') return [];
    const sumOf = (wanted: (row: CostRow) => boolean): Decimal =>
      each.filter(wanted).reduce((sum, row) => add(sum, amountOf(row.cost)), zero);
    const { currency } = first.cost;
    const tagged = sumOf(({ group }) => typeof group[tag] === 'string');
    const total = sumOf(() => true);
    return [
      {
        key,
        provider,
        connection,
        taggedCost: money(tagged, currency),
        totalCost: money(total, currency),
        coveragePercent: percentText(tagged, total),
      },
    ];
  });
};

/**
 * How much of the cost carries which tag key. The keys come from the vendors' own lists, so a connection is asked only
 * for keys that it has; one without tags makes no call, and is told apart in a note.
 */
export const createTagCoverageService = (options: TagCoverageOptions): TagCoverageService => {
  const { clock, engine, readDimensions, pager, connections } = options;

  const answerOf = async (asked: readonly Connection[], query: CostQuery, settings: AskOptions) => {
    try {
      return { answer: await engine.ask(asked, query, settings), failure: null };
    } catch (thrown) {
      const failure = asFailure(thrown);
      if (settings.strict || failure.kind === 'question-too-large' || failure.kind === 'internal') throw failure;
      const providers = asked.map((connection) => failedStatus(connection, failure));
      return { answer: { rows: [], totals: [], complete: false, providers, conversions: null }, failure };
    }
  };

  const build = async (
    asked: readonly Connection[],
    query: CostQuery,
    wanted: readonly string[] | undefined,
    strict: boolean,
    ask: Ask,
  ) => {
    const settings = askOptions(ask, strict);
    const listed = await gather(asked, strict, (connection) => readDimensions(connection, ask));
    const keysOf = new Map(listed.parts.map(({ connection, value }) => [connection, value.filter(isTag)]));
    const all = [...new Set([...keysOf.values()].flat())].sort();
    const tags = wanted === undefined ? all : all.filter((tag) => wanted.includes(tagKey(tag)));
    if (tags.length > keysMax) throw tooManyKeys(tags.length);
    const questions = tags.map((tag) => ({
      tag,
      query: { ...query, groupBy: ['provider', 'connection', tag] } satisfies CostQuery,
      having: asked.filter((connection) => keysOf.get(connection)?.includes(tag) === true),
    }));
    const answers = await Promise.all(
      questions.map(async (each) => ({ ...each, ...(await answerOf(each.having, each.query, settings)) })),
    );
    const statusOf = (status: ProviderStatus): ProviderStatus => {
      const own = [...keysOf].find(([connection]) => connection.id === status.connection)?.[1];
      const found = answers.flatMap(({ answer }) =>
        answer.providers.filter(({ connection }) => connection === status.connection),
      );
      const [first] = found;
      const merged = found.reduce(worseStatus, worseStatus(first ?? status, status));
      if (own === undefined) return merged;
      if (own.length === 0) return withNote(merged, 'no-tags', noTags(asked, status));
      const absent = (wanted ?? []).filter((key) => !own.some((tag) => tagKey(tag) === key));
      return absent.length === 0 ? merged : { ...merged, missing: absent.map((key) => `tag:${key}`) };
    };
    const conversions = answers.flatMap(({ answer }) => answer.conversions ?? []);
    const used = [...new Map(conversions.map((each) => [JSON.stringify(each), each])).values()];
    const providers = listed.providers.map(statusOf);
    const failure = answers.find((each) => each.failure !== null)?.failure ?? null;
    if (failure !== null && providers.every(({ status }) => status === 'failed')) throw failure;
    return {
      items: answers.flatMap(({ tag, answer }) => coverageOf(tagKey(tag), tag, answer)),
      rest: {
        meta: {
          complete: providers.every(({ status }) => status === 'fresh'),
          providers,
          ...(query.currency === null ? {} : { conversions: used }),
        },
      },
    };
  };

  return {
    list: async (parameters, ask) => {
      const { limit = limitDefault, cursor, strict = false, ...asked } = parameters;
      const visible = visibleConnections(connections, ask.consumer, parameters);
      const query: CostQuery = {
        ...resolveRange(clock.today(), parameters),
        granularity: 'total',
        groupBy: [],
        filters: new Map(),
        costType: 'billed',
        currency: parameters.currency ?? null,
        sort: 'start',
        top: null,
      };
      const cursorOnly = cursor !== undefined && Object.values(asked).every((value) => value === undefined);
      const names = [...(parameters.key ?? [])].sort();
      return pager.page({
        operation: 'tag-coverage',
        question: cursorOnly
          ? null
          : `tag-coverage ${queryText(query)} ${JSON.stringify([names, visible.map(({ id }) => id)])}`,
        consumer: ask.consumer,
        limit,
        cursor,
        build: () => build(visible, query, parameters.key, strict, ask),
      });
    },
  };
};
