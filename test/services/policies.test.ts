import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { metaSchema } from '../../src/domain/meta.ts';
import type { Policy } from '../../src/domain/policy.ts';
import { VirtualClock } from '../support/clock.ts';
import { ToyVendor } from '../support/toy-vendor.ts';
import { startToyVendors } from '../support/toy-vendors-app.ts';

const answerSchema = z.object({ data: z.array(z.object({ id: z.string() })), meta: metaSchema });
const policy = (nativeId: string, kind: Policy['kind'], status: Policy['status']): Policy => ({
  nativeId,
  name: nativeId,
  kind,
  status,
  nativeStatus: null,
  findings: null,
  value: null,
  threshold: null,
  unit: null,
  scope: {},
  checkedAt: null,
});
const items = [
  policy('a', 'governance', 'ok'),
  policy('b', 'governance', 'violated'),
  policy('c', 'tagging', 'violated'),
  policy('d', 'tagging', 'unknown'),
];

it.each([
  ['', ['a', 'b', 'c', 'd']],
  ['kind=tagging', ['c', 'd']],
  ['status=violated', ['b', 'c']],
  ['status=ok&status=unknown', ['a', 'd']],
  ['status=violated&kind=governance', ['b']],
  ['connection=bare', []],
])('policies are those that %s asks for; a vendor without any has a note', async (query, expected) => {
  const clock = new VirtualClock('2026-11-21T10:00:00Z');
  const list = async () => ({ items, notes: [], faults: [] });
  const keeping = new ToyVendor(clock, { name: 'keeping', capabilities: { policies: { list } } });
  const app = await startToyVendors([keeping, new ToyVendor(clock, { name: 'bare' })], clock);
  onTestFinished(() => app.close());
  const { data, meta } = answerSchema.parse((await app.get(`/v1/policies?${query}`)).body);
  expect(data.map(({ id }) => id)).toEqual(expected.map((id) => `keeping:${id}`));
  expect(meta.complete).toBe(true);
  expect(
    meta.providers.find(({ connection }) => connection === 'bare')?.notes.map(({ code }) => code) ?? [
      'vendor-has-none',
    ],
  ).toEqual(['vendor-has-none']);
});
