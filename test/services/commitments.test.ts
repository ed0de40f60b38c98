import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Commitment } from '../../src/domain/commitment.ts';
import { metaSchema } from '../../src/domain/meta.ts';
import type { RunningApp } from '../support/app.ts';
import { VirtualClock } from '../support/clock.ts';
import { ToyVendor } from '../support/toy-vendor.ts';
import { startToyVendors } from '../support/toy-vendors-app.ts';

const answerSchema = z.object({ data: z.array(z.object({ id: z.string() })), meta: metaSchema });
const commitment = (nativeId: string, kind: Commitment['kind'], end: string | null): Commitment => ({
  nativeId,
  kind,
  name: nativeId,
  scope: {},
  start: '2026-01-01',
  end,
  coveragePercent: null,
  utilisationPercent: '50',
  percentagesOf: 'commitment',
  cost: null,
  savings: null,
});
const listed = [
  commitment('soon', 'reservation', '2026-12-01'),
  commitment('late', 'reservation', '2027-06-01'),
  commitment('credit', 'prepaid', '2026-11-30'),
  commitment('endless', 'savings-plan', null),
];

let app: RunningApp;
let faults: { path: string; message: string }[];
let calls: number;
beforeEach(async () => {
  faults = [];
  calls = 0;
  const clock = new VirtualClock('2026-11-21T10:00:00Z');
  const list = async () => {
    calls += 1;
    return { items: listed, notes: [], faults };
  };
  const keeping = new ToyVendor(clock, { name: 'keeping', capabilities: { commitments: { list } } });
  const bare = new ToyVendor(clock, { name: 'bare' });
  app = await startToyVendors([keeping, bare], clock);
});
afterEach(() => app.close());
const ask = async (query: string) => {
  const { status, body } = await app.get(`/v1/commitments?${query}`);
  const { data, meta } = answerSchema.parse(body);
  return { status, ids: data.map(({ id }) => id), meta };
};

describe('commitments', () => {
  it.each([
    ['', ['soon', 'late', 'credit', 'endless']],
    ['kind=reservation', ['soon', 'late']],
    ['kind=prepaid&kind=savings-plan', ['credit', 'endless']],
    ['expiresBefore=2026-12-01', ['credit']],
    ['expiresBefore=2026-12-02&kind=reservation', ['soon']],
    ['provider=bare', []],
  ])('are those that %s asks for', async (query, expected) => {
    expect((await ask(query)).ids).toEqual(expected.map((id) => `keeping:${id}`));
  });

  it('are read once for all filters', async () => {
    for (const query of ['', 'kind=prepaid', 'expiresBefore=2026-12-01']) await ask(query);
    expect(calls).toBe(1);
  });

  it('of a vendor that keeps none are absent, which is a note and leaves the answer whole', async () => {
    const { meta } = await ask('');
    expect(meta).toMatchObject({
      complete: true,
      providers: [{ notes: [] }, { notes: [{ code: 'vendor-has-none' }] }],
    });
  });

  it('of which a part could not be read are not the whole list', async () => {
    faults = [{ path: 'reservations 1', message: 'could not be read' }];
    expect((await ask('')).meta).toMatchObject({ complete: false, providers: [{ status: 'partial' }, {}] });
    expect((await app.get('/v1/commitments?strict=true')).status).toBe(502);
  });
});
