import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { metaSchema } from '../../src/domain/meta.ts';
import { tagCoverageSchema } from '../../src/domain/tag-coverage.ts';
import type { Cube, SourceCost } from '../../src/vendor/contract/contract.ts';
import { Failure } from '../../src/vendor/kit/index.ts';
import type { RunningApp } from '../support/app.ts';
import { VirtualClock } from '../support/clock.ts';
import { ToyVendor, toyCubes } from '../support/toy-vendor.ts';
import { startToyVendors } from '../support/toy-vendors-app.ts';

const answerSchema = z.object({ data: z.array(tagCoverageSchema), meta: metaSchema });
const tagged: Cube = { ...toyCubes.range, dimensions: ['service'], optional: ['tag'], optionalMax: 1 };
const usd = (amount: string) => ({ amount, currency: 'USD' });
const range = 'start=2026-10-01&end=2026-11-01';

let app: RunningApp;
let vendor: ToyVendor;
let bare: ToyVendor;
let keys: readonly string[];
/** Per tag dimension: the value, amount and currency of each row. */
let rows: Record<string, readonly (readonly [value: string | null, amount: string, currency: string])[]>;
let listing: () => void;
beforeEach(async () => {
  keys = ['env', 'team'];
  listing = () => undefined;
  rows = {
    'tag:env': [
      ['prod', '0.1', 'USD'],
      ['test', '0.2', 'USD'],
      [null, '0.6', 'USD'],
      [null, '5', 'EUR'],
    ],
    'tag:team': [['core', '-0.1', 'USD']],
  };
  const clock = new VirtualClock('2026-11-21T10:00:00Z');
  vendor = new ToyVendor(clock, {
    name: 'tagged',
    cubes: [tagged],
    capabilities: {
      dimensions: {
        list: async () => {
          listing();
          return { items: ['service', ...keys.map((key) => `tag:${key}` as const)], notes: [], faults: [] };
        },
      },
    },
  });
  vendor.rewrite = (_rows, question) => {
    const tag = question.dimensions.find((dimension) => dimension.startsWith('tag:')) ?? '';
    return (rows[tag] ?? []).map(
      ([value, amount, currency]): SourceCost => ({
        day: '2026-10-05',
        values: question.dimensions.map((dimension) => (dimension === tag ? value : 'storage')),
        amount,
        currency,
      }),
    );
  };
  bare = new ToyVendor(clock, { name: 'bare' });
  app = await startToyVendors([vendor, bare], clock);
});
afterEach(() => app.close());
const ask = async (query = '') => {
  const { status, body, text } = await app.get(`/v1/tag-coverage?${range}&${query}`);
  expect(status, text).toBe(200);
  return answerSchema.parse(body);
};
const own = { provider: 'tagged', connection: 'tagged' };

describe('tag coverage', () => {
  it('is exact, for each key and currency', async () => {
    const { data, meta } = await ask();
    expect(data).toEqual([
      {
        key: 'env',
        ...own,
        taggedCost: { amount: '0', currency: 'EUR' },
        totalCost: { amount: '5', currency: 'EUR' },
        coveragePercent: '0',
      },
      { key: 'env', ...own, taggedCost: usd('0.3'), totalCost: usd('0.9'), coveragePercent: '33.33' },
      { key: 'team', ...own, taggedCost: usd('-0.1'), totalCost: usd('-0.1'), coveragePercent: '100' },
    ]);
    expect(meta.complete).toBe(true);
  });

  it('of a vendor without tags has no row and a note, and takes no call', async () => {
    const { meta } = await ask();
    expect(meta.providers[1]).toMatchObject({ connection: 'bare', status: 'fresh', notes: [{ code: 'no-tags' }] });
    expect(bare.calls).toBe(0);
  });

  it('of a vendor without tags points to its policies where it has any', async () => {
    const clock = new VirtualClock('2026-11-21T10:00:00Z');
    const list = async () => ({ items: [], notes: [], faults: [] });
    const checking = new ToyVendor(clock, { name: 'checking', capabilities: { policies: { list } } });
    await app.close();
    app = await startToyVendors([checking, new ToyVendor(clock, { name: 'bare' })], clock);
    expect((await ask()).meta.providers.map(({ notes }) => notes.map(({ message }) => message))).toEqual([
      ['its costs cannot be told apart by tags; what it checks about tags is a policy'],
      ['its costs cannot be told apart by tags'],
    ]);
  });

  it('of one key asks for no other, and names it as missing where it is not listed', async () => {
    expect((await ask('key=team')).data.map(({ key }) => key)).toEqual(['team']);
    expect(vendor.calls).toBe(1);
    const { data, meta } = await ask('key=owner');
    expect(data).toEqual([]);
    expect(meta.providers[0]).toMatchObject({ status: 'fresh', missing: ['tag:owner'] });
    expect(vendor.calls).toBe(1);
  });

  it('has no percentage of a total of zero', async () => {
    rows['tag:team'] = [
      ['core', '1', 'USD'],
      [null, '-1', 'USD'],
    ];
    expect((await ask('key=team')).data).toMatchObject([{ totalCost: usd('0'), coveragePercent: null }]);
  });

  it('of more than ten keys is refused, and of ten of them is not', async () => {
    keys = Array.from({ length: 11 }, (_, index) => `key-${String(index).padStart(2, '0')}`);
    expect((await app.get(`/v1/tag-coverage?${range}`)).status).toBe(422);
    expect(vendor.calls).toBe(0);
    await ask(
      keys
        .slice(1)
        .map((key) => `key=${key}`)
        .join('&'),
    );
  });

  it('names a vendor whose keys or costs cannot be read, and is not complete', async () => {
    listing = () => {
      throw new Failure('vendor-unavailable', { public: 'gone' });
    };
    expect((await ask()).meta).toMatchObject({
      complete: false,
      providers: [{ status: 'failed' }, { status: 'fresh' }],
    });
    expect((await app.get(`/v1/tag-coverage?${range}&strict=true`)).status).toBe(502);
    expect((await app.get(`/v1/tag-coverage?${range}&connection=tagged`)).status).toBe(502);
  });

  it('is not complete where a currency cannot be converted', async () => {
    const { data, meta } = await ask('currency=USD&key=env');
    expect(data.map(({ totalCost }) => totalCost)).toContainEqual({ amount: '5', currency: 'EUR' });
    expect(meta).toMatchObject({ complete: false, conversions: [] });
    expect((await app.get(`/v1/tag-coverage?${range}&currency=USD&key=env&strict=true`)).status).toBe(422);
  });

  it('fails with its vendor where costs cannot be read, and there is no other', async () => {
    vendor.rewrite = () => {
      throw new Failure('vendor-unavailable', { public: 'gone' });
    };
    expect((await app.get(`/v1/tag-coverage?${range}&connection=tagged`)).status).toBe(502);
    expect((await ask()).meta).toMatchObject({
      complete: false,
      providers: [{ status: 'failed' }, { status: 'fresh' }],
    });
  });
});
