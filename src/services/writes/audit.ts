import type { Log } from '../../telemetry/log.ts';
import type { Act, Asked } from './entry.ts';

/** Logs one line per write: who requested what, and the outcome. It contains nothing of the body. */
export type Audit = (asked: Asked, act: Pick<Act, 'kind' | 'connection'>, outcome: string) => void;

export const createAudit =
  (log: Log): Audit =>
  ({ id, consumer, operation, requestId, fingerprint }, { kind, connection }, outcome) =>
    log.info(
      {
        audit: 'write',
        write: id,
        consumer,
        operation,
        requestId,
        kind,
        connection,
        outcome,
        keyed: fingerprint !== null,
      },
      `write ${outcome}`,
    );
