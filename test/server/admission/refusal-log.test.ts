import { expect, it } from 'vitest';
import { openRefusalLog } from '../../../src/server/admission/refusal-log.ts';
import { silentLog } from '../../../src/telemetry/log.ts';
import { VirtualClock } from '../../support/clock.ts';

it('a thousand refusals of one caller in a second are one line, and those of many callers a few', async () => {
  const clock = new VirtualClock();
  const lines: object[] = [];
  const log = openRefusalLog(clock, { ...silentLog, info: (fields) => void lines.push(fields) });
  for (let count = 0; count < 1_000; count += 1) log.note('consumer greedy', 429);
  expect(lines).toEqual([]);
  await clock.advance(1_000);
  expect(lines).toEqual([{ who: 'consumer greedy', status: 429, count: 1_000 }]);
  for (let count = 0; count < 100; count += 1) log.note(`address 192.0.2.${count}`, 503);
  log.close();
  expect(lines).toHaveLength(1 + 21);
  expect(lines.at(-1)).toEqual({ who: 'others', status: 503, count: 80 });
});
