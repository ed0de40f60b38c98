import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { decimal, decimalText, sum } from '../../../src/domain/decimal.ts';
import { type RunningApp, startApp } from '../../../test/support/app.ts';
import { VirtualClock } from '../../../test/support/clock.ts';
import { toy } from '../../../test/support/toy-provider.ts';
import { cloudspend } from '../manifest.ts';

const clock = new VirtualClock();
let app: RunningApp;
beforeAll(async () => {
  app = await startApp([cloudspend], { clock });
});
afterAll(() => app.close());

const answerSchema = z.object({
  data: z.array(
    z.object({ group: z.object({ account: z.string().nullish() }), cost: z.object({ amount: z.string() }) }),
  ),
  meta: z.object({
    complete: z.boolean(),
    providers: z.array(z.object({ status: z.string(), problem: z.object({ detail: z.string() }).optional() })),
  }),
});
const accountsSchema = z.object({
  data: z.array(z.object({ nativeId: z.string(), id: z.string(), kind: z.string(), parentId: z.string().nullable() })),
});
const scopesSchema = z.object({ data: z.array(z.object({ scope: z.object({ account: z.string().optional() }) })) });
const range = 'start=2026-10-01&end=2026-11-01&granularity=total';
const costs = async (query: string) => answerSchema.parse((await app.get(`/v1/costs?${range}&${query}`)).body);
const totalOf = ({ data }: z.output<typeof answerSchema>): string =>
  decimalText(sum(data.map((row) => decimal(row.cost.amount))));
const accounts = async () => accountsSchema.parse((await app.get('/v1/accounts?limit=1000')).body).data;

test('every listed account, on both levels, costs what the accounts below it cost', async () => {
  const listed = await accounts();
  const byAccount = new Map(
    (await costs('groupBy=account')).data.map((row) => [row.group.account, decimal(row.cost.amount)]),
  );
  expect(new Set(listed.map(({ kind }) => kind))).toEqual(new Set(['account', 'sub-account']));
  for (const { nativeId, id, kind } of listed) {
    const below = kind === 'account' ? listed.filter(({ parentId }) => parentId === id) : [{ nativeId }];
    const expected = below.map((each) => byAccount.get(each.nativeId));
    expect(expected.every((amount) => amount !== undefined)).toBe(true);
    const answer = await costs(`account=${nativeId}`);
    expect(answer.meta.complete).toBe(true);
    expect(totalOf(answer)).toBe(decimalText(sum(expected.filter((amount) => amount !== undefined))));
  }
});

test('a cost account beside one of its own billing accounts counts nothing twice', async () => {
  const [parent] = await accounts();
  const child = (await accounts()).find(({ parentId }) => parentId === parent?.id);
  const whole = await costs(`account=${parent?.nativeId}`);
  expect(totalOf(await costs(`account=${parent?.nativeId}&account=${child?.nativeId}`))).toBe(totalOf(whole));
});

test('an account that nobody lists is no account without cost', async () => {
  const answer = await costs('account=4711');
  expect(answer.data).toEqual([]);
  expect(answer.meta.complete).toBe(false);
  expect(answer.meta.providers).toMatchObject([
    { status: 'partial', problem: { detail: expect.stringContaining('4711') } },
  ]);
  const [known] = await accounts();
  const mixed = await costs(`account=${known?.nativeId}&account=4711`);
  expect(mixed.meta.complete).toBe(false);
  expect(totalOf(mixed)).toBe(totalOf(await costs(`account=${known?.nativeId}`)));
});

test('an account of another vendor leaves the answer complete', async () => {
  const both = await startApp([cloudspend, toy], { clock });
  const { body } = await both.get(`/v1/costs?${range}&account=a1`);
  expect(answerSchema.parse(body).meta.complete).toBe(true);
  await both.close();
});

test('the scopes of anomalies, budgets and monitors name listed accounts', async () => {
  const ids = new Set((await accounts()).map(({ nativeId }) => nativeId));
  for (const path of ['/v1/anomalies?start=2026-09-01&detectedBy=vendor&limit=1000', '/v1/budgets']) {
    const named = scopesSchema
      .parse((await app.get(path)).body)
      .data.flatMap(({ scope }) => (scope.account === undefined ? [] : [scope.account]));
    expect(named.length).toBeGreaterThan(0);
    for (const account of named) expect(ids).toContain(account);
  }
});

test('stored costs of a cost account are served while the vendor does not answer', async () => {
  const [parent] = await accounts();
  const before = totalOf(await costs(`account=${parent?.nativeId}`));
  await clock.advance(8 * 3_600_000);
  app.sandboxes.cloudspend?.faults.set([{ path: '/cs/', kind: 'body', status: 400, body: '{"code":400}' }]);
  const answer = await costs(`account=${parent?.nativeId}`);
  app.sandboxes.cloudspend?.faults.clear();
  expect(totalOf(answer)).toBe(before);
});
