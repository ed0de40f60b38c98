import { expect, test } from 'vitest';
import { VirtualClock } from '../../test/support/clock.ts';
import { connectTo, plainSession } from '../../test/support/session.ts';
import { cloudzero } from './manifest.ts';

test.each(['live', 'published'])('the %s dimension list says which of ours there are', async (variant) => {
  const clock = new VirtualClock();
  const sandbox = await cloudzero.sandbox({ clock, variant });
  try {
    const connector = connectTo(cloudzero, sandbox);
    const reading = await connector.capabilities.dimensions?.list(plainSession(connector, clock));
    expect(reading).toEqual({
      items: [
        'account',
        'service',
        'region',
        'cloud',
        'category',
        'resource',
        'tag:ServiceDetail',
        'tag:AccountName',
        'tag:Environment',
        'tag:Team',
        'tag:Product',
      ],
      notes: [],
      faults: [],
    });
  } finally {
    await sandbox.close();
  }
});

test('a dimension without an id is refused by name', async () => {
  const clock = new VirtualClock();
  const sandbox = await cloudzero.sandbox({ clock });
  try {
    const body = '{"dimensions":[{"id":"Service"},{"name":"x"},{"id":null},7]}';
    sandbox.faults.set([{ path: '/v2/billing/dimensions', kind: 'body', body }]);
    const connector = connectTo(cloudzero, sandbox);
    const reading = await connector.capabilities.dimensions?.list(plainSession(connector, clock));
    expect(reading?.items).toEqual(['service']);
    expect(reading?.faults.map((fault) => fault.path)).toEqual([
      'dimensions[1].id',
      'dimensions[2].id',
      'dimensions[3]',
    ]);
  } finally {
    await sandbox.close();
  }
});
