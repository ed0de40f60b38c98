import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { add, decimal, decimalText } from '../../src/domain/decimal.ts';
import type { CostReading } from '../../src/vendor/kit/index.ts';
import { startApp } from '../../test/support/app.ts';
import { VirtualClock } from '../../test/support/clock.ts';
import { fillCube, openSandbox, type SandboxRig } from '../../test/support/cloudspend-rig.ts';
import { connectTo } from '../../test/support/session.ts';
import { cloudspend } from './manifest.ts';

let rig: SandboxRig;
afterEach(() => rig.close());

const october = ['2026-10-01', '2026-11-01'] as const;
const byCloud = (reading: CostReading, position: number): Record<string, string> => {
  const totals = new Map<string, string>();
  for (const { values, amount } of reading.items) {
    const cloud = values[position] ?? 'none';
    totals.set(cloud, decimalText(add(decimal(totals.get(cloud) ?? '0'), decimal(amount))));
  }
  return Object.fromEntries([...totals].sort());
};

const listSchema = z.object({
  data: z.array(
    z.object({ group: z.record(z.string(), z.string().nullable()), cost: z.object({ amount: z.string() }) }),
  ),
  meta: z.object({ complete: z.boolean() }),
});

describe('a question about clouds', () => {
  test('is grouped and filtered by them, and lists them as values', async () => {
    rig = await openSandbox();
    const endpoint = { id: 'cloudspend', provider: 'cloudspend', title: 'CloudSpend', sandbox: false };
    const app = await startApp([], {
      clock: new VirtualClock(),
      endpoints: [{ ...endpoint, connector: connectTo(cloudspend, rig.sandbox) }],
    });
    const path = '/v1/costs?start=2026-10-01&end=2026-11-01&granularity=monthly&groupBy=cloud';
    const all = listSchema.parse((await app.get(path)).body);
    const azure = listSchema.parse((await app.get(`${path}&cloud=azure`)).body);
    expect(all.data.map(({ group }) => group.cloud)).toEqual(['aws', 'azure', 'gcp']);
    expect(azure.data).toEqual(all.data.filter(({ group }) => group.cloud === 'azure'));
    expect([all.meta.complete, azure.meta.complete]).toEqual([true, true]);
    const values = await app.get('/v1/dimensions/cloud/values?start=2026-10-01&end=2026-11-01');
    expect(values.body).toMatchObject({ data: [{ value: 'aws' }, { value: 'azure' }, { value: 'gcp' }] });
    const keys = await app.get('/v1/dimensions');
    expect(JSON.stringify(keys.body)).toContain('"key":"cloud","providers":["cloudspend"],"filterable":true');
    await app.close();
  });
});

describe('the cost of each cloud', () => {
  test('is the same by account, by region and day, and by region and month', async () => {
    rig = await openSandbox();
    const monthly = byCloud(await fillCube(rig, 'service-region-monthly', ...october), 3);
    expect(Object.keys(monthly)).toEqual(['aws', 'azure', 'gcp']);
    expect(byCloud(await fillCube(rig, 'service-region-daily', ...october), 3)).toEqual(monthly);
    expect(byCloud(await fillCube(rig, 'service-account-daily', ...october), 2)).toEqual(monthly);
  });
});
