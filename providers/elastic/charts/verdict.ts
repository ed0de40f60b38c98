import { z } from 'zod';
import { addDays } from '../../../src/domain/day.ts';
import { decimal, decimalText, isZero } from '../../../src/domain/decimal.ts';
import { Failure, type Note, type Session } from '../../../src/vendor/kit/index.ts';
import { lastingFact } from '../lasting-fact.ts';
import { lastCompleteDay, readWindow } from '../windows.ts';
import { agreementOf, factorOf, instanceTotals } from './agreement.ts';
import { readChart, totalsById } from './normalise.ts';
import { chartRequest } from './requests.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const usableMs = 7 * dayMs;
const unusableMs = dayMs;
const retryMs = 15 * minuteMs;
const daysCompared = 7;

const reasons = {
  absent: 'this organization has no charts',
  differs: 'the charts of this organization do not agree with its line items',
  'nothing-to-compare': 'there was no cost on the last days to compare charts with line items',
  unreadable: 'the charts of this organization could not be read',
} as const;
type Reason = keyof typeof reasons;

const verdictSchema = z.discriminatedUnion('kind', [
  /** Values times the factor are ECU. */
  z.object({ kind: z.literal('usable'), factor: z.string() }),
  z.object({ kind: z.literal('unusable'), reason: z.enum(['absent', 'differs', 'nothing-to-compare', 'unreadable']) }),
  z.object({ kind: z.literal('unknown') }),
]);
type Verdict = z.output<typeof verdictSchema>;
export type Usable = Extract<Verdict, { kind: 'usable' }>;
const verdictFact = lastingFact('chart-verdict', verdictSchema, { kind: 'unknown' });

const unusable = (session: Session, reason: Reason) => ({
  value: { kind: 'unusable', reason } as const,
  until: session.now() + (reason === 'unreadable' ? retryMs : unusableMs),
});

/** A note of days that were read one by one because charts cannot be used, as far as that is known. */
export const unusedNotes = async (session: Session): Promise<Note[]> => {
  const verdict = await verdictFact.known(session);
  if (verdict.kind !== 'unusable') return [];
  return [{ code: 'charts-unused', message: `${reasons[verdict.reason]}, so days are read one by one` }];
};

/** Organizations without charts, and keys that may not read them. */
export const isAbsent = (thrown: unknown): boolean =>
  thrown instanceof Failure &&
  (thrown.kind === 'vendor-not-found' || thrown.kind === 'permission-missing' || thrown.kind === 'vendor-rejected');

/** Compares the last complete week, instance by instance, and its last day alone, which shows how days are cut. */
const judge = async (session: Session, organizationId: string): Promise<Usable | Reason> => {
  const end = addDays(lastCompleteDay(session), 1);
  const week = { start: addDays(end, -daysCompared), end, where: '' };
  const lastDay = { start: addDays(end, -1), end, where: '' };
  const request = { ...chartRequest(organizationId, week, session.now()), attemptsMax: 1 };
  const chart = readChart((await session.call(request)).json, week.start, week.end);
  const inWeek = await readWindow(session, organizationId, week, false);
  const inDay = await readWindow(session, organizationId, lastDay, false);
  const weekItems = instanceTotals(inWeek);
  if ([...weekItems.values()].every(isZero)) return 'nothing-to-compare';
  const weekChart = totalsById(chart.values);
  const dayChart = totalsById(chart.values.filter(({ day }) => day === lastDay.start));
  const factor = factorOf(weekChart, weekItems);
  const whole = [chart, inWeek, inDay].every(({ faults }) => faults.length === 0) && inWeek.unlisted === null;
  const agrees =
    factor !== null &&
    whole &&
    agreementOf(weekChart, weekItems, factor, daysCompared) !== 'none' &&
    agreementOf(dayChart, instanceTotals(inDay), factor, 1) !== 'none';
  return agrees ? { kind: 'usable', factor: decimalText(factor) } : 'differs';
};

/**
 * Whether the charts of this organization can stand for its line items. Found out anew every week, or the next day where
 * they cannot; while that fails, what was found out before goes on.
 */
export const chartVerdict = (session: Session, organizationId: string): Promise<Verdict> =>
  verdictFact.current(session, async (before) => {
    try {
      const judged = await judge(session, organizationId);
      return typeof judged === 'string'
        ? unusable(session, judged)
        : { value: judged, until: session.now() + usableMs };
    } catch (thrown) {
      if (isAbsent(thrown)) return unusable(session, 'absent');
      // An impatient caller says nothing of the charts.
      if (!(thrown instanceof Failure) || thrown.kind === 'deadline-exceeded') throw thrown;
      return before.kind === 'usable'
        ? { value: before, until: session.now() + retryMs }
        : unusable(session, 'unreadable');
    }
  });

/** An answer has contradicted the verdict. */
export const markUnusable = (session: Session, reason: 'absent' | 'differs'): Promise<void> =>
  verdictFact.replace(session, unusable(session, reason));

export const factorOfVerdict = ({ factor }: Usable) => decimal(factor);
