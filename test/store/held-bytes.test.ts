import { describe, expect, it } from 'vitest';
import { heldBytes } from '../../src/store/held-bytes.ts';

const row = (index: number, label = 'label') => ({
  start: '2026-11-01',
  group: { account: `account ${index}`, service: null },
  labels: { account: label },
  cost: { amount: `${index}.123456789`, currency: 'USD' },
});
const rows = (length: number) => Array.from({ length }, (_, index) => row(index + 100_000));

describe('the estimated size', () => {
  it('of twice as many rows is about twice as large, also where not every row is read', () => {
    for (const length of [1_000, 10_000, 35_001]) {
      const ratio = heldBytes(rows(2 * length)) / heldBytes(rows(length));
      expect(ratio).toBeGreaterThan(1.98);
      expect(ratio).toBeLessThan(2.02);
    }
  });

  it('grows with long texts, and by more with texts that take two bytes a character', () => {
    const plain = heldBytes(row(1, 'x'.repeat(10_000))) - heldBytes(row(1, ''));
    const wide = heldBytes(row(1, '費'.repeat(10_000))) - heldBytes(row(1, ''));
    expect(plain).toBe(10_000);
    expect(wide).toBeGreaterThanOrEqual(20_000);
  });

  it('of nothing is small and not nothing', () => {
    expect(heldBytes([])).toBeGreaterThan(0);
    expect(heldBytes({})).toBeGreaterThan(0);
    expect(heldBytes([])).toBeLessThan(100);
  });
});
