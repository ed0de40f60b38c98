import { costTypes } from '../../src/domain/cost.ts';
import type { Day } from '../../src/domain/day.ts';
import type { CostQuestion, CostReading, CostSource, FillSession } from '../../src/vendor/kit/index.ts';
import { noteAccounts } from './accounts/known-accounts.ts';
import { costPages } from './cost-pages.ts';
import { CostProgress } from './cost-progress.ts';
import { askedDays, readSpan } from './cost-spans.ts';
import type { CostTable } from './cost-table.ts';
import { walkCosts } from './cost-walk.ts';
import { type Dialect, inDialect, permittedDimensionList } from './dialect.ts';
import { indexForCosts } from './dimension-index.ts';
import { columnOf, groupingOf, indexDimensions, needsIndex } from './dimensions.ts';
import { focus } from './focus.ts';
import { costReading } from './normalise.ts';
import type { AnswerSettings } from './settings.ts';

const hourMs = 3_600_000;

/** Equal for queries whose pages belong together. */
const formOf = (dialect: Dialect, { costType }: CostQuestion, groupBy: readonly string[]): string =>
  JSON.stringify(['1', dialect, costType, ...groupBy]);

const lastDayBefore = (table: CostTable, today: Day): Day | null =>
  table.rowsByDay.findLast(([day]) => day < today)?.[0] ?? null;

const fillIn = async (
  session: FillSession,
  dialect: Dialect,
  question: CostQuestion,
  settings: AnswerSettings,
): Promise<CostReading> => {
  const today = session.today();
  const grouping = groupingOf(question.dimensions, await indexForCosts(session, question.dimensions));
  const groupBy = grouping.columns.map((column) => column.id);
  const progress = await CostProgress.load(session, formOf(dialect, question, groupBy));
  return readSpan(askedDays(question, today), {
    session,
    progress,
    completeThrough: (table) => lastDayBefore(table, today),
    settle: (costs, { start, end }) =>
      costReading(costs, { grouping, currency: settings.currency, start, end, today }, session.turns()),
    walk: async (span) => {
      const query = { ...span, costType: question.costType, granularity: 'daily', groupBy } as const;
      const pages = costPages(dialect, query, grouping.columns, settings.baseUrl);
      const walked = await walkCosts({ session, pages, progress, span });
      await noteAccounts(session, walked.table.groups, grouping, span);
      return walked;
    },
  });
};

export const createCostSource = (settings: AnswerSettings): CostSource => ({
  costTypes,
  cubes: [
    {
      id: 'costs',
      grain: 'daily',
      dimensions: ['account', 'service', 'region'],
      optional: ['category', 'resource', 'cloud', 'tag'],
      optionalMax: 2,
      span: 'range',
      monthsMax: 36,
      price: 1,
      quota: 'cost-queries',
    },
  ],
  // Of 60 queries a day, one every two hours keeps a month fresh and leaves most for other questions.
  // Other clients of this vendor read the last week again, because it restates that far.
  ages: { openMs: 2 * hourMs, restatedDays: 7, restatedMs: 24 * hourMs },
  focus,
  lacks: async (session, dimensions) => {
    if (!needsIndex(dimensions)) return [];
    const list = await permittedDimensionList(session);
    const index = list === null ? null : indexDimensions(list.dimensions);
    return dimensions.filter((dimension) => columnOf(dimension, index) === null);
  },
  fill: async (session, question) => {
    // There are no costs of future days, and asking would use one of the daily queries.
    if (question.start > session.today()) return { items: [], notes: [], faults: [], completeThrough: null };
    return inDialect(session, settings.dialect, (dialect) => fillIn(session, dialect, question, settings));
  },
});
