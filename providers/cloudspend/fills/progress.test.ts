import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { addDays, daysIn } from '../../../src/domain/day.ts';
import { Failure, type VendorRequest } from '../../../src/vendor/kit/index.ts';
import { startApp } from '../../../test/support/app.ts';
import { VirtualClock } from '../../../test/support/clock.ts';
import { connectTo } from '../../../test/support/session.ts';
import { cloudspend } from '../manifest.ts';

const answerSchema = z.object({ meta: z.object({ complete: z.boolean() }) });
const textOf = ({ query, json }: VendorRequest): string => JSON.stringify([query, json]);

/**
 * Asks, with the answer to one request made unreadable, and asks again some seconds later.
 * Returns how often each request of the operation was made.
 */
const askTwice = async (path: string, operation: string, failing: RegExp) => {
  const clock = new VirtualClock();
  const sandbox = await cloudspend.sandbox({ clock });
  const connector = connectTo(cloudspend, sandbox);
  const made = new Map<string, number>();
  let failed = false;
  const endpoint = {
    id: 'cloudspend',
    provider: 'cloudspend',
    title: 'CloudSpend',
    sandbox: false,
    connector: {
      ...connector,
      readFailure: (...asked: Parameters<typeof connector.readFailure>) => {
        const [, request] = asked;
        if (request.operation !== operation) return connector.readFailure(...asked);
        const text = textOf(request);
        made.set(text, (made.get(text) ?? 0) + 1);
        if (failed || !failing.test(text)) return connector.readFailure(...asked);
        failed = true;
        return new Failure('vendor-malformed', { public: 'unreadable', retry: 'never' });
      },
    },
  };
  const app = await startApp([], { clock, endpoints: [endpoint] });
  const ask = async () => answerSchema.safeParse((await app.get(path)).body).data?.meta.complete ?? false;
  const first = await ask();
  await clock.advance(31_000);
  const second = await ask();
  await app.close();
  await sandbox.close();
  const repeated = [...made].filter(([, times]) => times > 1);
  return { first, second, failed, repeated: repeated.map(([text]) => text) };
};

describe('a fill of many calls, one of which fails', () => {
  const sankey = 'get-sankey-chart-data-summary-report-step-4';
  const trend = 'get-trend-chart-data-for-custom-dashboard-widgets-only';

  test.each(daysIn('2026-10-01', '2026-10-13'))('repeats the call of %s alone', async (day) => {
    const path = '/v1/costs?start=2026-10-01&end=2026-10-13&groupBy=region&granularity=daily';
    const outcome = await askTwice(path, sankey, new RegExp(`"start_date\\\\":\\\\"${day}.*end_date\\\\":\\\\"${day}`));
    expect(outcome).toMatchObject({ first: false, second: true, failed: true });
    expect(outcome.repeated).toHaveLength(1);
    expect(outcome.repeated[0]).toContain(day);
  });

  test.each(['2026-06', '2026-07', '2026-08', '2026-09'])('repeats the call of the month %s alone', async (month) => {
    const path = '/v1/costs?start=2026-06-01&end=2026-10-01&groupBy=region&granularity=monthly';
    const outcome = await askTwice(path, sankey, new RegExp(`"start_date\\\\":\\\\"${month}-01`));
    expect(outcome).toMatchObject({ first: false, second: true, failed: true });
    expect(outcome.repeated).toHaveLength(1);
  });

  test.each([
    '33240000000059017',
    '33240000000059021',
    '33240000000059025',
    '33240000000061011',
    '33240000000061015',
    '33240000000012001',
    '33240000000012033',
    '33240000000073011',
  ])('repeats the call of the billing account %s alone', async (account) => {
    const path = `/v1/costs?start=2026-09-01&end=${addDays('2026-09-30', 1)}&groupBy=account&granularity=daily`;
    const outcome = await askTwice(path, trend, new RegExp(`"billing_account_ids":\\["${account}"`));
    expect(outcome).toMatchObject({ first: false, second: true, failed: true });
    expect(outcome.repeated).toHaveLength(1);
    expect(outcome.repeated[0]).toContain(account);
  });

  test.each(['33240000000059021', '33240000000073011'])(
    'repeats the regions of the billing account %s alone',
    async (account) => {
      const path = '/v1/costs?start=2026-09-01&end=2026-10-01&groupBy=account,region&granularity=monthly';
      const widgets = 'get-multi-dimensional-cost-data-for-custom-dashboard-widgets-only';
      const outcome = await askTwice(path, widgets, new RegExp(`"billing_account_ids":\\["${account}"`));
      expect(outcome).toMatchObject({ first: false, second: true, failed: true });
      expect(outcome.repeated).toHaveLength(1);
      expect(outcome.repeated[0]).toContain(account);
    },
  );
});
