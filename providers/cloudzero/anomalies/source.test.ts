import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import type { RunningSandbox } from '../../../src/vendor/sandbox/server.ts';
import { VirtualClock } from '../../../test/support/clock.ts';
import { connectTo, plainSession } from '../../../test/support/session.ts';
import { cloudzero } from '../manifest.ts';

const running: RunningSandbox[] = [];
afterEach(async () => {
  for (const sandbox of running.splice(0)) await sandbox.close();
});

const open = async (variant: string, settings: Record<string, string> = {}) => {
  const clock = new VirtualClock();
  const sandbox = await cloudzero.sandbox?.({ clock, variant });
  if (sandbox === undefined) throw new TypeError('there is a sandbox');
  running.push(sandbox);
  const connector = connectTo(cloudzero, sandbox, settings);
  const session = plainSession(connector, clock);
  const { anomalies } = connector.capabilities;
  if (anomalies === undefined) throw new TypeError('there are anomalies');
  const list = (start = '2026-08-24', end = '2026-11-22') => anomalies.list(session, { start, end });
  return { sandbox, session, list };
};

test('insights whose category names an anomaly are anomalies, with their impact alone', async () => {
  const { list } = await open('live', { currency: 'EUR' });
  const reading = await list();
  expect(reading.faults).toEqual([]);
  expect(reading.items).toEqual([
    {
      nativeId: 'insight-23757',
      name: 'AmazonEC2 in Production costs more than the day before',
      detectedAt: '2026-10-30T14:05:00Z',
      day: '2026-10-30',
      severity: 'medium',
      status: 'open',
      nativeStatus: 'new',
      direction: 'increase',
      scope: { category: 'Anomaly' },
      expected: null,
      actual: null,
      impact: { amount: '318.0441207', currency: 'EUR' },
    },
    expect.objectContaining({ nativeStatus: 'addressed', status: 'closed' }),
  ]);
  expect(reading.notes.map((note) => note.code)).toEqual(['anomaly-impact-only', 'insight-category']);
  expect(reading.notes[1]?.message).toContain('the other 3');
});

test('only those of the days that are asked for are listed', async () => {
  const { list } = await open('live');
  expect((await list('2026-10-30', '2026-10-31')).items.map((each) => each.nativeId)).toEqual(['insight-23757']);
  expect((await list('2026-10-31', '2026-11-08')).items).toEqual([]);
});

test('what cannot be told apart is listed with a note, and what has no impact is noted', async () => {
  const { list } = await open('live-loose');
  const reading = await list();
  expect(reading.faults).toEqual([]);
  expect(reading.items.map(({ name, scope }) => [name, scope])).toEqual([
    ['Something that costs more', {}],
    ['AWSLambda costs more', { category: 'Cost anomalies' }],
  ]);
  expect(reading.notes.map((note) => note.code)).toEqual([
    'anomaly-impact-only',
    'insight-unclear',
    'anomaly-without-impact',
  ]);
});

test('bad ones are named; a falling cost and a word that is not known are shown as they are', async () => {
  const { sandbox, list } = await open('live', { dialect: 'live' });
  const good = { title: 'T', category: 'anomaly', status: 'new', created: '1762000000', cost_impact: '3' };
  const insights = [
    { ...good, id: 1, cost_impact: '-2.50', status: 'snoozed' },
    { ...good, id: 2, cost_impact: 'NaN' },
    { ...good, id: 3, created: null },
    { ...good },
    7,
    { ...good, id: 5, created: 1762000000.25, status: null },
  ];
  sandbox.faults.set([{ path: '/v2/insights', kind: 'body', body: JSON.stringify({ insights }) }]);
  const reading = await list('2025-11-01', '2025-11-02');
  expect(reading.items).toMatchObject([
    { nativeId: '1', direction: 'decrease', status: 'open', nativeStatus: 'snoozed', impact: { amount: '-2.5' } },
    { nativeId: '5', detectedAt: '2025-11-01T12:26:40.250Z', nativeStatus: 'unknown' },
  ]);
  expect(reading.faults.map((fault) => fault.path)).toEqual([
    'insights[1].cost_impact',
    'insights[3].id',
    'insights[4]',
    'insights(id=3).created',
  ]);
});

test('the published dialect reports none, and says so', async () => {
  const { list } = await open('published');
  expect(await list()).toMatchObject({ items: [], faults: [], notes: [{ code: 'published-has-no-anomalies' }] });
});

test('a wrong memory of the dialect heals', async () => {
  const { session, list } = await open('published');
  await session.fact('dialect', 1, z.string(), async () => 'live');
  expect((await list()).notes).toMatchObject([{ code: 'published-has-no-anomalies' }]);
});
