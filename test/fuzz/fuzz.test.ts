import { expect, test } from 'vitest';
import { operations } from '../../routes/index.ts';
import { type Finding, runCampaign, type Verdict } from './campaign.ts';
import { sandboxTarget, toyTarget } from './target.ts';

const requests = 2000;

const told = ({ seed, request, faults }: Finding): string => `seed ${seed}: ${request}\n${faults.join('\n')}`;

const countOf = ({ seen }: Verdict, status: RegExp): number =>
  [...seen].filter(([key]) => status.test(key)).reduce((sum, [, count]) => sum + count, 0);

test('nothing that can be asked gets an answer that the document does not allow', { timeout: 120_000 }, async () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  const verdict = await runCampaign({ open: toyTarget, requests: requests / 2, seed });
  expect(verdict.findings.map(told), `npm run fuzz -- --requests ${requests / 2} --seed ${seed}`).toEqual([]);
  expect(verdict.requests).toBe(requests / 2);
});

test('each operation is reached, and so is each kind of answer', async () => {
  const verdict = await runCampaign({ open: toyTarget, requests, seed: 20_261_121 });
  const unreached = operations.filter(({ id }) => countOf(verdict, new RegExp(`^${id} 2`)) === 0);
  expect(unreached.map(({ id }) => id)).toEqual([]);
  for (const status of [200, 201, 204, 304, 400, 404, 405, 406, 422])
    expect(countOf(verdict, new RegExp(` ${status}$`)), String(status)).toBeGreaterThan(0);
  expect(countOf(verdict, / 2\d\d$/)).toBeGreaterThan(verdict.requests / 4);
  expect(countOf(verdict, / 4\d\d$/)).toBeGreaterThan(verdict.requests / 4);
});

test('equal seeds ask the same', async () => {
  const one = await runCampaign({ open: toyTarget, requests: 100, seed: 4 });
  expect(await runCampaign({ open: toyTarget, requests: 100, seed: 4 })).toEqual(one);
  expect(await runCampaign({ open: toyTarget, requests: 100, seed: 5 })).not.toEqual(one);
});

test('nor over the sandboxes of all vendors, asked as processes', { timeout: 120_000 }, async () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  const verdict = await runCampaign({ open: sandboxTarget, requests: 60, seed });
  expect(verdict.findings.map(told), `npm run fuzz -- --over sandboxes --requests 60 --seed ${seed}`).toEqual([]);
});
