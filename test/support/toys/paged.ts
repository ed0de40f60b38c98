import { z } from 'zod';
import { addDays, type Day, daysIn, earlier } from '../../../src/domain/day.ts';
import type { SandboxOptions } from '../../../src/vendor/contract/sandbox.ts';
import type { CostQuestion, CostReading, FillSession, SourceCost } from '../../../src/vendor/kit/index.ts';
import { amountText, baseUrlSetting, decode, defineProvider, secretSetting } from '../../../src/vendor/kit/index.ts';
import { type SandboxRequest, startSandboxServer } from '../../../src/vendor/sandbox/server.ts';
import { toyAges } from '../toy-vendor.ts';
import { canonical, rowsOfDay, valueIn, worldScale } from '../toy-world.ts';

const dimensions = ['account', 'service'] as const;
const range = { grain: 'daily', span: 'range', monthsMax: 12, price: 1 } as const;
const cube = { id: 'costs', dimensions, ...range, quota: 'queries' } as const;
const quotas = [{ name: 'queries', limit: 400, windowMs: 86_400_000 }];

const metric = z.object({ Amount: amountText, Unit: z.string() });
const metrics = z.object({ UnblendedCost: metric, AmortizedCost: metric, UsageQuantity: metric });
const groups = z.array(z.object({ Keys: z.array(z.string()), Metrics: metrics }));
const period = z.object({ Start: z.string(), End: z.string() });
const result = z.object({ TimePeriod: period, Groups: groups });
const query = z.object({ TimePeriod: period, NextPageToken: z.string().optional() });
const answer = z.object({ ResultsByTime: z.array(result), NextPageToken: z.string().optional() });
type Result = z.output<typeof result>;
/** Where the vendor goes on in the answer to a query that began on `start`, and what it has told of the day in between. */
const progress = z.object({ start: z.string(), token: z.string(), begun: z.array(result) });

/** The vendor writes `none` for an absent key, and `N/A` for the unit of a quantity that it could not add. */
const rowsOf = (costType: CostQuestion['costType'], { TimePeriod, Groups }: Result): SourceCost[] =>
  Groups.map(({ Keys, Metrics: { UnblendedCost, AmortizedCost, UsageQuantity } }) => ({
    day: TimePeriod.Start,
    values: Keys.map((key) => (key === 'none' ? null : key)),
    amount: costType === 'effective' ? AmortizedCost.Amount : UnblendedCost.Amount,
    currency: UnblendedCost.Unit,
    amounts: { billed: UnblendedCost.Amount, effective: AmortizedCost.Amount },
    ...(UsageQuantity.Unit === 'N/A' ? {} : { quantity: { amount: UsageQuantity.Amount, unit: UsageQuantity.Unit } }),
  }));

/** Each page is paid for, and has both costs and the quantity. A day is finished once a page has told of a later one. */
const fill = async (session: FillSession, question: CostQuestion): Promise<CostReading> => {
  const others = (['billed', 'effective'] as const).filter((each) => each !== question.costType);
  const reading = { notes: [], faults: [], completeThrough: addDays(session.today(), -2), costTypes: others };
  const saved = (await session.resume.saved()).at(-1);
  const before = saved === undefined ? null : progress.parse(JSON.parse(saved));
  const start = before?.start ?? question.start;
  let [token, begun, from] = [before?.token, before?.begun ?? [], question.start];
  for (;;) {
    const json = { TimePeriod: { Start: start, End: question.end }, NextPageToken: token };
    const request = { operation: 'GetCostAndUsage', method: 'POST', path: '/', json, quota: 'queries' } as const;
    const page = decode(answer, (await session.call({ ...request, effect: 'read' })).json, 'costs');
    const results = [...begun, ...page.ResultsByTime];
    const items = results.flatMap((each) => rowsOf(question.costType, each));
    token = page.NextPageToken;
    if (token === undefined) return { ...reading, items };
    const open = results.at(-1)?.TimePeriod.Start ?? from;
    const finished = items.filter((row) => row.day < open);
    if (open > from) await session.keep({ ...reading, start: from, end: open, items: finished });
    [begun, from] = [results.filter(({ TimePeriod }) => TimePeriod.Start === open), open];
    await session.resume.save(JSON.stringify({ start, token, begun }), 86_400_000);
  }
};

const groupsPerPage = 20;
const units = new Map(Object.entries({ search: 'Hrs', storage: 'GB-Mo' }));
const price = (amount: bigint, scale: number) => ({ Amount: canonical(amount, scale), Unit: 'USD' });

const groupsOf = (on: Day): Result[] => {
  const sums = new Map<string, { Keys: string[]; units: bigint; rows: bigint }>();
  for (const row of rowsOfDay('paged', on, ['USD'])) {
    const Keys = dimensions.map((dimension) => valueIn(row, dimension) ?? 'none');
    const sum = sums.get(Keys.join()) ?? { Keys, units: 0n, rows: 0n };
    sums.set(Keys.join(), { Keys, units: sum.units + row.units, rows: sum.rows + 1n });
  }
  return [...sums.values()].map(({ Keys, units: cost, rows }) => {
    const UsageQuantity = { Amount: canonical(rows * 125n, 2), Unit: units.get(Keys[1] ?? '') ?? 'N/A' };
    const Metrics = {
      UnblendedCost: price(cost, worldScale),
      AmortizedCost: price(cost * 9n, worldScale + 1),
      UsageQuantity,
    };
    return { TimePeriod: { Start: on, End: addDays(on, 1) }, Groups: [{ Keys, Metrics }] };
  });
};

const startSandbox = ({ clock, port }: SandboxOptions) => {
  const handle = ({ body }: SandboxRequest) => {
    const { TimePeriod, NextPageToken } = query.parse(JSON.parse(body));
    const [at, of] = (NextPageToken ?? `0 of ${TimePeriod.Start}`).split(' of ');
    if (of !== TimePeriod.Start) return { status: 400, json: { message: 'the token belongs to another query' } };
    const end = Number(at) + groupsPerPage;
    const all = daysIn(of, earlier(TimePeriod.End, addDays(clock.today(), 1))).flatMap(groupsOf);
    const more = end < all.length ? { NextPageToken: `${end} of ${of}` } : {};
    return { json: { ResultsByTime: all.slice(Number(at), end), ...more } };
  };
  const settings = (url: string) => ({ apiKey: 'paged-key-7d41c09b', baseUrl: url });
  return startSandboxServer({ clock, port, settings, routes: [{ method: 'POST', path: '/', handle }] });
};

const costs = { costTypes: ['billed', 'effective'], cubes: [cube], ages: toyAges, historyDays: 400, fill } as const;

/** A vendor that is paid by the page, and tells several costs and the quantity at once. */
export const pagedToy = defineProvider({
  id: 'toy-paged',
  title: 'Paged Cloud',
  settings: z.object({
    apiKey: secretSetting({ environment: 'TOY_PAGED_KEY', description: 'Any key of it.' }),
    baseUrl: baseUrlSetting({
      environment: 'TOY_PAGED_URL',
      description: 'Where it is.',
      fallback: 'https://toy.test',
    }),
  }),
  connect: ({ apiKey, baseUrl: api }) => ({
    identity: ['toy-paged', api],
    origins: { api },
    credentials: { kind: 'static', headers: () => ({ 'x-api-key': apiKey.reveal() }) },
    limits: { concurrency: 4, queue: 64, timeoutMs: 8000, quotas },
    readFailure: () => null,
    capabilities: { costs },
  }),
  sandbox: startSandbox,
});
