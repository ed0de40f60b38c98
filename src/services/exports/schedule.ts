import type { ExportDefinition } from '../../config/file-schemas.ts';
import type { Clock } from '../../domain/clock.ts';
import { addDays, addMonths, millisecondsPerDay, monthOf, monthStart } from '../../domain/day.ts';
import { asFailure } from '../../domain/failure/failure.ts';
import type { Log } from '../../telemetry/log.ts';
import { jsonDigest } from '../writes/fingerprint.ts';
import type { ExportInput } from './bill-delivery.ts';

const minuteMs = 60_000;

/** The day whose export is due: today from the time on, before it yesterday. */
const dueDay = (clock: Clock, atMinute: number): string => {
  const now = clock.now();
  const passed = now % millisecondsPerDay >= atMinute * minuteMs;
  return passed ? clock.today() : addDays(clock.today(), -1);
};

export interface ScheduleOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** False if an export with this id was started before. */
  readonly start: (id: string, input: Omit<ExportInput, 'unlessSent'>) => Promise<boolean>;
}

/**
 * Starts each defined export once a day, for this month and the one before, whose figures may still change. What the
 * receiver has already is not sent again. Replicas agree by the id.
 */
export const createExportSchedule = (
  definitions: readonly ExportDefinition[],
  { clock, log, start }: ScheduleOptions,
): { readonly open: () => void; readonly close: () => void } => {
  let cancel = () => {};
  let closed = false;
  const started = new Set<string>();

  const startDue = async ({ atMinute, connectionId: stream, ...definition }: ExportDefinition): Promise<void> => {
    const day = dueDay(clock, atMinute);
    const thisMonth = monthOf(day);
    for (const month of [monthOf(addMonths(monthStart(thisMonth), -1)), thisMonth]) {
      const input = { ...definition, stream, month };
      const id = jsonDigest('schedule', day, input).slice(0, 32);
      if (started.has(id)) continue;
      if (await start(id, input)) log.info({ export: id, ...input }, 'a daily export has begun');
      started.add(id);
    }
  };
  const tick = async (): Promise<void> => {
    for (const definition of definitions) {
      await startDue(definition).catch((thrown: unknown) =>
        log.warn({ cause: asFailure(thrown).message }, 'a daily export could not begin'),
      );
    }
    if (!closed) cancel = clock.after(minuteMs, () => void tick());
  };
  return {
    open: () => {
      if (definitions.length > 0) void tick();
    },
    close: () => {
      closed = true;
      cancel();
    },
  };
};
