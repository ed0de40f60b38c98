import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { moneySchema, totalsOfMoney } from '../../../src/domain/money.ts';
import type { RunningApp } from '../../support/app.ts';
import { describeDocumentedAnswer } from '../shared/documented-answer.ts';
import { openWorkerApp } from '../shared/worker-app.ts';

describeDocumentedAnswer('forecastCosts');

const answerSchema = z.object({ data: z.array(z.object({ cost: moneySchema, method: z.string() })) });

describe('200 of GET /v1/costs/forecast by month', () => {
  let app: RunningApp;
  beforeAll(async () => {
    app = await openWorkerApp();
  });
  const forecast = async (query: string) =>
    answerSchema.parse((await app.get(`/v1/costs/forecast?granularity=monthly${query}`)).body).data;

  it.each(['', '&currency=USD'])('has one sum in every grouping of the same costs%s', async (currency) => {
    const sums = await Promise.all(
      ['', '&groupBy=provider', '&groupBy=connection', '&groupBy=provider,connection'].map(async (grouping) =>
        totalsOfMoney((await forecast(`${grouping}${currency}`)).map(({ cost }) => cost)),
      ),
    );
    expect(sums[0]?.length).toBeGreaterThan(0);
    for (const sum of sums) expect(sum).toEqual(sums[0]);
  });

  it('says the same of a provider and of its only connection', async () => {
    const byProvider = await forecast('&groupBy=provider&provider=cloudspend');
    expect(await forecast('&groupBy=connection&provider=cloudspend')).toEqual(
      byProvider.map((each) => expect.objectContaining({ cost: each.cost, method: each.method })),
    );
    expect(byProvider.map(({ method }) => method)).toEqual(['vendor']);
  });
});
