import type { SandboxRequest } from '../../../src/vendor/sandbox/server.ts';
import { jsonOf } from './wire.ts';

/** The paging styles of the vendor, over examples of its answers. */

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The same answer, with something else in the place of one member, wherever it stands. */
const changed = (value: unknown, change: (record: Record<string, unknown>) => Record<string, unknown>): unknown => {
  if (Array.isArray(value)) return value.map((each: unknown) => changed(each, change));
  if (!isRecord(value)) return value;
  const record = change(value);
  return record === value
    ? Object.fromEntries(Object.entries(value).map(([name, each]) => [name, changed(each, change)]))
    : record;
};

/** There are two pages, and what lies beyond is empty. */
const numberedPage = (json: unknown, page: number): unknown =>
  changed(json, (record) =>
    Object.hasOwn(record, 'page_number')
      ? { ...record, page_number: page, has_more: page === 0, data: page < 2 ? record.data : [] }
      : record,
  );

const rowsInAll = 3;
const sliced = (json: unknown, start: number, limit: number): unknown =>
  changed(json, (record) => {
    const list = record.return_data;
    const [row] = Array.isArray(list) ? list : [];
    if (!isRecord(row)) return record;
    const rows = Array.from({ length: rowsInAll }, (_none, index) => ({
      ...row,
      id: String(index + 1),
      name: `Dashboard ${index + 1}`,
    }));
    return { ...record, return_data: limit === 0 ? rows.slice(start) : rows.slice(start, start + limit) };
  });

/** All resources are on one page, which is the first as well. */
const firstPageOnly = (json: unknown, page: unknown): unknown =>
  page === -1 || page === 1
    ? json
    : changed(json, (record) => (Array.isArray(record.resources) ? { ...record, resources: [] } : record));

export const pageOf = (json: unknown, { query, body }: SandboxRequest): unknown => {
  const page = query.get('pageNumber');
  if (page !== null) return numberedPage(json, Number(page));
  const [start, limit] = [query.get('start'), query.get('limit')];
  if (start !== null && limit !== null) return sliced(json, Number(start), Number(limit));
  const sent = jsonOf(body);
  return isRecord(sent) && Object.hasOwn(sent, 'page') ? firstPageOnly(json, sent.page) : json;
};

/** Months of exactly the resources that were asked for. */
export const resourceMonths = (json: unknown, sent: unknown): unknown => {
  const ids = isRecord(sent) && Array.isArray(sent.resource_ids) ? sent.resource_ids.map(String) : [];
  return changed(json, (record) => {
    if (!isRecord(record.values)) return record;
    const [row] = Object.values(record.values);
    return { ...record, values: Object.fromEntries(ids.map((id) => [id, isRecord(row) ? { ...row, id } : row])) };
  });
};
