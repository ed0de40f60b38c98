import { parseArgs } from 'node:util';
import { systemClock } from '../../src/domain/clock.ts';
import { runCampaign } from './campaign.ts';

/**
 * `node bench/writes/report.ts [--writes 10000] [--seed 1]`: checks that no write is done twice or lost, with faults at
 * twelve points. Prints the seed, which repeats the run. Exits with 1 if a promise is broken.
 */
const { values } = parseArgs({
  options: { writes: { type: 'string', default: '10000' }, seed: { type: 'string' } },
});
const seed = values.seed === undefined ? systemClock.now() % 1_000_000 : Number(values.seed);
const begun = systemClock.monotonic();
const report = await runCampaign({ writes: Number(values.writes), seed });

const columns = [45, 8, 8, 8, 9, 10] as const;
const line = (...cells: readonly (string | number)[]): string =>
  cells
    .map((cell, index) => (index === 0 ? String(cell).padEnd(columns[0]) : String(cell).padStart(columns[index] ?? 8)))
    .join('');
const out = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

out(`seed ${seed}, ${values.writes} writes, ${((systemClock.monotonic() - begun) / 1_000).toFixed(1)} s`);
out(line('fault', 'writes', '2xx', 'others', 'effects', 'repeated'));
for (const { point, writes, told2xx, others, effects, repeated } of report.tallies) {
  out(line(point, writes, told2xx, others, effects, repeated));
}
out(`effects per key at most ${report.effectsMost}; settled within ${report.settledWithinSeconds} virtual seconds`);
out(`violations ${report.violations.length}`);
for (const violation of report.violations.slice(0, 20)) out(`  ${violation}`);
process.exitCode = report.violations.length === 0 ? 0 : 1;
