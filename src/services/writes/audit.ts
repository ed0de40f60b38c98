import type { Log } from '../../telemetry/log.ts';
import type { Act, Asked } from './entry.ts';

/** One line a write: who wanted what, and what came of it. Nothing of the body. */
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
