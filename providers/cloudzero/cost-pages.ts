import { z } from 'zod';
import type { Turns } from '../../src/domain/turns.ts';
import { decodeInTurns, decodeItems, type ReadingFault, type VendorRequest } from '../../src/vendor/kit/index.ts';
import { type Dialect, decodeEnvelope } from './dialect.ts';
import { liveNext, publishedNext, summarise } from './paging.ts';
import { type CostQuery, liveCostRequest, publishedCostRequest } from './requests.ts';
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

const pathOf = (page: number, list: string): string => (page === 1 ? list : `page[${page}].${list}`);

export interface CostPage {
  readonly costs: readonly WireCost[];
  /** Rows that came, those that could not be read included. */
  readonly received: number;
  /** Rows of the whole result as the vendor states them. */
  readonly stated: number | null;
  /** What `next` of `CostPages` makes the request of the next page from; null at the end. */
  readonly next: string | null;
  readonly faults: readonly ReadingFault[];
}

export const readLiveCosts = async (
  json: unknown,
  columns: readonly Column[],
  page: number,
  turns: Turns,
): Promise<CostPage> => {
  const envelope = decodeEnvelope(liveCostsSchema, json, what, { own: 'costs', other: 'data' });
  const where = pathOf(page, 'costs');
  const { items, faults } = await decodeInTurns(liveCostSchema(columns), envelope.costs, where, turns);
  const next = liveNext(envelope.pagination);
  return {
    costs: items,
    received: envelope.costs.length,
    stated: envelope.pagination?.total_count ?? null,
    next: next.cursor,
    faults: [...summarise(faults, where), ...next.faults],
  };
};

export const readPublishedCosts = async (
  json: unknown,
  columns: readonly Column[],
  page: number,
  baseUrl: string,
  turns: Turns,
): Promise<CostPage> => {
  const envelope = decodeEnvelope(publishedCostsSchema, json, what, { own: 'data', other: 'costs' });
  const where = pathOf(page, 'data');
  const schema = publishedGroupSchema(columns);
  const costs: WireCost[] = [];
  const faults: ReadingFault[] = [];
  let received = 0;
  for (const [index, each] of envelope.data.entries()) {
    const group = decodeItems(schema, [each], 'group');
    for (const fault of group.faults) {
      faults.push({ ...fault, path: fault.path.replace('group[0]', `${where}[${index}]`) });
    }
    received += 1;
    for (const { raw, points } of group.items) {
      const read = await decodeInTurns(publishedPointSchema, points, `${where}[${index}].cost`, turns);
      faults.push(...summarise(read.faults, `${where}[${index}].cost`));
      for (const point of read.items) costs.push({ day: point.timestamp, raw, amount: point.value });
      received += Math.max(0, points.length - 1);
    }
    if (turns.due()) await turns.next();
  }
  const next = publishedNext(envelope.pagination, baseUrl);
  // It is not documented whether `total` counts groups or points; there are never fewer points than groups.
  const stated = envelope.pagination?.total ?? null;
  const link = next.link === null ? null : JSON.stringify([next.link.path, next.link.query]);
  return { costs, received, stated, next: link, faults: [...summarise(faults, where), ...next.faults] };
};

const linkSchema = z.tuple([z.string(), z.array(z.tuple([z.string(), z.string()]))]);

/** One cost query in one dialect: its requests, and how their answers are read. */
export interface CostPages {
  readonly first: VendorRequest;
  readonly next: (from: string) => VendorRequest;
  readonly read: (json: unknown, page: number, turns: Turns) => Promise<CostPage>;
}

export const costPages = (
  dialect: Dialect,
  query: CostQuery,
  columns: readonly Column[],
  baseUrl: string,
): CostPages =>
  dialect === 'live'
    ? {
        first: liveCostRequest(query, null),
        next: (cursor) => liveCostRequest(query, cursor),
        read: (json, page, turns) => readLiveCosts(json, columns, page, turns),
      }
    : {
        first: publishedCostRequest(query, null),
        next: (from) => {
          const [path, link] = linkSchema.parse(JSON.parse(from));
          return publishedCostRequest(query, { path, query: link });
        },
        read: (json, page, turns) => readPublishedCosts(json, columns, page, baseUrl, turns),
      };
