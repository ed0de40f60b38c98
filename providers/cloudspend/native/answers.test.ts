import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  type Asking,
  badRequest,
  operations,
  requestOf,
  startAsking,
  withQuery,
} from '../../../test/support/cloudspend-operations.ts';
import type { Received } from '../sandbox/test-client.ts';

/** The catalogue and the simulated vendor. That answers are as documented is checked after each test, for every answer. */

let vendor: Asking;
beforeAll(async () => {
  vendor = await startAsking();
});
afterAll(() => vendor.close());

const eventsSchema = z.object({ anomalies: z.array(z.object({ detected_time: z.string() })) });
const listSchema = z.object({ anomalies: z.record(z.string(), z.unknown()) });
const checksSchema = z.array(z.object({ values: z.array(z.object({ anomaly_id: z.string() })) }));

/** An event of each kind that the sandbox has, for the operations that ask for one. */
const eventOf = async (kind: 'check' | 'anomaly') => {
  const year = { start_date: '2026-01-01', end_date: '2026-11-01' };
  const [list, data] =
    kind === 'check'
      ? (['get-anomaly-detection-dashboard', 'get-anomaly-historical-data-and-timeline'] as const)
      : (['get-anomaly-detection-list-by-category', 'get-detailed-anomaly-analysis-data'] as const);
  const [anomaly_id] =
    kind === 'check'
      ? ((await vendor.read(checksSchema, list, year))[0]?.values.map((each) => each.anomaly_id) ?? [])
      : Object.keys((await vendor.read(listSchema, list, year)).anomalies);
  const { anomalies } = await vendor.read(eventsSchema, data, { ...year, anomaly_id });
  return { anomaly_id, detected_time: anomalies[0]?.detected_time };
};

const download = 'download-tagging-compliance-report-file';

/** Their samples have no envelope; one says `status` in its place. */
const withoutCode = ['create-custom-tagging-compliance-report', 'get-spend-analysis-panel-for-solution-reports'];
const standIn = /resource\/tag:name|ACTUAL_[A-Z]+_|\[object/;

const isSuccess = (id: string, { status, contentType, bytes }: Received): boolean => {
  if (status !== 200 || standIn.test(bytes.toString())) return false;
  if (contentType === 'application/zip') return true;
  const envelope = z.object({ code: z.literal(0) }).safeParse(JSON.parse(bytes.toString()));
  return envelope.success !== withoutCode.includes(id);
};

test('each operation, with what it requires, is answered with a success and no stand-in', async () => {
  const [check, anomaly] = [await eventOf('check'), await eventOf('anomaly')];
  const wrong: string[] = [];
  for (const [id, { path }] of operations) {
    const answer = await vendor.ask(id, path.startsWith('/cs/api/checks/') ? check : anomaly);
    if (!isSuccess(id, answer)) wrong.push(`${id}: ${answer.status} ${answer.bytes}`);
  }
  expect(wrong).toEqual([]);
  expect(operations.size).toBe(289);
});

test('an operation whose answer is not described gives the bare envelope', async () => {
  const silent = [...operations.values()].filter(({ id, answers }) => answers.length === 0 && id !== download);
  expect(silent).toHaveLength(13);
  for (const { id } of silent) expect((await vendor.send(requestOf(id))).json).toEqual({ code: 0, message: 'success' });
});

describe('what is missing or malformed is refused', () => {
  test('a required parameter', async () => {
    const sent = withQuery('get-tagging-compliance-summary-metrics', 'business_unit_id', null);
    expect(await vendor.send(sent)).toEqual(badRequest);
  });

  test('a required member of a body, and a body that is no object', async () => {
    const { path, method } = requestOf('create-a-new-user-group');
    for (const body of ['{"name":"Finance"}', '[]', null]) {
      expect(await vendor.send({ method, path, body })).toEqual(badRequest);
    }
  });

  test('a plain array in any JSONString', async () => {
    const takers = [...operations.values()].filter(({ parameters }) =>
      parameters.some(({ name, required }) => name === 'JSONString' && required),
    );
    expect(takers).toHaveLength(21);
    for (const { id } of takers) {
      const answer = await vendor.send(withQuery(id, 'JSONString', '["33240000000059001"]'));
      expect(answer).toEqual({ status: 400, json: { message: 'Invalid JSONString parameter format', code: 1 } });
    }
  });

  test('an object where the one parameter that takes a bare array is asked', async () => {
    const sent = withQuery('get-available-tags-for-cost-allocation-hierarchy', 'cost_account_ids', '{}');
    expect(await vendor.send(sent)).toEqual(badRequest);
  });

  test('a page that is no number', async () => {
    for (const [id, name] of [
      ['get-unbilled-resources-tagging-compliance-details', 'pageNumber'],
      ['get-billed-resources-for-default-tagging-compliance-report', 'offset'],
      ['get-custom-dashboards-list', 'limit'],
    ] as const) {
      expect(await vendor.send(withQuery(id, name, 'first'))).toEqual(badRequest);
    }
  });

  test('tags in the widgets of solution reports, which fail with 500, but not in their grouping', async () => {
    const cost_tags = [{ v: 2, id: '33240000000087003' }];
    const widgets = [...operations.values()].filter(({ note }) => note?.includes('status 500'));
    expect(widgets).toHaveLength(5);
    for (const { id } of widgets) expect((await vendor.ask(id, { cost_tags })).status).toBe(500);
    const grouped = await vendor.ask('get-resource-explorer-grouped-data-for-named-solution-report', { cost_tags });
    expect(grouped.status).toBe(200);
  });
});
