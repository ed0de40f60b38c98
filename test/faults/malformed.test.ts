import { describe, expect, test } from 'vitest';
import { oneCall, startFaultRig } from './rig.ts';

/** What no vendor documents, whatever it stands for. */
const bodies: readonly { readonly id: string; readonly what: string; readonly body: string }[] = [
  { id: 'C1', what: 'an empty object', body: '{}' },
  { id: 'C1', what: 'null', body: 'null' },
  { id: 'C1', what: 'a number', body: '7' },
  { id: 'C1', what: 'a list where an object is due', body: '[]' },
  { id: 'C1', what: 'an object where lists are due', body: '{"instances":{},"costs":{},"data":{},"dimensions":{}}' },
  {
    id: 'C1',
    what: 'nulls where figures are due',
    body: '{"instances":[null],"costs":null,"data":null,"total_ecu":null}',
  },
  {
    id: 'C1',
    what: 'rows that are no rows',
    body: '{"instances":[7,null,"x"],"costs":[7,null,"x"],"data":[7,null,"x"]}',
  },
  {
    id: 'C2',
    what: 'a figure that is no number',
    body: '{"instances":[{"id":"a","total_ecu":NaN}],"costs":[{"cost":NaN}]}',
  },
  {
    id: 'C2',
    what: 'a figure beyond every range',
    body: '{"instances":[{"id":"a","total_ecu":1e400}],"costs":[{"cost":1e400}]}',
  },
  {
    id: 'C9',
    what: 'names of prototypes',
    body: '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
  },
  { id: 'C10', what: 'depth without end', body: '['.repeat(100_000) },
  { id: 'C10', what: 'lone surrogates', body: '{"instances":[{"id":"\\ud800","name":"\\udfff"}]}' },
  { id: 'C10', what: 'a byte order mark and nothing', body: '\ufeff' },
  { id: 'C12', what: 'an error at 200', body: '{"error":"INTERNAL","error_code":1,"message":"no"}' },
  {
    id: 'C13',
    what: 'markup and control characters',
    body: '{"message":"<script>canary</script>\\r\\nset-cookie: x\\u001b[31m"}',
  },
];

const vendors = [
  { name: 'elastic', path: '/api' },
  { name: 'cloudzero', path: '/v2' },
  { name: 'cloudspend', path: '/cs' },
] as const;

const ways = vendors.flatMap((vendor) => bodies.map((body) => ({ ...vendor, ...body })));

describe('an answer of a shape that no vendor documents', () => {
  test.each(ways)('$id $name sends $what: said, bounded, never a fault of ours', async ({ name, path, body }) => {
    const { ask, vendor } = await startFaultRig({ vendors: [name] });
    vendor.sandbox.faults.set([{ kind: 'body', path, body }]);
    const answer = await ask();
    expect([200, 429, 502, 503, 504]).toContain(answer.status);
    expect(answer.problem).not.toBe('internal');
    // Nothing that could be read is no report of nothing spent.
    expect(answer.body.meta.complete).toBe(false);
    expect(answer.text).not.toContain('canary');
    expect(vendor.calls('/oauth')).toBeLessThanOrEqual(12);
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(new Map(Object.entries({})).get('polluted')).toBeUndefined();
  });

  test.each(vendors)(
    'F10 $name: what could not be read never takes the place of what could',
    async ({ name, path }) => {
      const { ask, vendor, clock, expiredMs } = await startFaultRig({ vendors: [name] });
      const good = await ask();
      expect(good.body.meta.complete).toBe(true);
      await clock.advance(expiredMs);
      vendor.sandbox.faults.set([{ kind: 'body', path, body: '{"unheard":["of"],"code":0}' }]);
      const bad = await ask();
      expect(bad.status).toBe(200);
      expect(bad.body.data).toEqual(good.body.data);
      vendor.sandbox.faults.clear();
      await clock.advance(expiredMs);
      expect((await ask(oneCall)).body.meta.complete).toBe(true);
    },
  );
});
