import { metaSchema } from '../../domain/meta.ts';
import type { PagedAnswer } from '../../services/paging/pager.ts';
import type { OperationAnswer } from '../operation/operation.ts';
import { type CsvCell, csvLine } from './csv.ts';

/** How the items of a list become rows. */
export interface Table<Item> {
  readonly columns: readonly string[];
  readonly cells: (item: Item) => readonly CsvCell[];
}

export interface RepresentOptions {
  readonly accept: string;
  /** The path of the next page. */
  readonly path: string;
}

function* ndjson<Item>({ data, ...last }: PagedAnswer<Item>): Generator<string> {
  for (const item of data) yield `${JSON.stringify(item)}\n`;
  yield `${JSON.stringify(last)}\n`;
}

function* csv<Item>(answer: PagedAnswer<Item>, table: Table<Item>): Generator<string> {
  yield csvLine(table.columns.map((text) => ({ text })));
  for (const item of answer.data) yield csvLine(table.cells(item));
}

/** A page as JSON, as NDJSON whose last line has the metadata, or as CSV with the metadata in headers. */
export const representList = <Item>(
  answer: PagedAnswer<Item>,
  table: Table<Item>,
  options: RepresentOptions,
): OperationAnswer => {
  if (options.accept === 'application/x-ndjson') {
    return { lines: ndjson(answer), contentType: 'application/x-ndjson; charset=utf-8' };
  }
  if (options.accept !== 'text/csv') return { json: answer };
  const { nextCursor } = answer.page;
  const meta = metaSchema.safeParse(answer.meta).data;
  const missing = (meta?.providers ?? [])
    .filter(({ status }) => status !== 'fresh')
    .map(({ connection }) => connection);
  const next = `${options.path}?limit=${answer.page.limit}&cursor=${encodeURIComponent(nextCursor ?? '')}`;
  return {
    lines: csv(answer, table),
    contentType: 'text/csv; charset=utf-8; header=present',
    headers: {
      'cost-gateway-complete': String(meta?.complete ?? true),
      ...(missing.length === 0 ? {} : { 'cost-gateway-missing': missing.join(', ') }),
      ...(nextCursor === null ? {} : { link: `<${next}>; rel="next"` }),
    },
  };
};
