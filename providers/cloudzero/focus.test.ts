import { expect, test } from 'vitest';
import { exactNumber } from '../../src/vendor/kit/index.ts';
import { VirtualClock } from '../../test/support/clock.ts';
import { connectTo } from '../../test/support/session.ts';
import { cloudzero } from './manifest.ts';

test('FOCUS gets the dimensions that the daily cube always carries, and no charge category is claimed', async () => {
  const sandbox = await cloudzero.sandbox({ clock: new VirtualClock() });
  const { costs } = connectTo(cloudzero, sandbox).capabilities;
  expect(costs.focus).toEqual({
    providerName: 'CloudZero',
    publisherName: 'CloudZero',
    invoiceIssuerName: 'CloudZero',
    dimensions: costs.cubes[0]?.dimensions,
  });
  await sandbox.close();
});

test('an exact number stands bare in JSON, in canonical form', () => {
  const numbers = ['123456789012345678.0123456789', '7.50', '1e3', '-0'].map(exactNumber);
  expect(JSON.stringify(numbers)).toBe('[123456789012345678.0123456789,7.5,1000,0]');
  expect(() => exactNumber('1,"x":2')).toThrow(RangeError);
});
