import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type RunningApp, startApp } from '../../../test/support/app.ts';
import { HastyClock } from '../../../test/support/hasty-clock.ts';
import { elastic } from '../manifest.ts';

const bodySchema = z.object({
  data: z.object({ periods: z.array(z.object({ start: z.string() })), alerts: z.array(z.unknown()) }),
  meta: z.object({ providers: z.array(z.object({ notes: z.array(z.object({ code: z.string() })) })) }),
});
let app: RunningApp;
afterEach(() => app.close());

const historyWith = async (variant: string) => {
  app = await startApp([elastic], { clock: new HastyClock(), variants: { elastic: variant } });
  const before = app.sandboxes.elastic?.calls.length ?? 0;
  const answer = await app.get('/v1/budgets/elastic%3A4101/history');
  expect(answer.status, answer.text).toBe(200);
  const { data, meta } = bodySchema.parse(answer.body);
  const codes = meta.providers.flatMap(({ notes }) => notes.map(({ code }) => code));
  const calls = (app.sandboxes.elastic?.calls ?? []).slice(before);
  return { ...data, codes, dayCalls: calls.filter(({ path }) => path.endsWith('/costs/instances')).length };
};

describe('the history of a budget of Elastic Cloud', () => {
  it('tells of twelve months on which day a threshold was reached, from charts', async () => {
    const { periods, alerts, codes, dayCalls } = await historyWith('');
    expect(periods).toHaveLength(12);
    expect(alerts.length).toBeGreaterThan(0);
    expect(codes).not.toContain('alerts-incomplete');
    expect(dayCalls).toBeLessThan(30);
  });

  it('reads no past month day by day where charts cannot be used', async () => {
    const { periods, codes, dayCalls } = await historyWith('no-charts');
    expect(periods).toHaveLength(12);
    expect(codes).toContain('alerts-incomplete');
    expect(dayCalls).toBeLessThan(250);
  });
});
