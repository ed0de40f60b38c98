import { afterEach, describe, expect, test } from 'vitest';
import { add, decimal, decimalText } from '../../src/domain/decimal.ts';
import type { CostReading } from '../../src/vendor/kit/index.ts';
import { fillCube, openSandbox, type SandboxRig } from '../../test/support/cloudspend-rig.ts';

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

describe('the cost of each cloud', () => {
  test('is the same by account, by region and day, and by region and month', async () => {
    rig = await openSandbox();
    const monthly = byCloud(await fillCube(rig, 'service-region-monthly', ...october), 3);
    expect(Object.keys(monthly)).toEqual(['aws', 'azure', 'gcp']);
    expect(byCloud(await fillCube(rig, 'service-region-daily', ...october), 3)).toEqual(monthly);
    expect(byCloud(await fillCube(rig, 'service-account-daily', ...october), 2)).toEqual(monthly);
  });
});
