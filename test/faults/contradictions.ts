import type { SandboxFault } from '../../src/vendor/contract/sandbox.ts';

/** Where the only cost call of a question about one month leads. */
export const costPaths = {
  elastic: '/api/v2/billing/organizations/',
  cloudzero: '/v2/billing/costs',
  cloudspend: '/cs/api/cost/sankey_chart_data',
} as const;
export type VendorName = keyof typeof costPaths;

export const body = (path: string, json: unknown): SandboxFault => ({ kind: 'body', path, body: JSON.stringify(json) });

const item = (sku: string, ecu: number) => ({ kind: 'elasticsearch', type: 'capacity', sku, total_ecu: ecu });
const instance = (id: string, ecu: number) => ({ id, total_ecu: ecu, product_line_items: [item('s', ecu)] });
const elastic = (instances: readonly object[], more: object = {}) => [body(costPaths.elastic, { ...more, instances })];

const row = (day: string, cost: number) => ({
  usage_date: day.includes('T') ? day : `${day}T00:00:00+00:00`,
  cost,
  Account: '1',
  Service: 'AmazonEC2',
  Region: 'us-east-1',
});
const page = (costs: readonly object[], next: string | null, total?: number) => ({
  costs,
  pagination: {
    page_count: 1,
    item_count: costs.length,
    ...(total === undefined ? {} : { total_count: total }),
    cursor: { next_cursor: next, previous_cursor: null, has_next: next !== null, has_previous: false },
  },
});
const cloudzero = (costs: readonly object[], total?: number) => [body(costPaths.cloudzero, page(costs, null, total))];
/** Each page once, in this order. */
const inTurn = (...list: readonly (readonly [readonly object[], string | null])[]): SandboxFault[] =>
  list.map(([costs, next]) => ({ ...body(costPaths.cloudzero, page(costs, next)), times: 1 }));

export const success = (data: unknown) => ({ code: 0, message: 'success', data });
/** Rows of CloudSpend, and what the vendor says that all of them cost. */
export const cloudspendAnswers = (rows: readonly unknown[], total: number) => [
  body(costPaths.cloudspend, success(rows)),
  body('/cs/api/cost/custom_report/cloud_overallcost', success({ overall_data: { total_cost: total } })),
];

export interface Contradiction {
  readonly id: string;
  readonly what: string;
  readonly vendor: VendorName;
  /** Of its own, so that nothing is held of it. */
  readonly month: string;
  readonly faults: readonly SandboxFault[];
  /** Cost calls that it takes; absent: one. */
  readonly calls?: number;
  /** What the month costs. */
  readonly amount: string;
  /** What is said to be missing; absent where the answer is complete. */
  readonly missing?: string;
}

const pages: readonly Contradiction[] = [
  {
    id: 'C5',
    what: 'an empty page between two others',
    vendor: 'cloudzero',
    month: '2026-05',
    faults: inTurn([[row('2026-05-05', 5)], 'A'], [[], 'B'], [[row('2026-05-06', 1)], null]),
    calls: 3,
    amount: '6',
  },
  {
    id: 'C5',
    what: 'empty pages without end',
    vendor: 'cloudzero',
    month: '2026-06',
    faults: inTurn([[row('2026-06-05', 6)], 'A'], [[], 'B'], [[], 'C'], [[], 'D'], [[], 'E'], [[], 'F']),
    calls: 4,
    amount: '6',
    missing: '3 empty pages in a row',
  },
  {
    id: 'C6',
    what: 'the same cursor for ever',
    vendor: 'cloudzero',
    month: '2026-07',
    faults: [body(costPaths.cloudzero, page([row('2026-07-05', 6)], 'A'))],
    calls: 2,
    amount: '6',
    missing: 'page 3 is one that was already read',
  },
  {
    id: 'C6',
    what: 'two cursors in turn',
    vendor: 'cloudzero',
    month: '2026-08',
    faults: inTurn(
      [[row('2026-08-01', 1)], 'A'],
      [[row('2026-08-02', 2)], 'B'],
      [[row('2026-08-03', 3)], 'A'],
      [[row('2026-08-04', 4)], 'B'],
      [[row('2026-08-05', 5)], 'A'],
    ),
    calls: 3,
    amount: '6',
    missing: 'page 4 is one that was already read',
  },
];

/** One row of 1 on the 20 and one of 5 on this day. */
const dated = (what: string, month: string, usage_date: unknown, more: Partial<Contradiction>): Contradiction => ({
  id: 'C8',
  what,
  vendor: 'cloudzero',
  month,
  faults: cloudzero([row(`${month}-20`, 1), { ...row(month, 5), usage_date }]),
  amount: '1',
  ...more,
});
const refused = { missing: 'costs[1].usage_date' };
const days: readonly Contradiction[] = [
  dated('an instant that its offset puts into the month', '2025-01', '2024-12-31T23:30:00-02:00', { amount: '6' }),
  dated('an instant that its offset puts outside', '2025-02', '2025-02-28T23:30:00-02:00', {}),
  dated('a plain day', '2025-03', '2025-03-07', { amount: '6' }),
  dated('a number of seconds', '2025-04', 1_780_000_000, refused),
  dated('milliseconds as text', '2025-05', '1780000000000', refused),
  dated('the 30 of February', '2025-06', '2025-02-30T00:00:00Z', refused),
  dated('the year 1', '2025-07', '0001-01-01T00:00:00Z', refused),
  dated('the year 9999', '2025-08', '9999-12-31T00:00:00Z', {}),
];

export const contradictions: readonly Contradiction[] = [
  {
    id: 'C3',
    what: 'an instance twice',
    vendor: 'elastic',
    month: '2026-01',
    faults: elastic([instance('a', 5), instance('a', 5), instance('b', 1)]),
    amount: '6',
  },
  {
    id: 'C3',
    what: 'an instance twice, with another total',
    vendor: 'elastic',
    month: '2026-02',
    faults: elastic([instance('a', 5), instance('a', 7), instance('b', 1)]),
    amount: '6',
    missing: 'instances[1] is listed twice with different content',
  },
  {
    id: 'C3',
    what: 'a row twice',
    vendor: 'cloudzero',
    month: '2026-01',
    faults: cloudzero([row('2026-01-05', 5), row('2026-01-05', 5), row('2026-01-06', 1)]),
    amount: '6',
  },
  {
    id: 'C3',
    what: 'a row twice, with another cost',
    vendor: 'cloudzero',
    month: '2026-02',
    faults: cloudzero([row('2026-02-05', 5), row('2026-02-05', 7), row('2026-02-06', 1)]),
    amount: '6',
    missing: 'came with two amounts, 5 and 7',
  },
  {
    id: 'C3',
    what: 'a row twice',
    vendor: 'cloudspend',
    month: '2026-01',
    faults: cloudspendAnswers(
      [
        ['AWS', 'Usage', 'us-east-1', 'AmazonEC2', 5],
        ['AWS', 'Usage', 'us-east-1', 'AmazonEC2', 5],
        ['AWS', 'Usage', 'us-east-2', 'AmazonEC2', 1],
      ],
      6,
    ),
    amount: '6',
  },
  {
    id: 'C3',
    what: 'a row twice, with another cost',
    vendor: 'cloudspend',
    month: '2026-02',
    faults: cloudspendAnswers(
      [
        ['AWS', 'Usage', 'us-east-1', 'AmazonEC2', 5],
        ['AWS', 'Usage', 'us-east-1', 'AmazonEC2', 7],
        ['AWS', 'Usage', 'us-east-2', 'AmazonEC2', 1],
      ],
      6,
    ),
    amount: '6',
    missing: 'two different amounts for AWS, Usage, us-east-1, AmazonEC2',
  },
  {
    id: 'C7',
    what: 'a total above its instances',
    vendor: 'elastic',
    month: '2026-03',
    faults: elastic([instance('a', 5), instance('b', 1)], { total_ecu: 10 }),
    amount: '6',
    missing: 'instances lack 4 ECU',
  },
  {
    id: 'C7',
    what: 'a total below its instances',
    vendor: 'elastic',
    month: '2026-04',
    faults: elastic([instance('a', 5), instance('b', 1)], { total_ecu: 2 }),
    amount: '6',
  },
  {
    id: 'C7',
    what: 'nine announced rows, and two',
    vendor: 'cloudzero',
    month: '2026-03',
    faults: cloudzero([row('2026-03-05', 5), row('2026-03-06', 1)], 9),
    amount: '6',
    missing: '9 were announced and 2 received',
  },
  {
    id: 'C7',
    what: 'one announced row, and two',
    vendor: 'cloudzero',
    month: '2026-04',
    faults: cloudzero([row('2026-04-05', 5), row('2026-04-06', 1)], 1),
    amount: '6',
  },
  {
    id: 'C7',
    what: 'a total above its rows',
    vendor: 'cloudspend',
    month: '2026-03',
    faults: cloudspendAnswers([['AWS', 'Usage', 'us-east-1', 'AmazonEC2', 6]], 10),
    amount: '6',
    missing: "lack 4 USD of the vendor's own total",
  },
  ...pages,
  ...days,
];
