import { describe, expect, test } from 'vitest';
import { operations as used } from '../catalogue.ts';
import { cloudspend } from '../manifest.ts';
import { callsPerOperation } from '../requests.ts';

const operations = cloudspend.operations?.() ?? [];
const root = '/cs/api/cost/';

/**
 * What only reads although it is sent by POST, below `/cs/api/cost/`. Each returns figures, lists or tags and is
 * described as doing nothing else. Every other POST creates, changes, runs, schedules or mails something.
 */
const readingPosts: Readonly<Record<string, readonly string[]>> = {
  accounts: [
    'accounts_splitup',
    'common_widget_api',
    'cost_by_instance',
    'cost_by_resource',
    'entity_forecast',
    'group_by_property',
    'incurred_cost',
    'resource_count',
    'resource_explorer/ri_list',
    'resource_explorer/ri_resouce_trend_chart',
    'resource_pagination',
    'spend_analysis_panel',
    'trend_box',
  ],
  cost_centers: [
    'accounts_splitup',
    'common_widget_api',
    'cost_by_instance',
    'cost_by_resource',
    'group_by_property',
    'resource_count',
    'resource_pagination',
    'spend_analysis_panel',
    'trend_box',
  ],
  custom_report: [
    'accounts_splitup',
    'common_widget_api',
    'cost_by_resource',
    'ri_splitup',
    'ri_top_region_list',
    'ri_top_service_list',
    'ri_trend_chart',
    'spend_analysis_panel',
    'trend_box',
  ],
  sol_reports: [
    'accounts_splitup',
    'common_widget_api',
    'cost_by_instance',
    'cost_by_resource',
    'group_by_property',
    'resource_count',
    'resource_pagination',
    'spend_analysis_panel',
    'trend_box',
  ],
  governance: [
    'resource/{resource_id}/data_transfer',
    'resource/{resource_id}/tags',
    'ri_list',
    'ri_resouce_trend_chart',
  ],
  'reports/unit/economics': ['list', 'resource/list', 'resource/trend'],
  'admin/tag/virtual': ['list'],
  savings: ['overall'],
  '': ['resource/{resource_id}/tags', 'resources_list', 'ri_list', 'ri_resouce_trend_chart', 'show_more_tags'],
};

describe('the catalogue', () => {
  test('has every operation of the document, and none of the accounts server', () => {
    expect(operations).toHaveLength(289);
    expect(operations.filter(({ path }) => !path.startsWith('/cs/api/'))).toEqual([]);
  });

  test('has the reading POSTs of the list above and no others', () => {
    const listed = Object.entries(readingPosts).flatMap(([page, paths]) =>
      paths.map((path) => `${root}${page === '' ? '' : `${page}/`}${path}`),
    );
    const found = operations.filter(({ method, effect }) => method !== 'GET' && effect === 'read');
    expect(found.map(({ path }) => path).toSorted()).toEqual(listed.toSorted());
    expect(found.every(({ method }) => method === 'POST')).toBe(true);
  });

  test('has no GET that writes, and nothing that writes with the Read scope', () => {
    expect(operations.filter(({ method, effect }) => method === 'GET' && effect !== 'read')).toEqual([]);
    const writes = operations.filter(({ effect }) => effect === 'write');
    expect(writes.filter(({ scope }) => scope === 'CloudSpend.Internal.Read')).toEqual([]);
  });

  test('names a full scope for each, which fits the method', () => {
    const kinds = new Map([
      ['GET', ['Read']],
      ['POST', ['Read', 'Create']],
      ['PUT', ['Update']],
      ['DELETE', ['Delete']],
    ]);
    const odd = operations.filter(
      ({ method, scope }) => !kinds.get(method)?.some((kind) => scope === `CloudSpend.Internal.${kind}`),
    );
    expect(odd.map(({ id }) => id)).toEqual([]);
  });

  test('says of a POST that reads with the Create scope that it does', () => {
    const silent = operations.filter(
      ({ effect, scope, note }) =>
        effect === 'read' && scope === 'CloudSpend.Internal.Create' && note?.includes('Create scope') !== true,
    );
    expect(silent.map(({ id }) => id)).toEqual([]);
  });

  test('tells clones apart by their titles', () => {
    const titles = operations.map(({ title }) => title.toLowerCase());
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
  });

  test('refers in its notes to operations that it has', () => {
    const ids = new Set(operations.map(({ id }) => id));
    const named = operations.flatMap(({ note = '' }) => [...note.matchAll(/`([a-z]+(?:-[a-z0-9]+){2,})`/g)]);
    expect(named.length).toBeGreaterThan(50);
    expect(named.map(([, id = '']) => id).filter((id) => !ids.has(id))).toEqual([]);
  });

  test('repeats no text of the vendor that addresses automated readers', () => {
    const shouted = /AGENT|NEVER|REMINDER|CRITICAL|FORBIDDEN|WRONG_|CORRECT_|MCP|EXAMPLE TEMPLATE/;
    expect(operations.filter((operation) => shouted.test(JSON.stringify(operation))).map(({ id }) => id)).toEqual([]);
  });

  test('shares pauses and the pace of an operation with the requests of the gateway', () => {
    const { refreshAccessToken: _token, ...own } = used;
    const shared = Object.values(own).map(({ id, method, path, effect, scope }) => {
      const native = operations.find((each) => (each.operation ?? each.id) === id);
      expect(native).toMatchObject({ method, path, effect, scope });
      return native?.quota;
    });
    expect(new Set(shared)).toEqual(new Set([callsPerOperation.name]));
    expect(operations.filter(({ quota }) => quota !== callsPerOperation.name)).toEqual([]);
  });
});
