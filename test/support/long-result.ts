import { cloudzero } from '../../providers/cloudzero/manifest.ts';
import {
  type LongResultOptions,
  longResultAmount,
  startLongResult,
} from '../../providers/cloudzero/sandbox/long-result.ts';
import { type Day, dayNumber, daysBetween, daysIn } from '../../src/domain/day.ts';
import { add, decimal, decimalText, zero } from '../../src/domain/decimal.ts';
import { createMemoryStore } from '../../src/store/memory.ts';
import { openRig, type Rig } from './cost-rig.ts';
import { HastyClock } from './hasty-clock.ts';
import { connectTo } from './session.ts';
import { ToyVendor } from './toy-vendor.ts';

/** Two whole months that are over. */
export const longRange = { start: '2026-09-01', end: '2026-11-01' };
export const longRangeDays = daysBetween(longRange.start, longRange.end);

const path = '/v2/billing/costs';

/** The gateway's cost engine over a CloudZero with long results, and a way to start it anew over the same store. */
export const openLongResult = async (
  options: Omit<LongResultOptions, 'clock' | 'variant'> & Partial<Pick<LongResultOptions, 'variant'>>,
) => {
  const clock = new HastyClock();
  const variant = options.variant ?? 'live';
  const vendor = await startLongResult({ ...options, clock, variant });
  const store = createMemoryStore(clock);
  const start = (): Rig => {
    const toy = new ToyVendor(clock, { name: 'cloudzero' });
    Object.defineProperty(toy, 'connector', { value: connectTo(cloudzero, vendor, { dialect: variant }) });
    return openRig([toy], clock, { store });
  };
  let rig = start();
  const follows = (query: string): boolean => query.includes('cursor=');
  const calls = () => vendor.calls.filter((call) => call.path === path);
  return {
    clock,
    vendor,
    /** The totals of the range; null where nothing can be answered. */
    ask: () =>
      rig.ask({ ...longRange, granularity: 'total' }, { deadline: clock.monotonic() + 3_600_000 }).catch(() => null),
    restart: () => {
      rig = start();
    },
    spent: async () => (await rig.connection.upstream.state()).quotas[0]?.spent,
    /** The queries that the vendor counts: those that follow no cursor. */
    paid: () => calls().filter(({ query }) => !follows(query)).length,
    pages: () => calls().filter(({ query }) => follows(query)),
  };
};

/** What the vendor's figures add up to. */
export const longTotal = (rowsPerDay: number, { start, end }: { start: Day; end: Day } = longRange): string => {
  let total = zero;
  for (const day of daysIn(start, end)) {
    for (let group = 0; group < rowsPerDay; group += 1) {
      total = add(total, decimal(longResultAmount(dayNumber(day), group)));
    }
  }
  return decimalText(total);
};
