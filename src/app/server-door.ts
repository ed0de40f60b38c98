import type { IncomingMessage } from 'node:http';
import type { Clock } from '../domain/clock.ts';
import { type Door, openDoor } from '../server/admission/door.ts';
import type { Overload } from '../server/admission/overload.ts';
import { openRefusalLog } from '../server/admission/refusal-log.ts';
import type { OperationEntry } from '../server/operation/operation.ts';
import { refuseEarly } from '../server/plugins/early-refusal.ts';
import type { Log } from '../telemetry/log.ts';
import type { Metrics } from '../telemetry/metrics.ts';

export interface ServerDoorOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly operations: readonly OperationEntry[];
  readonly trustsProxy: boolean;
  readonly overload: Overload | undefined;
  /** Requests that only the server may answer. */
  readonly passes: (request: IncomingMessage) => boolean;
}

/** The door of this gateway, with its log and metrics. */
export const openServerDoor = (options: ServerDoorOptions): Door & { readonly close: () => void } => {
  const { clock, metrics, operations, overload, trustsProxy, passes } = options;
  const refusals = openRefusalLog(clock, options.log);
  const needCredential = operations.filter(({ scope }) => scope !== null && scope !== 'admin');
  const door = openDoor({
    clock,
    trustsProxy,
    segments: new Set(needCredential.map(({ path }) => path.split('/', 2)[1] ?? '')),
    isHopeless: (who, loadClass) => overload?.isHopeless(who, loadClass) ?? false,
    isWithinShare: (who) => overload?.isWithinShare(who) ?? true,
    passes,
    refuse: (request, response, failure, headers, who) => {
      const begun = clock.monotonic();
      overload?.noteRefused(who, failure.kind === 'overloaded');
      refuseEarly(request, response, failure, headers, clock);
      refusals.note(who, response.statusCode);
      metrics.request('refused', response.statusCode, clock.monotonic() - begun);
    },
  });
  return { ...door, close: refusals.close };
};
