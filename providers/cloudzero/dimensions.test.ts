import { describe, expect, test } from 'vitest';
import type { Dimension } from '../../src/domain/dimension.ts';
import { groupingOf, indexDimensions, listDimensions } from './dimensions.ts';

describe('dimensions', () => {
  const index = indexDimensions(
    [
      'Account',
      'Service',
      'Region',
      'Tag:Team',
      'Tag:resource',
      'Tag:kubernetes.io/app:web',
      'User:Defined:Team',
      'User:Defined:Product',
      'CZ:Defined:UsageFamily',
      'CZ:Defined:ResourceId',
      'CloudProvider',
      'Tag:__proto__',
      'Tag:',
    ].map((id) => ({ id, name: id })),
  );
  const columnsOf = (...dimensions: Dimension[]) => groupingOf(dimensions, index).columns.map((column) => column.id);

  test('ours lead to the organisation’s', () => {
    expect(columnsOf('account', 'service', 'region', 'category', 'resource', 'cloud')).toEqual([
      'Account',
      'Service',
      'Region',
      'CZ:Defined:UsageFamily',
      'CZ:Defined:ResourceId',
      'CloudProvider',
    ]);
    expect(columnsOf('tag:Team', 'tag:Product', 'tag:User:Defined:Team', 'tag:CloudProvider')).toEqual([
      'Tag:Team',
      'User:Defined:Product',
      'User:Defined:Team',
      'CloudProvider',
    ]);
    expect(columnsOf('tag:__proto__', 'tag:kubernetes.io/app:web')).toEqual([
      'Tag:__proto__',
      'Tag:kubernetes.io/app:web',
    ]);
  });

  test('each of the organisation’s is listed under a name that leads back to it', () => {
    const listed = listDimensions(index);
    expect(listed.items).toEqual([
      'account',
      'service',
      'region',
      'tag:Team',
      'tag:resource',
      'tag:kubernetes.io/app:web',
      'tag:User:Defined:Team',
      'tag:Product',
      'category',
      'resource',
      'cloud',
      'tag:__proto__',
      'tag:Tag:',
    ]);
    expect(columnsOf(...listed.items)).toEqual(index.columns.map((column) => column.id));
    expect(listed.faults).toEqual([]);
  });

  test('two names for one column ask for it once', () => {
    const found = groupingOf(['category', 'tag:CZ:Defined:UsageFamily'], index);
    expect(found.columns).toHaveLength(1);
    expect(found.positions).toEqual([0, 0]);
  });

  test('an organisation without usage family or resources has neither', () => {
    const plain = indexDimensions([
      { id: 'Tag:Resource', name: 'Resource' },
      { id: 'Service', name: 'Service' },
    ]);
    expect(groupingOf(['category', 'resource'], plain)).toMatchObject({
      columns: [],
      positions: [null, null],
      notes: [{ code: 'dimension-unknown' }, { code: 'dimension-unknown' }],
    });
  });

  test('a usage family may be told by its display name', () => {
    const custom = indexDimensions([{ id: 'User:Defined:UF', name: 'Usage Family' }]);
    expect(groupingOf(['category'], custom).columns[0]?.id).toBe('User:Defined:UF');
  });
});
