import type { Clock } from '../../../src/domain/clock.ts';
import { type Day, dayFromNumber, dayNumber, dayOfInstant } from '../../../src/domain/day.ts';
import {
  type RunningSandbox,
  type SandboxReply,
  type SandboxRequest,
  type SandboxRoute,
  startSandboxServer,
} from '../../../src/vendor/sandbox/server.ts';
import { parseObject, refusal, type Variant } from './replies.ts';

const path = '/v2/billing/costs';
const apiKey = 'cz-long-result';
const lifetimeMs = 86_400_000;

export interface LongResultOptions {
  readonly clock: Clock;
  readonly variant: Variant;
  readonly rowsPerDay: number;
  readonly rowsPerPage: number;
  /** Called before each answer of the cost route, with the number of the page from 1. Null answers as usual. */
  readonly before?: (page: number, query: { readonly start: Day; readonly end: Day }) => SandboxReply | null;
}

interface Position {
  readonly start: number;
  readonly end: number;
  readonly from: number;
  readonly at: number;
}

/** The amount of one group on one day, in nine decimal places. */
export const longResultAmount = (day: number, group: number): string =>
  `${(day * 31 + group * 7) % 997}.${String((day * 7919 + group * 104_729) % 1_000_000_000).padStart(9, '0')}`;

const cursorOf = ({ start, end, from, at }: Position): string =>
  Buffer.from(JSON.stringify([start, end, from, at])).toString('base64url');

const readCursor = (text: string): Position | null => {
  try {
    const [start, end, from, at]: unknown[] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return { start: Number(start), end: Number(end), from: Number(from), at: Number(at) };
  } catch {
    return null;
  }
};

/**
 * A vendor whose results are as long as they are wanted: equal groups on every day, each page made when it is asked for.
 * The figures depend on nothing but day and group.
 */
export const startLongResult = (options: LongResultOptions): Promise<RunningSandbox> => {
  const { clock, variant, rowsPerDay, rowsPerPage } = options;
  const live = variant === 'live';
  const groupOf = (group: number): string =>
    `"Account":"${100_000_000_000 + (group % 40)}","Service":"Service${group % 90}","Region":"region-${group}"`;

  const rowOf = ({ start }: Position, row: number): string => {
    const day = start + Math.floor(row / rowsPerDay);
    const group = row % rowsPerDay;
    const amount = longResultAmount(day, group);
    const instant = `${dayFromNumber(day)}T00:00:00`;
    return live
      ? `{"usage_date":"${instant}+00:00","cost":${amount},${groupOf(group)}}`
      : `{"group":{${groupOf(group)}},"cost":[{"timestamp":"${instant}Z","value":${amount}}]}`;
  };

  const pageOf = (position: Position, url: string): SandboxReply => {
    const total = (position.end - position.start) * rowsPerDay;
    const end = Math.min(total, position.from + rowsPerPage);
    const rows = Array.from({ length: end - position.from }, (_, index) => rowOf(position, position.from + index));
    const next = end < total ? cursorOf({ ...position, from: end }) : null;
    const pagination = live
      ? {
          page_count: Math.ceil(total / rowsPerPage),
          item_count: rows.length,
          total_count: total,
          cursor: { next_cursor: next, has_next: next !== null, has_previous: position.from > 0 },
        }
      : { ...(next === null ? {} : { next: `${url}${path}?cursor=${next}` }), total };
    return {
      contentType: 'application/json',
      text: `{"${live ? 'costs' : 'data'}":[${rows.join(',')}],"pagination":${JSON.stringify(pagination)}}`,
    };
  };

  const asked = (request: SandboxRequest): Position | null => {
    const cursor = request.query.get('cursor');
    if (cursor !== null) return readCursor(cursor);
    const body = parseObject(request.body);
    const start = live ? request.query.get('start_date') : body.ok ? body.value.start : null;
    const end = live ? request.query.get('end_date') : body.ok ? body.value.end : null;
    if (typeof start !== 'string' || typeof end !== 'string') return null;
    const numberOf = (instant: string): number => dayNumber(dayOfInstant(Date.parse(instant)));
    return { start: numberOf(start), end: numberOf(end), from: 0, at: clock.now() };
  };

  const costs: SandboxRoute = {
    method: live ? 'GET' : 'POST',
    path,
    handle: (request) => {
      const position = asked(request);
      if (position === null) return refusal(variant, 400, 'the query does not fit');
      const days = { start: dayFromNumber(position.start), end: dayFromNumber(position.end) };
      const reply = options.before?.(position.from / rowsPerPage + 1, days) ?? null;
      if (reply !== null) return reply;
      if (clock.now() - position.at >= lifetimeMs) return refusal(variant, 410, 'The results have expired.');
      return pageOf(position, request.url);
    },
  };
  const dimensions = ['Account', 'Service', 'Region'].map((id) => ({ id, name: id }));
  return startSandboxServer({
    clock,
    routes: [
      {
        method: 'GET',
        path: '/v2/billing/dimensions',
        handle: () => ({ json: live ? { dimensions } : { data: dimensions } }),
      },
      costs,
    ],
    settings: (url) => ({ apiKey, baseUrl: url }),
    throttled: ({ retryAfter = '60' }) => ({
      ...refusal(variant, 429, 'Too many requests.'),
      headers: { 'retry-after': retryAfter },
    }),
  });
};
