import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import type { Anomaly } from '../../../src/domain/nouns.ts';
import { startApp } from '../../../test/support/app.ts';
import { VirtualClock } from '../../../test/support/clock.ts';
import { openSandbox, type SandboxRig } from '../../../test/support/cloudspend-rig.ts';
import { cloudspend } from '../manifest.ts';
import { watchedByChecks } from './checks.ts';

let rig: SandboxRig;
afterEach(() => rig?.close());

const range = { start: '2026-06-01', end: '2026-11-22' };
const list = () => rig.connector.capabilities.anomalies?.list(rig.session, range);
const ofChecks = (items: readonly Anomaly[] = []) => items.filter(({ nativeId }) => nativeId.startsWith('checks:'));

test('what the checks of users found is listed, under the account or cost center of the check', async () => {
  rig = await openSandbox();
  const reading = await list();
  const found = ofChecks(reading?.items);
  expect(reading?.faults).toEqual([]);
  expect(new Set(found.map(({ name }) => name))).toEqual(
    new Set(['Retail watch', 'Workplace watch', 'Commerce watch']),
  );
  expect(found.find(({ name }) => name === 'Retail watch')?.scope).toEqual({ account: '33240000000059001' });
  expect(found.find(({ name }) => name === 'Commerce watch')?.scope).toEqual({ costCenter: '33240000000925017' });
  const read = rig.sandbox.calls.filter(({ path }) => path === '/cs/api/checks/anomaly/data');
  expect(read).toHaveLength(3);
});

test('each has its details from the reads of checks, and similar ones that are listed', async () => {
  rig = await openSandbox();
  const items = (await list())?.items ?? [];
  const ids = new Set(items.map(({ nativeId }) => nativeId));
  for (const { nativeId, expected, day } of ofChecks(items)) {
    const before = rig.sandbox.calls.length;
    const detail = await rig.connector.capabilities.anomalies?.detail?.(rig.session, nativeId);
    const paths = rig.sandbox.calls.slice(before).map(({ path }) => path);
    expect(paths.filter((path) => path.startsWith('/cs/api/checks/anomaly/'))).toHaveLength(3);
    expect(paths.some((path) => path.startsWith('/cs/api/reports/anomaly/'))).toBe(false);
    expect(detail?.history.find((each) => each.day === day)?.expected).toEqual(expected);
    for (const similar of detail?.similar ?? []) expect(ids).toContain(similar.nativeId);
  }
});

test('a check that found nothing costs no call, and one that the vendor lists as well is listed once', async () => {
  rig = await openSandbox();
  const row = {
    checks_id: '13',
    checks_name: 'quiet',
    account_type: 2,
    account_id: '1',
    anomaly_id: '',
    occurrences: 0,
  };
  expect(watchedByChecks({ code: 0, data: [{ id: 0, values: [row] }] }, 'data')).toEqual({ items: [], faults: [] });
  const summary = { summary_data: { Checks: [['Retail watch', 1]] } };
  const listed = { anomalies: { '251': { anomaly_id: '251', anomaly_name: 'Retail watch' } } };
  const path = '/cs/api/reports/anomaly/summary';
  const body = (data: unknown) => ({ kind: 'body' as const, body: JSON.stringify({ code: 0, data }) });
  rig.sandbox.faults.set([
    { path: `${path}/list`, times: 3, ...body(listed) },
    { path, times: 3, ...body(summary) },
  ]);
  const found = (await list())?.items ?? [];
  expect(found.length).toBeGreaterThan(0);
  expect(found.every(({ nativeId }) => nativeId.startsWith('checks:'))).toBe(true);
});

test('a dashboard that cannot be read makes the list partial, not shorter', async () => {
  rig = await openSandbox();
  const refusal = { kind: 'body', status: 400, body: '{"code":400}' } as const;
  rig.sandbox.faults.set([{ path: '/cs/api/cost/anomaly/dashboard', times: 1, ...refusal }]);
  expect((await list())?.faults.map(({ path }) => path)).toEqual(['anomaly dashboard 0 data']);
});

test('anomalies of checks are found by their id over HTTP', async () => {
  const app = await startApp([cloudspend], { clock: new VirtualClock() });
  const schema = z.object({ data: z.array(z.object({ id: z.string(), name: z.string() })) });
  const { data } = schema.parse((await app.get('/v1/anomalies?start=2026-06-01&detectedBy=vendor&limit=1000')).body);
  const [one] = data.filter(({ id }) => id.startsWith('cloudspend:checks:'));
  const { status, body } = await app.get(`/v1/anomalies/${encodeURIComponent(one?.id ?? '')}`);
  expect(status).toBe(200);
  expect(z.object({ data: z.object({ name: z.string() }) }).parse(body).data.name).toBe(one?.name);
  await app.close();
});
