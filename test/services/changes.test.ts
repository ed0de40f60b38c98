import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { listChanges } from '../../routes/list-changes.ts';
import { metaSchema } from '../../src/domain/meta.ts';
import { createMemoryStore } from '../../src/store/memory.ts';
import type { RunningApp } from '../support/app.ts';
import { VirtualClock } from '../support/clock.ts';
import { ToyVendor, toyCubes } from '../support/toy-vendor.ts';
import { startToyVendors } from '../support/toy-vendors-app.ts';
import type { WorldRow } from '../support/toy-world.ts';

const answerSchema = z.object({
  data: z.array(z.object({ day: z.string(), connection: z.string() })),
  meta: metaSchema,
});
const hour = 3_600_000;
const day = 24 * hour;

let clock: VirtualClock;
let acme: ToyVendor;
let idle: ToyVendor;
let app: RunningApp;
const open = (store = createMemoryStore(clock)) => startToyVendors([acme, idle], clock, { store });
beforeEach(async () => {
  clock = new VirtualClock('2026-11-21T10:00:00Z');
  acme = new ToyVendor(clock, { name: 'acme', cubes: [toyCubes.range] });
  idle = new ToyVendor(clock, { name: 'idle', cubes: [toyCubes.range] });
  app = await open();
});
afterEach(() => app.close());

const readCosts = () => app.get('/v1/costs?connection=acme&start=2026-11-01');
const rereadCosts = async () => {
  await clock.advance(13 * hour);
  await readCosts();
};
const changes = async (query: string) => {
  const answer = await app.get(`/v1/changes?${query}`);
  expect(answer.status, answer.text).toBe(200);
  expect(listChanges.answers[200]?.schema?.parse(answer.body)).toEqual(answer.body);
  const { data, meta } = answerSchema.parse(answer.body);
  const [provider] = meta.providers;
  return { days: data.map((each) => each.day), meta, status: provider?.status, detail: provider?.problem?.detail };
};
const late = (on: string, count = 1): WorldRow[] =>
  Array.from({ length: count }, (_, index) => ({
    day: on,
    values: { account: `late-${index}`, service: 'late' },
    tags: new Map(),
    units: 1_500_000_000_000_000_000n,
    currency: 'USD',
  }));

describe('GET /v1/changes', () => {
  it('is partial, not empty and complete, where no change could be seen', async () => {
    const { meta } = await changes('since=2026-11-21');
    expect(meta).toMatchObject({
      complete: false,
      providers: [
        { connection: 'acme', status: 'partial', problem: { detail: expect.stringContaining('read a second time') } },
        { connection: 'idle', status: 'partial' },
      ],
    });
    expect((await app.get('/v1/changes?strict=true')).status).toBe(422);
    await readCosts();
    expect((await changes('since=2026-11-21&connection=acme')).status).toBe('partial');
  });

  it('is complete since the first read, once days have been read again', async () => {
    await readCosts();
    await rereadCosts();
    expect(await changes('since=2026-11-21&connection=acme')).toMatchObject({
      days: [],
      meta: { complete: true },
      status: 'fresh',
    });
    expect(await changes('connection=acme')).toMatchObject({
      meta: { complete: false },
      status: 'partial',
      detail: expect.stringContaining('2026-11-21'),
    });
  });

  it('lists what changed, and goes on after a restart', async () => {
    await app.close();
    const store = createMemoryStore(clock);
    app = await open(store);
    await readCosts();
    acme.restate('2026-11-18', (rows) => [...rows, ...late('2026-11-18')]);
    await rereadCosts();
    const before = await changes('since=2026-11-21');
    expect(before.days).toEqual(['2026-11-18']);
    expect(before.meta.providers.map(({ status }) => status)).toEqual(['fresh', 'partial']);
    await app.close();
    app = await open(store);
    expect(await changes('since=2026-11-21')).toEqual(before);
  });

  it('does not know what was seen longer ago than changes are kept', async () => {
    await readCosts();
    await rereadCosts();
    await clock.advance(100 * day);
    expect(await changes('connection=acme')).toMatchObject({ status: 'fresh' });
    expect(await changes('connection=acme&since=2026-11-21')).toMatchObject({
      status: 'partial',
      detail: expect.stringContaining('kept for 90 days'),
    });
  });

  it('says that more changed at once than is kept', async () => {
    await readCosts();
    acme.restate('2026-11-18', (rows) => [...rows, ...late('2026-11-18', 2_100)]);
    await rereadCosts();
    const cut = await changes('connection=acme&since=2026-11-21&limit=1000');
    expect(cut).toMatchObject({ meta: { complete: false }, detail: expect.stringContaining('More changes') });
    await clock.advance(day);
    expect(await changes('connection=acme&since=2026-11-22')).toMatchObject({ days: [], status: 'fresh' });
  });
});
