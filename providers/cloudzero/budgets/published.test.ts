import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import type { RunningSandbox } from '../../../src/vendor/sandbox/server.ts';
import { VirtualClock } from '../../../test/support/clock.ts';
import { connectTo, plainSession } from '../../../test/support/session.ts';
import { cloudzero } from '../manifest.ts';

const running: RunningSandbox[] = [];
afterEach(async () => {
  for (const sandbox of running.splice(0)) await sandbox.close();
});

const fixture = (name: string): string => readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url), 'utf8');

const open = async (variant: string, settings: Record<string, string> = {}) => {
  const clock = new VirtualClock();
  const sandbox = await cloudzero.sandbox({ clock, variant });
  running.push(sandbox);
  const connector = connectTo(cloudzero, sandbox, settings);
  const session = plainSession(connector, clock);
  const { budgets } = connector.capabilities;
  const list = async () => {
    if (budgets === undefined) throw new TypeError('there are budgets');
    return budgets.list(session);
  };
  return { sandbox, list };
};

describe('published budgets', () => {
  test('the fixture', async () => {
    const { sandbox, list } = await open('published', { dialect: 'published' });
    sandbox.faults.set([{ path: '/v2/budgets', kind: 'body', body: fixture('published-budgets') }]);
    const reading = await list();
    expect(reading.items).toEqual([
      {
        nativeId: 'pb-1',
        name: 'Data platform',
        period: 'quarterly',
        nativePeriod: null,
        limit: { amount: '12000.5', currency: 'USD' },
        spent: null,
        forecast: null,
        alerts: [
          { thresholdPercent: '80', recipients: ['ops@example.com'] },
          { thresholdPercent: '100.5', recipients: [] },
        ],
        scope: { view: 'v-2' },
        createdAt: '2026-01-05T08:00:00Z',
        updatedAt: '2026-10-01T00:00:00Z',
      },
      expect.objectContaining({ nativeId: 'pb-2', period: 'other', nativePeriod: 'weekly' }),
      expect.objectContaining({ nativeId: 'pb-3', name: 'Broken', limit: null, spent: null }),
    ]);
    expect(reading.notes).toEqual([]);
    expect(reading.faults).toEqual([]);
  });

  test('what the document does not require may be absent: the rest is read, and what is missing is said', async () => {
    const { sandbox, list } = await open('published', { dialect: 'published' });
    const data = [
      { id: 'a', amount: 5, notifications: [{ recipients: ['ops@example.com'] }, { threshold: 80 }] },
      { id: 'b', period: 'annual' },
      { id: 'c', amount: 'lots', period: 'annual' },
    ];
    sandbox.faults.set([{ kind: 'body', body: JSON.stringify({ data }) }]);
    const reading = await list();
    expect(reading.items).toMatchObject([
      { nativeId: 'a', period: 'other', nativePeriod: null, alerts: [{ thresholdPercent: '80', recipients: [] }] },
      { nativeId: 'b', period: 'annual', limit: null },
    ]);
    expect(reading.notes.map((note) => note.code)).toEqual(['alert-without-threshold', 'budget-without-period']);
    expect(reading.faults.map((fault) => fault.path)).toEqual(['data[2].amount']);
  });

  test('links are followed, and the same id with another content is named', async () => {
    const { sandbox, list } = await open('published', { dialect: 'published' });
    const page = (amount: number, next: string | null) => ({
      kind: 'body' as const,
      times: 1,
      body: JSON.stringify({ data: [{ id: 'a', amount, period: 'monthly' }], pagination: { next, total: 2 } }),
    });
    sandbox.faults.set([page(1, '/v2/budgets?page=2&page_size=1'), page(2, null)]);
    const reading = await list();
    expect(reading.items).toMatchObject([{ limit: { amount: '1' } }]);
    expect(reading.faults).toMatchObject([{ path: 'budgets(id=a)' }]);
    expect(sandbox.calls.map((call) => call.query)).toEqual(['page=1&page_size=100', 'page=2&page_size=1']);
  });

  test('those of the sandbox are linked to views', async () => {
    const { list } = await open('published');
    const reading = await list();
    expect(reading.items).toHaveLength(5);
    expect(reading.items.every((budget) => budget.scope.view !== undefined && budget.spent === null)).toBe(true);
    expect(new Set(reading.items.map((budget) => budget.period))).toEqual(new Set(['monthly', 'quarterly', 'annual']));
  });
});
