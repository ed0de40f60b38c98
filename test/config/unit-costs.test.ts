import { describe, expect, it } from 'vitest';
import { configOf, faultsOf, withFile } from './toys.ts';

const key = { TOY_API_KEY: 'key' };
const inFile = (yaml: string) => faultsOf(...withFile(yaml, key));

describe('unit costs of the file', () => {
  it('take their quantity from a stream, or from numbers by month with every digit', () => {
    const yaml = `
unitCosts:
  - id: per-order
    connection: toy
    name: Cost per order
    unit: order
    filters: { service: [database], "tag:team": [a, b] }
    quantity: { metric: { connection: toy, stream: orders } }
  - id: per-seat
    connection: toy
    name: Cost per seat
    unit: seat
    quantity: { months: { 2026-09: 2717, 2026-10: 0.100000000000000000001 } }
`;
    expect(configOf(...withFile(yaml, key)).config.unitCosts).toEqual([
      {
        ...{ id: 'per-order', connection: 'toy', name: 'Cost per order', unit: 'order' },
        filters: { service: ['database'], 'tag:team': ['a', 'b'] },
        quantity: { metric: { connection: 'toy', stream: 'orders' } },
      },
      {
        ...{ id: 'per-seat', connection: 'toy', name: 'Cost per seat', unit: 'seat', filters: {} },
        quantity: { months: { '2026-09': '2717', '2026-10': '0.100000000000000000001' } },
      },
    ]);
  });

  it('are refused field by field', () => {
    const head = 'connection: toy, name: A, unit: u';
    const yaml = `
unitCosts:
  - { id: a, ${head}, quantity: {} }
  - { id: b, ${head}, quantity: { metric: { connection: toy, stream: s }, months: { 2026-10: 1 } } }
  - { id: c, ${head}, quantity: { months: { 2026-10: 0, 2026-13: 1 } } }
  - { id: d, ${head}, quantity: { metric: { connection: nowhere, stream: s } } }
  - { id: e, connection: nowhere, name: A, unit: u, quantity: { months: { 2026-10: 1 } } }
  - { id: f, ${head}, filters: { colour: [red] } }
  - { id: d, ${head}, quantity: { months: { 2026-10: 1 } } }
`;
    expect(inFile(yaml)).toEqual([
      'CONNECTIONS_FILE unitCosts[0].quantity must have metric or months, not both',
      'CONNECTIONS_FILE unitCosts[1].quantity must have metric or months, not both',
      'CONNECTIONS_FILE unitCosts[2].quantity.months.(name not shown) must be a decimal above 0, such as 2717',
      'CONNECTIONS_FILE unitCosts[2].quantity.months.(name not shown) must be a month such as 2026-10',
      'CONNECTIONS_FILE unitCosts[5].filters.colour must be account, service, region, category, resource or tag:<key>',
      'CONNECTIONS_FILE unitCosts[5].quantity is required; it must be a map with metric or months',
      'CONNECTIONS_FILE unitCosts[6].id is the second one named d',
      'CONNECTIONS_FILE unitCosts[3].quantity.metric.connection is not a known connection; known are toy',
      'CONNECTIONS_FILE unitCosts[4].connection is not a known connection; known are toy',
    ]);
  });
});
