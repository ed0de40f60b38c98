import { parseArgs } from 'node:util';
import { runCampaign } from './campaign.ts';
import { sandboxTarget, toyTarget } from './target.ts';

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '100000' },
    seed: { type: 'string' },
    over: { type: 'string', default: 'toys' },
  },
});
if (values.over !== 'toys' && values.over !== 'sandboxes') throw new TypeError('--over is toys or sandboxes');
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
const requests = Number(values.requests);
if (!Number.isSafeInteger(seed) || !Number.isSafeInteger(requests))
  throw new TypeError('--seed and --requests are whole');

const say = (line: string): boolean => process.stdout.write(`${line}\n`);
say(`seed ${seed}, ${requests} requests over ${values.over}`);
const began = performance.now();
const verdict = await runCampaign({
  requests,
  seed,
  open: values.over === 'toys' ? toyTarget : sandboxTarget,
  onProgress: (done) => done % 5_000 === 0 && say(`${done} requests, ${Math.round(performance.now() - began)} ms`),
});
for (const { seed: at, request, faults } of verdict.findings) {
  say(`\n--over ${values.over} --seed ${at} --requests 5000: ${request}\n  ${faults.join('\n  ')}`);
}
const byStatus = new Map<string, number>();
for (const [key, count] of verdict.seen) {
  const status = key.split(' ')[1] ?? '';
  byStatus.set(status, (byStatus.get(status) ?? 0) + count);
}
say(
  [...byStatus]
    .sort()
    .map(([status, count]) => `${status}: ${count}`)
    .join(', '),
);
say(`${verdict.requests} requests, ${verdict.findings.length} findings, seed ${seed}`);
process.exitCode = verdict.findings.length === 0 ? 0 : 1;
