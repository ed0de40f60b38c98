/**
 * Preloaded into a gateway by `nodeOptions: ['--import', laterModule]`: on SIGUSR2 its clocks go forward by
 * `LATER_MS`. Ages are older then; timers that are set fire when they would have.
 */
const step = Number(process.env.LATER_MS);
const clocks = [Date, performance] as const;
let moved = 0;

for (const clock of clocks) {
  const real = clock.now.bind(clock);
  Object.defineProperty(clock, 'now', { value: () => real() + moved });
}
process.on('SIGUSR2', () => {
  moved += step;
  process.stdout.write(`the clocks have gone forward by ${moved} ms\n`);
});
