import { z } from 'zod';
import type { Load, Outcome } from './open-loop.ts';

const spread = z.object({ count: z.number(), p50: z.number(), p99: z.number(), most: z.number() });

/** What one load came to. All times in milliseconds. */
export const summarySchema = z.object({
  requests: z.number(),
  /** Answered as asked, each within its deadline. */
  well: spread,
  wellPerSecond: z.number(),
  /** 429 and 503, from sending and from when they were due. */
  refused: spread,
  refusedSinceDue: spread,
  /** 2xx after the deadline, counted from sending. */
  late: z.number(),
  /** Connections that were refused or reset. */
  broken: z.number(),
  /** Never sent, or without an answer at the end. */
  unanswered: z.number(),
  statuses: z.record(z.string(), z.number()),
  byKind: z.record(z.string(), spread),
  byKey: z.array(z.number()),
});
export type Summary = z.output<typeof summarySchema>;

const isWell = ({ status }: Outcome): boolean => status >= 200 && status < 400;

export const spreadOf = (times: readonly number[]) => {
  const sorted = [...times].sort((left, right) => left - right);
  const at = (part: number): number => sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? 0;
  return { count: sorted.length, p50: at(0.5), p99: at(0.99), most: at(1) };
};

export const summaryOf = (load: Load, outcomes: readonly Outcome[]): Summary => {
  const fine = outcomes.filter(isWell);
  const inTime = fine.filter(({ sinceSentMs }) => sinceSentMs <= load.deadlineMs);
  const refused = outcomes.filter(({ status }) => status === 429 || status === 503);
  const statuses: Record<string, number> = {};
  for (const { status } of outcomes) statuses[status] = (statuses[status] ?? 0) + 1;
  const during = inTime.filter(({ endedMs }) => endedMs <= load.seconds * 1000);
  return {
    requests: outcomes.length,
    well: spreadOf(inTime.map(({ sinceDueMs }) => sinceDueMs)),
    wellPerSecond: during.length / load.seconds,
    refused: spreadOf(refused.map(({ sinceSentMs }) => sinceSentMs)),
    refusedSinceDue: spreadOf(refused.map(({ sinceDueMs }) => sinceDueMs)),
    late: fine.length - inTime.length,
    broken: statuses[0] ?? 0,
    unanswered: statuses[-1] ?? 0,
    statuses,
    byKind: Object.fromEntries(
      load.kinds.map(({ name }, index) => [
        name,
        spreadOf(inTime.filter(({ kind }) => kind === index).map(({ sinceDueMs }) => sinceDueMs)),
      ]),
    ),
    byKey: load.keys.map((_key, index) => inTime.filter(({ key }) => key === index).length),
  };
};
