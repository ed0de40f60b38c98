import { costTypes } from '../../src/domain/cost.ts';
import { addDays, earlier } from '../../src/domain/day.ts';
import {
  type CostQuestion,
  type CostReading,
  type CostSource,
  decodeItems,
  Failure,
  type Page,
  paginate,
  type ReadingFault,
  type Session,
} from '../../src/vendor/kit/index.ts';
import { type Dialect, decodeEnvelope, inDialect, permittedDimensionList } from './dialect.ts';
import { columnOf, groupingOf, indexDimensions, needsIndex } from './dimensions.ts';
import { focus } from './focus.ts';
import { costReading } from './normalise.ts';
import { liveNext, publishedNext, RowCount, summarise } from './paging.ts';
import { type CostQuery, liveCostRequest, publishedCostRequest } from './requests.ts';
import type { AnswerSettings } from './settings.ts';
import {
  type Column,
  liveCostSchema,
  liveCostsSchema,
  publishedCostsSchema,
  publishedGroupSchema,
  publishedPointSchema,
  type WireCost,
} from './wire.ts';

const what = 'the cost query';
const hourMs = 3_600_000;

const pathOf = (page: number, list: string): string => (page === 1 ? list : `page[${page}].${list}`);

export const readLiveCosts = (
  json: unknown,
  columns: readonly Column[],
  page: number,
): { costs: WireCost[]; received: number; stated: number | null; cursor: string | null; faults: ReadingFault[] } => {
  const envelope = decodeEnvelope(liveCostsSchema, json, what, { own: 'costs', other: 'data' });
  const where = pathOf(page, 'costs');
  const { items, faults } = decodeItems(liveCostSchema(columns), envelope.costs, where);
  const next = liveNext(envelope.pagination);
  return {
    costs: items,
    received: envelope.costs.length,
    stated: envelope.pagination?.total_count ?? null,
    cursor: next.cursor,
    faults: [...summarise(faults, where), ...next.faults],
  };
};

export const readPublishedCosts = (json: unknown, columns: readonly Column[], page: number, baseUrl: string) => {
  const envelope = decodeEnvelope(publishedCostsSchema, json, what, { own: 'data', other: 'costs' });
  const where = pathOf(page, 'data');
  const schema = publishedGroupSchema(columns);
  const costs: WireCost[] = [];
  const faults: ReadingFault[] = [];
  let received = 0;
  envelope.data.forEach((each, index) => {
    const group = decodeItems(schema, [each], 'group');
    for (const fault of group.faults) {
      faults.push({ ...fault, path: fault.path.replace('group[0]', `${where}[${index}]`) });
    }
    received += 1;
    for (const { raw, points } of group.items) {
      const read = decodeItems(publishedPointSchema, points, `${where}[${index}].cost`);
      faults.push(...summarise(read.faults, `${where}[${index}].cost`));
      for (const point of read.items) costs.push({ day: point.timestamp, raw, amount: point.value });
      received += Math.max(0, points.length - 1);
    }
  });
  const next = publishedNext(envelope.pagination, baseUrl);
  // It is not documented whether `total` counts groups or points; there are never fewer points than groups.
  const stated = envelope.pagination?.total ?? null;
  return { costs, received, stated, link: next.link, faults: [...summarise(faults, where), ...next.faults] };
};

interface AllPages {
  readonly costs: readonly WireCost[];
  readonly faults: readonly ReadingFault[];
}

/** All pages of one query; null where the result set expired between two pages. */
const readAllPages = async (
  session: Session,
  dialect: Dialect,
  query: CostQuery,
  columns: readonly Column[],
  baseUrl: string,
): Promise<AllPages | null> => {
  const tally = new RowCount();
  let pagesRead = 0;
  const readLive = (json: unknown): Page<WireCost> => {
    const read = readLiveCosts(json, columns, pagesRead + 1);
    tally.page(read.received, read.stated);
    const next = read.cursor === null ? null : liveCostRequest(query, read.cursor);
    return { items: read.costs, faults: read.faults, next };
  };
  const readPublished = (json: unknown): Page<WireCost> => {
    const read = readPublishedCosts(json, columns, pagesRead + 1, baseUrl);
    tally.page(read.received, read.stated);
    const next = read.link === null ? null : publishedCostRequest(query, read.link);
    return { items: read.costs, faults: read.faults, next };
  };
  const read = dialect === 'live' ? readLive : readPublished;
  const first = dialect === 'live' ? liveCostRequest(query, null) : publishedCostRequest(query, null);
  try {
    const pages = await paginate(session, first, (reply) => {
      const page = read(reply.json);
      pagesRead += 1;
      return page;
    });
    return { costs: pages.items, faults: pages.faults.length > 0 ? pages.faults : tally.faults('pagination') };
  } catch (thrown) {
    if (pagesRead > 0 && thrown instanceof Failure && thrown.kind === 'vendor-incomplete') return null;
    throw thrown;
  }
};

/** Reads an expired result set once more from its start, so that pages of two sets are never mixed. */
const readAllPagesWithRetry = async (...request: Parameters<typeof readAllPages>): Promise<AllPages> => {
  const walked = (await readAllPages(...request)) ?? (await readAllPages(...request));
  if (walked !== null) return walked;
  throw new Failure('vendor-incomplete', {
    public: 'CloudZero dropped the result before its last page was read, twice in a row.',
  });
};

export const createCostSource = (settings: AnswerSettings): CostSource => ({
  costTypes,
  cubes: [
    {
      id: 'costs',
      grain: 'daily',
      dimensions: ['account', 'service', 'region'],
      optional: ['category', 'resource', 'tag'],
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
  fill: async (session: Session, question: CostQuestion): Promise<CostReading> => {
    // There are no costs of future days, and asking would use one of the daily queries.
    if (question.start > session.today()) return { items: [], notes: [], faults: [], completeThrough: null };
    return inDialect(session, settings.dialect, async (dialect) => {
      const list = needsIndex(question.dimensions) ? await permittedDimensionList(session) : null;
      const grouping = groupingOf(question.dimensions, list === null ? null : indexDimensions(list.dimensions));
      const query: CostQuery = {
        start: question.start,
        end: earlier(question.end, addDays(session.today(), 1)),
        costType: question.costType,
        groupBy: grouping.columns.map((column) => column.id),
      };
      const { costs, faults } = await readAllPagesWithRetry(
        session,
        dialect,
        query,
        grouping.columns,
        settings.baseUrl,
      );
      const settled = costReading(costs, {
        grouping,
        currency: settings.currency,
        start: question.start,
        end: question.end,
        today: session.today(),
      });
      return { ...settled, faults: [...faults, ...settled.faults] };
    });
  },
});
