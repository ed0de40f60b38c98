import { z } from 'zod';
import { addDays, dayOfInstant, daysIn, earlier } from '../../../src/domain/day.ts';
import type { CostQuestion, CostReading, FillSession, SourceCost } from '../../../src/vendor/kit/index.ts';
import {
  amountText,
  baseUrlSetting,
  decode,
  defineProvider,
  paginate,
  secretSetting,
} from '../../../src/vendor/kit/index.ts';
import { recordedAnswers } from '../recorded-answers.ts';
import { toyAges } from '../toy-vendor.ts';

const dimensions = ['service', 'account'] as const;
const cube = { id: 'costs', grain: 'daily', dimensions, span: 'day', price: 1 } as const;

const result = z.object({
  amount: z.object({ value: amountText, currency: z.string() }),
  line_item: z.string().nullable(),
  project_id: z.string().nullable(),
  quantity: amountText.nullish(),
  unit: z.string().nullish(),
});
const bucket = z.object({ start_time: z.number(), end_time: z.number(), results: z.array(result) });
const page = z.object({ data: z.array(bucket), has_more: z.boolean(), next_page: z.string().nullable() });

const secondsAt = (day: string): string => String(Date.parse(`${day}T00:00:00Z`) / 1000);

const rowsOf = ({ start_time, results }: z.output<typeof bucket>): SourceCost[] =>
  results.map(({ amount, line_item, project_id, quantity, unit }) => ({
    day: dayOfInstant(start_time * 1000),
    values: [line_item, project_id],
    amount: amount.value,
    currency: amount.currency.toUpperCase(),
    ...(quantity && unit ? { quantity: { amount: quantity, unit } } : {}),
  }));

/** Buckets of an hour, a day at a time. A day that is read is handed over. */
const fill = async (session: FillSession, { start, end }: CostQuestion): Promise<CostReading> => {
  const nothing = { items: [], notes: [], faults: [], completeThrough: addDays(session.today(), -2) };
  for (const day of daysIn(start, earlier(end, addDays(session.today(), 1)))) {
    const query = [
      ['start_time', secondsAt(day)],
      ['end_time', secondsAt(addDays(day, 1))],
      ['bucket_width', '1h'],
    ] as const;
    const first = { operation: 'costs', method: 'GET', path: '/v1/organization/costs', query, effect: 'read' } as const;
    const { items, faults } = await paginate(session, first, (reply) => {
      const { data, has_more, next_page } = decode(page, reply.json, 'costs');
      const next =
        has_more && next_page !== null ? { ...first, query: [...query, ['page', next_page] as const] } : null;
      return { items: data.flatMap(rowsOf), next };
    });
    await session.keep({ ...nothing, start: day, end: addDays(day, 1), items, faults });
  }
  return nothing;
};

/** A vendor that tells costs and usage by the hour, and has no sandbox. */
export const hourlyToy = defineProvider({
  id: 'toy-hourly',
  title: 'Hourly Cloud',
  settings: z.object({
    adminKey: secretSetting({ environment: 'TOY_HOURLY_KEY', description: 'An admin key.' }),
    baseUrl: baseUrlSetting({
      environment: 'TOY_HOURLY_URL',
      description: 'Where it is.',
      fallback: 'https://toy.test',
    }),
  }),
  connect: ({ adminKey, baseUrl }) => ({
    identity: ['toy-hourly', baseUrl],
    credentialIdentifies: true,
    origins: { api: baseUrl },
    credentials: { kind: 'static', headers: () => ({ authorization: `Bearer ${adminKey.reveal()}` }) },
    limits: { concurrency: 4, queue: 64, timeoutMs: 8000, quotas: [] },
    readFailure: () => null,
    capabilities: { costs: { costTypes: ['billed'], cubes: [cube], ages: toyAges, fill } },
    check: async (session) => {
      await session.call({ operation: 'organization', method: 'GET', path: '/v1/organization', effect: 'read' });
    },
  }),
});

export const hourlyAnswers = recordedAnswers(new URL('fixtures/hourly.ndjson', import.meta.url), (url) => ({
  adminKey: 'hourly-key-5b0e93aa',
  baseUrl: url,
}));
