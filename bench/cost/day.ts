import { providers } from '../../providers/index.ts';
import { startApp } from '../../test/support/app.ts';
import { VirtualClock } from '../../test/support/clock.ts';
import { dashboards, panelPath } from './traffic.ts';

/**
 * A day of dashboards in virtual time: every dashboard requests all its panels once a minute. Prints the number of
 * vendor calls, and how long cached answers took.
 */
const minutes = Number(process.env.BENCH_MINUTES ?? 1440);
const seed = process.env.BENCH_SEED ?? 'day';

const clock = new VirtualClock('2026-11-20T00:00:30Z');
const app = await startApp(providers, { clock });
const boards = dashboards(seed, 20, 12);
const warm: number[] = [];
let requests = 0;
let failures = 0;

const ask = async (path: string, minute: number): Promise<void> => {
  const began = performance.now();
  const answer = await app.server.inject({ method: 'GET', url: path });
  const took = performance.now() - began;
  requests += 1;
  if (answer.statusCode !== 200 || answer.body.includes('"complete":false')) failures += 1;
  if (minute > 0) warm.push(took);
};

/** Waits for refreshes over real sockets, before virtual time goes on. */
const settled = async (): Promise<void> => {
  const sandboxes = Object.values(app.sandboxes);
  const open = () => sandboxes.some((sandbox) => sandbox.calls.some((call) => call.status === 0));
  const count = () => sandboxes.reduce((sum, sandbox) => sum + sandbox.calls.length, 0);
  for (let before = -1; open() || before !== count(); ) {
    before = count();
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  }
};

for (let minute = 0; minute < minutes; minute += 1) {
  for (const board of boards) {
    if (minute === 0) await Promise.all(board.map((panel) => ask(panelPath(panel, clock.today()), minute)));
    else for (const panel of board) await ask(panelPath(panel, clock.today()), minute);
  }
  await settled();
  await clock.advance(60_000);
}

const at = (share: number): string => {
  const sorted = warm.toSorted((left, right) => left - right);
  return `${(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(2)} ms`;
};
const calls = Object.entries(app.sandboxes).map(([id, sandbox]) => ({
  id,
  calls: sandbox.calls.length,
  paths: count(sandbox.calls.map((call) => `${call.method} ${call.path}`)),
}));
function count(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
const total = calls.reduce((sum, each) => sum + each.calls, 0);
const print = (line: string): void => void process.stdout.write(`${line}\n`);

print(
  `seed ${seed}, ${minutes} minutes, ${boards.length} dashboards, ${boards.reduce((sum, board) => sum + board.length, 0)} panels`,
);
print(`requests ${requests}, not complete or refused ${failures}`);
for (const { id, calls: made, paths } of calls) print(`vendor calls ${id}: ${made} ${JSON.stringify(paths)}`);
print(`vendor calls in all ${total}: 1 per ${Math.floor(requests / Math.max(1, total))} requests`);
print(`warm answers p50 ${at(0.5)}, p99 ${at(0.99)}, p99.9 ${at(0.999)}`);
await app.close();
process.exit(0);
