import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { addDays, daysBetween } from '../../../src/domain/day.ts';
import { subtract } from '../../../src/domain/decimal.ts';
import { metaSchema } from '../../../src/domain/meta.ts';
import { amountOf, money, moneySchema } from '../../../src/domain/money.ts';
import { costsOf } from '../../support/answers.ts';
import type { RunningApp } from '../../support/app.ts';
import { describeDocumentedAnswer } from '../shared/documented-answer.ts';
import { openWorkerApp } from '../shared/worker-app.ts';

describeDocumentedAnswer('summariseCosts');

const period = z.object({ start: z.string(), end: z.string() });
const answerSchema = z.object({
  data: z.array(z.object({ connection: z.string(), current: moneySchema, previous: moneySchema, change: moneySchema })),
  periods: z.object({ asked: period, current: period, previous: period }),
  meta: metaSchema,
});

describe('200 of GET /v1/costs/summary without a range', () => {
  let app: RunningApp;
  beforeAll(async () => {
    app = await openWorkerApp();
  });

  it('sets as many days that every connection has reported beside as many before, with their costs', async () => {
    const { data, periods, meta } = answerSchema.parse((await app.get('/v1/costs/summary')).body);
    const { asked, current, previous } = periods;
    expect(asked).toEqual({ start: '2026-11-01', end: '2026-11-22' });
    expect(daysBetween(previous.start, previous.end)).toBe(daysBetween(current.start, current.end));
    const reported = meta.providers.map(({ completeThrough }) => addDays(completeThrough ?? '1970-01-01', 1));
    expect(reported.sort()[0]).toBe(current.end);
    expect(data.length).toBeGreaterThan(2);
    for (const row of data) {
      for (const [figure, { start, end }] of [
        [row.current, current],
        [row.previous, previous],
      ] as const) {
        const { totals } = await costsOf(app, { start, end, granularity: 'total', connection: row.connection });
        expect(totals).toContainEqual(figure);
      }
      const difference = subtract(amountOf(row.current), amountOf(row.previous));
      expect(row.change).toEqual(money(difference, row.current.currency));
    }
  });
});
