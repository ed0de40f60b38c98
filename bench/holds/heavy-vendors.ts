import { createServer, type Server } from 'node:http';
import { z } from 'zod';
import { addDays } from '../../src/domain/day.ts';
import { draw } from '../../src/vendor/sandbox/world.ts';

/**
 * Vendors with a lot to say, in a process of their own: one Elastic Cloud month of as many bytes as were asked for in one
 * body, and CloudZero results of so many days and groups in pages of 10,000 rows. Started by `heavy-rig.ts`.
 */
const optionsSchema = z.object({
  elasticBytes: z.number(),
  start: z.string(),
  days: z.number(),
  groups: z.number(),
});
const options = optionsSchema.parse(JSON.parse(process.argv[2] ?? '{}'));
const pageRows = 10_000;

const amount = (at: number): string =>
  `${Math.floor(draw('amount', at) * 900) + 100}.${String(Math.floor(draw('fraction', at) * 1e9)).padStart(9, '0')}${at % 2 === 0 ? '' : '123456789'}`;

const elasticBody = (): string => {
  const items: string[] = [];
  for (let bytes = 0, at = 0; bytes < options.elasticBytes; at += 1) {
    const item = `{"kind":"elasticsearch","type":"capacity","sku":"sku.${at % 4_000}","name":"Cloud Standard, AWS us-east-1, data node of kind ${at % 4_000}","unit":"hour","quantity":{"value":${1 + (at % 700)},"formatted_value":"${1 + (at % 700)} hours"},"rate":{"value":${amount(at)},"formatted_value":"0.1 per hour"},"total_ecu":${amount(at)}}`;
    bytes += item.length + 1;
    items.push(item);
  }
  const perInstance = 1_000;
  const instances: string[] = [];
  for (let at = 0; at < items.length; at += perInstance) {
    instances.push(
      `{"id":"instance-${at / perInstance}","name":"instance ${at / perInstance}","type":"deployment","product_line_items":[${items.slice(at, at + perInstance).join(',')}]}`,
    );
  }
  return `{"instances":[${instances.join(',')}]}`;
};

const listen = (server: Server): Promise<string> =>
  new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(address === null || typeof address === 'string' ? '' : `http://127.0.0.1:${address.port}`);
    }),
  );

const body = elasticBody();
const elastic = createServer((request, response) => {
  const known = request.url?.includes('/costs/instances') === true;
  response.writeHead(known ? 200 : 404, { 'content-type': 'application/json' });
  response.end(known ? body : '{"errors":[]}');
});

const rows = options.days * options.groups;
const row = (at: number): string => {
  const group = Math.floor(at / options.days);
  const day = addDays(options.start, at % options.days);
  return `{"usage_date":"${day}T00:00:00+00:00","cost":${amount(at)},"Account":"${100_000_000_000 + (group % 40)}","Service":"Service${group % 90}","Region":"region-${Math.floor(group / 90)}","UsageFamily":"Family ${group % 13}","Resource":"arn:aws:ec2:region:resource/${group}"}`;
};
const page = (at: number): string => {
  const from = at * pageRows;
  const to = Math.min(from + pageRows, rows);
  const list = Array.from({ length: to - from }, (_, index) => row(from + index));
  const more = to < rows;
  const cursor = {
    next_cursor: more ? `page-${at + 1}` : null,
    previous_cursor: null,
    has_next: more,
    has_previous: at > 0,
  };
  const pagination = { page_count: Math.ceil(rows / pageRows), item_count: list.length, total_count: rows, cursor };
  return `{"costs":[${list.join(',')}],"pagination":${JSON.stringify(pagination)}}`;
};
const pages = Array.from({ length: Math.ceil(rows / pageRows) }, (_, at) => page(at));
const dimensions = ['Account', 'Service', 'Region', 'UsageFamily', 'Resource'].map((id) => ({ id, name: id }));
const cloudzero = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://localhost');
  response.setHeader('content-type', 'application/json');
  if (url.pathname.endsWith('/dimensions')) response.end(JSON.stringify({ dimensions }));
  else response.end(pages[Number((url.searchParams.get('cursor') ?? 'page-0').slice('page-'.length))]);
});

process.on('disconnect', () => process.exit(0));
process.send?.({ elastic: await listen(elastic), cloudzero: await listen(cloudzero), bytes: body.length, rows });
