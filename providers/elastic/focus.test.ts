import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../test/support/clock.ts';
import { connectTo, fillWhole, plainSession } from '../../test/support/session.ts';
import { elastic } from './manifest.ts';

const open = async () => {
  const clock = new VirtualClock('2026-11-21T10:00:00Z');
  const sandbox = await elastic.sandbox({ clock });
  const connector = connectTo(elastic, sandbox);
  return { sandbox, connector, costs: connector.capabilities.costs, session: plainSession(connector, clock) };
};

describe('what FOCUS wants to know', () => {
  it('is who invoices whom, at a grain that a daily cube carries', async () => {
    const { sandbox, costs } = await open();
    expect(costs.focus).toMatchObject({
      providerName: 'Elastic Cloud',
      publisherName: 'Elastic',
      invoiceIssuerName: 'Elastic',
      billingAccountId: sandbox.settings.organizationId,
      dimensions: ['account', 'service', 'category', 'resource'],
    });
    const carried = costs.cubes.find((cube) => cube.grain === 'daily')?.dimensions;
    expect(costs.focus?.dimensions.every((dimension) => carried?.includes(dimension))).toBe(true);
    await sandbox.close();
  });

  it('calls metered line items usage, and claims nothing of other types', async () => {
    const { sandbox, costs } = await open();
    const words = ['capacity', 'data_in', 'storage_api', 'vcu_search', 'constructor', ''];
    expect(words.map((word) => costs.focus?.chargeCategory?.(word))).toEqual([
      'Usage',
      'Usage',
      'Usage',
      null,
      null,
      null,
    ]);
    await sandbox.close();
  });
});

it('a fault of one day says which, a fault of a month concerns all of it', async () => {
  const { sandbox, connector, costs, session } = await open();
  const dimensions = costs.focus?.dimensions ?? [];
  const fill = (cube: string, start: string, end: string) =>
    fillWhole(connector, session, { cube, dimensions, costType: 'billed', start, end });
  const bad = { kind: 'body', path: '/api/v2', body: '{"total_ecu":0,"instances":[{"id":null}]}', times: 1 } as const;
  sandbox.faults.set([bad]);
  const daily = await fill('instances-daily', '2026-11-02', '2026-11-04');
  expect(daily.faults).toHaveLength(1);
  const [fault] = daily.faults;
  expect(fault?.path).toBe(`${fault?.day}:instances[0].id`);
  expect(['2026-11-02', '2026-11-03']).toContain(fault?.day);
  sandbox.faults.set([bad]);
  const monthly = await fill('instances-monthly', '2026-10-01', '2026-11-01');
  expect(monthly.faults.map(({ path, day }) => [path, day])).toEqual([['2026-10:instances[0].id', undefined]]);
  await sandbox.close();
});
