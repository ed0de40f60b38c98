import { crc32 } from 'node:zlib';
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

/** Operations that are unlike the others, as the simulated vendor answers them. */

let vendor: Asking;
beforeAll(async () => {
  vendor = await startAsking();
});
afterAll(() => vendor.close());

describe('operations unlike all others', () => {
  test('a download is a ZIP file with one file in it', async () => {
    const { bytes, contentType } = await vendor.ask('download-tagging-compliance-report-file');
    const name = 'compliance.csv';
    const start = 30 + name.length;
    const content = bytes.subarray(start, start + bytes.readUInt32LE(18));
    expect(contentType).toBe('application/zip');
    expect(bytes.readUInt32LE(0)).toBe(0x04034b50);
    expect(bytes.subarray(30, start).toString()).toBe(name);
    expect(content.toString()).toMatch(/^Resource,Service,Cost\n/);
    expect(bytes.readUInt32LE(14)).toBe(crc32(content));
    // The end points to the directory, which begins after the file.
    expect(bytes.readUInt32LE(bytes.length - 6)).toBe(start + content.length);
    expect(bytes.readUInt32LE(start + content.length)).toBe(0x02014b50);
  });

  test('a GET wants a body, and the operation named in its note does the same without', async () => {
    const id = 'get-tags-for-specific-resource';
    const other = 'get-comprehensive-resource-tags-data';
    const sent = requestOf(id);
    expect(sent).toMatchObject({ method: 'GET', body: expect.stringMatching(/^\{"cost_account_id":"\d+"\}$/) });
    expect(await vendor.send({ ...sent, body: null })).toEqual(badRequest);
    expect(operations.get(id)?.note).toContain(other);
    expect(await vendor.send(sent)).toEqual(await vendor.send(requestOf(other)));
  });

  test('a DELETE takes its id in the query and nowhere else', async () => {
    const id = 'delete-a-permission-boundary';
    const sent = withQuery(id, 'tag_id', null);
    expect(requestOf(id)).toMatchObject({ method: 'DELETE', body: null });
    expect(await vendor.send({ ...sent, body: '{"tag_id":"33240000000087003"}' })).toEqual(badRequest);
    expect(await vendor.send(withQuery(id, 'tag_id', '33240000000087003'))).toEqual({
      status: 200,
      json: { message: 'success', code: 0 },
    });
  });

  test('ids that a double would round are texts', async () => {
    const { return_data } = await vendor.read(
      z.object({ return_data: z.array(z.object({ id: z.string() })) }),
      'get-comprehensive-resource-tags-data',
    );
    expect(return_data[0]?.id).toMatch(/^\d{17}$/);
  });
});

describe('the five ways to page', () => {
  test('most lists have none', async () => {
    const id = 'get-all-custom-user-roles';
    expect(operations.get(id)?.parameters).toEqual([]);
    expect((await vendor.ask(id)).status).toBe(200);
  });

  test('pageNumber begins at 0 and ends where has_more is false', async () => {
    const page = z.object({ page_number: z.number(), has_more: z.boolean(), data: z.array(z.unknown()) });
    const id = 'get-governance-billed-resource-details-for-rca';
    const pages = await Promise.all(['0', '1', '2'].map((pageNumber) => vendor.read(page, id, { pageNumber })));
    expect(pages.map(({ page_number, has_more, data }) => [page_number, has_more, data.length])).toEqual([
      [0, true, 1],
      [1, false, 1],
      [2, false, 0],
    ]);
  });

  test('offset begins at 0', async () => {
    const id = 'get-unbilled-resources-for-default-tagging-compliance-report';
    const names = operations
      .get(id)
      ?.parameters.filter(({ required }) => required)
      .map(({ name }) => name);
    expect(names).toEqual(['business_unit_id', 'billed_account_id', 'offset', 'limit']);
    expect((await vendor.ask(id, { offset: '20', limit: '20' })).status).toBe(200);
  });

  test('start and limit cut a part out, and a limit of 0 is none', async () => {
    const rows = z.object({ return_data: z.array(z.object({ id: z.string() })) });
    const idsOf = async (start: string, limit: string) =>
      (await vendor.read(rows, 'get-custom-dashboards-list', { start, limit })).return_data.map(({ id }) => id);
    expect(await idsOf('0', '0')).toEqual(['1', '2', '3']);
    expect(await idsOf('1', '1')).toEqual(['2']);
    expect(await idsOf('3', '10')).toEqual([]);
  });

  test('a page of -1 in the body is everything, whose months are read by id', async () => {
    const list = z.object({ resources: z.array(z.object({ id: z.string() })) });
    const id = 'get-cost-centers-resource-count-with-cost-breakdown';
    const { resources } = await vendor.read(list, id, { page: -1 });
    expect(resources).toHaveLength(1);
    expect((await vendor.read(list, id, { page: 2 })).resources).toEqual([]);
    const months = await vendor.read(
      z.object({ return_data: z.object({ values: z.record(z.string(), z.object({ id: z.string() })) }) }),
      'get-cost-centers-resource-monthly-cost-breakdown',
      { resource_ids: [...resources.map((each) => each.id), '33240000000087011'] },
    );
    expect(Object.keys(months.return_data.values)).toEqual([resources[0]?.id, '33240000000087011']);
  });
});
