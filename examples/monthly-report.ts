import { addMoney, createClient, formatMoney, type Money, ProblemError } from 'cost-gateway/client';

// What each provider cost in each month since a day, and all of them together:
//   node monthly-report.ts http://127.0.0.1:8080 2026-08-01

const [baseUrl = 'http://127.0.0.1:8080', start = '2026-08-01'] = process.argv.slice(2);
const apiKey = process.env.COST_GATEWAY_KEY;
const gateway = createClient({ baseUrl, ...(apiKey === undefined ? {} : { apiKey }) });

const say = (month: string, who: string, cost: Money): void => {
  process.stdout.write(`${month.slice(0, 7)}  ${who.padEnd(12)} ${formatMoney(cost, { locale: 'en' })}\n`);
};

try {
  const sums = new Map<string, Money>();
  const rows = gateway.items('/v1/costs', {
    params: { query: { start, granularity: 'monthly', groupBy: ['provider'], currency: 'USD' } },
  });
  for await (const { start: month, group, cost } of rows) {
    const sum = sums.get(month);
    sums.set(month, sum === undefined ? cost : addMoney(sum, cost));
    say(month, group.provider ?? 'nobody', cost);
  }
  for (const [month, sum] of sums) say(month, 'all', sum);

  const { data } = await gateway.GET('/v1/providers');
  for (const { title, health, completeThrough } of data?.data ?? []) {
    process.stdout.write(`${title} is ${health}, wholly reported to ${completeThrough ?? 'an unknown day'}\n`);
  }
} catch (thrown) {
  if (!(thrown instanceof ProblemError)) throw thrown;
  process.stderr.write(`${thrown.problem?.detail ?? thrown.message}\n`);
  process.exitCode = 1;
}
