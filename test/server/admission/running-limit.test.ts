import { describe, expect, it } from 'vitest';
import { openRunningLimit } from '../../../src/server/admission/running-limit.ts';

const observe = (limit: ReturnType<typeof openRunningLimit>, times: number, lateMs: number, wanted: boolean): void => {
  for (let tick = 0; tick < times; tick += 1) limit.observe({ lateMs, waiting: 0, wanted });
};

describe('how many run at once', () => {
  it('falls to the least while the event loop is late, and no further', () => {
    const limit = openRunningLimit({ least: 4, most: 256 });
    observe(limit, 50, 200, true);
    expect(limit.max).toBe(4);
  });

  it('rises to the most within a second of requests that only wait for a vendor', () => {
    const limit = openRunningLimit({ least: 4, most: 256 });
    observe(limit, 50, 200, true);
    observe(limit, 50, 2, true);
    expect(limit.max).toBe(256);
  });

  it('stays as it is while no request waits', () => {
    const limit = openRunningLimit({ least: 4, most: 256 });
    const before = limit.max;
    observe(limit, 50, 2, false);
    expect(limit.max).toBe(before);
  });
});
