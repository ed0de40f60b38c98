import { createHash } from 'node:crypto';
import { systemClock } from '../../src/domain/clock.ts';
import { authenticator } from '../../src/server/identity/caller-auth.ts';

/** Tests by Welch's t whether the response time for a wrong key depends on how much of it is right. */
const samples = Number(process.env.BENCH_SAMPLES ?? 20_000);
const key = 'c0ffee5eed'.repeat(6);
const digest = createHash('sha256').update(key).digest('hex');
const authenticate = authenticator({
  mode: 'keys',
  keys: [{ name: 'bench', digest, scopes: ['read'] }],
  clock: systemClock,
});
const kinds = { 'first byte wrong': `x${key.slice(1)}`, 'last byte wrong': `${key.slice(0, -1)}x` };

const refuse = async (sent: string): Promise<number> => {
  const headers = new Map([['x-api-key', [sent]]]);
  const began = process.hrtime.bigint();
  await authenticate(headers).catch(() => null);
  return Number(process.hrtime.bigint() - began);
};

const times = new Map<string, number[]>(Object.keys(kinds).map((name) => [name, []]));
for (let round = 0; round < samples + 1_000; round += 1) {
  const entries = Object.entries(kinds);
  for (const [name, sent] of round % 2 === 0 ? entries : entries.toReversed()) {
    const took = await refuse(sent);
    if (round >= 1_000) times.get(name)?.push(took);
  }
}

/** Drops the slowest tenth, which is noise of the machine. */
const steady = (values: readonly number[]): number[] =>
  values.toSorted((left, right) => left - right).slice(0, Math.floor(values.length * 0.9));
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const variance = (values: readonly number[]): number => {
  const middle = mean(values);
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1);
};
const [first = [], last = []] = [...times.values()].map(steady);
const t = (mean(first) - mean(last)) / Math.sqrt(variance(first) / first.length + variance(last) / last.length);
for (const [name, values] of times) {
  const sorted = steady(values);
  process.stdout.write(
    `${name}: median ${sorted[Math.floor(sorted.length / 2)]} ns, mean ${mean(sorted).toFixed(0)} ns of ${values.length} samples\n`,
  );
}
process.stdout.write(`Welch's t ${t.toFixed(2)}; below 4.5 the two cannot be told apart\n`);
