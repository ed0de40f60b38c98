import { expect, onTestFinished, test } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import { VirtualClock } from '../../../test/support/clock.ts';
import { sendTo } from '../../../test/support/cloudzero-sandbox.ts';
import { cloudzero } from '../manifest.ts';

test('what a stream counted divides the costs of the month', async () => {
  const clock = new VirtualClock('2026-11-21T10:00:00Z');
  const quantity = { metric: { connection: 'cloudzero', stream: 'orders' } };
  const head = { connection: 'cloudzero', name: 'Cost per order', unit: 'order', quantity };
  const unitCosts = [{ ...head, id: 'per-order', filters: { service: ['AmazonEC2'] } }];
  const app = await startApp([cloudzero], { clock, requestDeadlineMs: 60_000, unitCosts });
  onTestFinished(() => app.close());
  const { cloudzero: sandbox } = app.sandboxes;
  if (sandbox === undefined) throw new TypeError('there is no sandbox');
  const records = [
    { timestamp: '2026-10-03', value: 2717 },
    { timestamp: '2026-10-31', value: 0.5 },
  ];
  await sendTo(sandbox)('POST', '/unit-cost/v1/telemetry/metric/orders/sum', { records });
  await clock.advance(10 * 60_000);

  const range = 'start=2026-09-01&end=2026-11-01';
  const { body } = await app.get(`/v1/unit-costs?${range}`);
  const costs = await app.get('/v1/costs?start=2026-10-01&end=2026-11-01&granularity=monthly&service=AmazonEC2');
  const [{ cost }] = Object(costs.body).data;
  expect(body).toMatchObject({
    data: [
      {
        id: 'cloudzero:per-order:2026-10:USD',
        period: { start: '2026-10-01', end: '2026-11-01' },
        quantity: '2717.5',
        cost,
        unitCost: { amount: expect.stringMatching(/^\d+\.\d+$/), currency: 'USD' },
      },
    ],
    meta: { complete: true, providers: [{ notes: [{ code: 'quantity-missing' }] }] },
  });
});
