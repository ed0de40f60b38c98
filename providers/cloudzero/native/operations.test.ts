import { describe, expect, test } from 'vitest';
import type { NativeOperation } from '../../../src/vendor/kit/index.ts';
import { openSandbox } from '../../../test/support/cloudzero-sandbox.ts';
import { describedCalls } from '../../../test/support/described-operations.ts';
import { operations as used } from '../catalogue.ts';
import { cloudzero } from '../manifest.ts';

/** What a schema does not say: words with a meaning, and things that are there. */
const values = {
  timestamp: '2026-11-01T00:00:00Z',
  end: '2026-11-02T00:00:00Z',
  principal_dimension: 'Service',
  view: { id: 'view-3d1f0a52' },
  planned_limits: { monthly: { '2026-11-01T00:00:00+00:00': { amount: '1000.00' } } },
};
const calls = {
  live: describedCalls('cloudzero', 'live', values),
  published: describedCalls('cloudzero', 'published', values),
};
const described = {
  live: calls.live.map(({ operation }) => operation),
  published: calls.published.map(({ operation }) => operation),
};

const catalogue = cloudzero.operations?.() ?? [];
const placeOf = ({ method, path }: { readonly method: string; readonly path: string }): string =>
  `${method} ${path.replaceAll(/\{[^}]+\}/g, '{}')}`;
const byPlace = new Map(catalogue.map((each) => [placeOf(each), each]));
const byId = new Map(catalogue.map((each) => [each.id, each]));
const entryAt = (each: { readonly method: string; readonly path: string }): NativeOperation => {
  const entry = byPlace.get(placeOf(each));
  if (entry === undefined) throw new TypeError(`the catalogue has no ${placeOf(each)}`);
  return entry;
};

describe('the catalogue', () => {
  test('has every operation of both documents once, under an id of its own', () => {
    const places = new Set([...described.live, ...described.published].map(placeOf));
    expect(places.size).toBe(61);
    expect([...byPlace.keys()].toSorted()).toEqual([...places].toSorted());
    expect(byId.size).toBe(catalogue.length);
  });

  test('shares effect, scope and pauses with the requests that the gateway itself sends', () => {
    for (const each of Object.values(used)) {
      const entry = entryAt(each);
      expect([entry.operation ?? entry.id, entry.effect, entry.scope], placeOf(each)).toEqual([
        each.id,
        each.effect,
        each.scope,
      ]);
    }
  });

  test('charges both cost queries to the allowance of a day, and nothing else', () => {
    const charged = catalogue.filter(({ quota }) => quota !== undefined);
    expect(charged.map(({ id, quota }) => [id, quota])).toEqual([
      ['getBillingCosts', 'cost-queries'],
      ['queryBillingCosts', 'cost-queries'],
    ]);
  });

  test('takes two POSTs for what they are: the published cost query and the check of a billing drop change nothing', () => {
    const reading = catalogue.filter(({ method, effect }) => method !== 'GET' && effect === 'read');
    expect(reading.map(({ id }) => id)).toEqual(['queryBillingCosts', 'validateOneAnyCostStreamConnectionBillingDrop']);
    expect(catalogue.filter(({ method, effect }) => method === 'GET' && effect === 'write')).toEqual([]);
  });

  test('counts on the idempotency key for writes whose every document has it, and for no other', () => {
    const hasKey = ({ headers }: (typeof described.live)[number]) => headers.includes('cloudzero-idempotency-key');
    const without = new Set([...described.live, ...described.published].filter((each) => !hasKey(each)).map(placeOf));
    const keyed = catalogue.filter((each) => each.effect === 'write' && !without.has(placeOf(each)));
    expect(keyed.length).toBeGreaterThan(10);
    expect(catalogue.filter(({ idempotencyHeader }) => idempotencyHeader !== undefined)).toEqual(keyed);
    expect(new Set(keyed.map(({ idempotencyHeader }) => idempotencyHeader))).toEqual(
      new Set(['cloudzero-idempotency-key']),
    );
  });

  test('bounds the bodies of telemetry and of billing drops at 5 MB', () => {
    const bounded = catalogue.filter(({ body }) => body?.bytesMax !== undefined);
    const sent = catalogue.filter(({ area, body }) => (area === 'Telemetry' || area === 'AnyCost') && body !== null);
    expect(bounded).toEqual(sent);
    expect(new Set(bounded.map(({ body }) => body?.bytesMax))).toEqual(new Set([5_000_000]));
  });

  test('takes the body of either dialect where both have the operation', () => {
    const schema = byId.get('createBudget')?.body?.content['application/json'];
    expect(schema).toMatchObject({
      anyOf: [{ required: ['name', 'planned_limits', 'view'] }, { required: ['name', 'amount', 'period'] }],
    });
  });
});

/** Names of things that are there. */
const pathValues: Readonly<Record<string, string>> = {
  budget_id: 'budget-0c41a7',
  insight_id: 'insight-7919',
  view_id: 'view-3d1f0a52',
  connection_id: 'connection-anycost-41d8',
  version: 'latest',
  month: '2026-11',
};

test.each(['live', 'published'] as const)(
  'the sandbox of the %s dialect takes every operation with no more than it requires, and answers as documented',
  async (dialect) => {
    const { send } = await openSandbox(dialect);
    const listed = dialect === 'live' ? (await send('GET', '/v2/optimize/recommendations')).json.recommendations : [];
    const known = { ...pathValues, recommendation_id: listed[0]?.recommendation_id ?? '' };
    const statuses: Record<string, number> = {};
    for (const { operation, query, body } of calls[dialect]) {
      const stream = operation.path.includes('/allocation/') ? 'splits' : 'orders';
      const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => Reflect.get(known, name) ?? stream);
      const headers = body === null ? {} : { 'content-type': body.type };
      statuses[operation.id] = (await send(operation.method, `${path}?${query}`, body?.content, headers)).status;
    }
    expect(statuses).toEqual(Object.fromEntries(calls[dialect].map(({ operation, status }) => [operation.id, status])));
  },
);
