import { z } from 'zod';
import { exportOperations } from '../../../src/domain/export.ts';
import {
  type BillDrop,
  type BillSink,
  decode,
  Failure,
  type Session,
  type VendorRequest,
} from '../../../src/vendor/kit/index.ts';
import { operations } from '../catalogue.ts';
import { type Dialect, determineDialect } from '../dialect.ts';
import { dimensionsRequest, idempotencyHeader, requestOf } from '../requests.ts';
import type { AnswerSettings } from '../settings.ts';
import { writeOnce } from '../write-once.ts';
import { rowOf } from './rows.ts';

/** The documented bounds: a request, and a month of one stream (the stricter of the two that the vendor names). */
const requestBytesMax = 5_000_000;
const monthBytesMax = 70_000_000;
const monthRowsMax = 1_000_000;

const verdictSchema = z.object({
  connection: z.object({ is_valid: z.boolean(), errors: z.array(z.string()).nullish() }),
});
const takenSchema = z.object({ connection: z.object({ drop_id: z.string() }) });

const payloadOf = ({ month, operation, rowsJson }: BillDrop): Pick<VendorRequest, 'payload'> => ({
  payload: {
    contentType: 'application/json',
    bytes: Buffer.from(`{"month":${JSON.stringify(month)},"operation":"${operation}","data":${rowsJson}}`),
  },
});

const unsupported = (): Failure =>
  new Failure('capability-unsupported', {
    public:
      'This CloudZero organization speaks the published dialect, which has no operation for a drop: a month that is sent again would be counted again.',
    effect: 'never',
  });

/** AnyCost streams. Only the live dialect says what becomes of the rows that a stream already holds. */
export const createBillSink = (settings: AnswerSettings): BillSink => {
  const dialectOf = (session: Session): Promise<Dialect> =>
    determineDialect(session, settings.dialect, () => session.call(dimensionsRequest()));
  const live = async (session: Session): Promise<void> => {
    if ((await dialectOf(session)) !== 'live') throw unsupported();
  };
  return {
    currency: settings.currency,
    operations: exportOperations,
    requestBytesMax,
    monthRowsMax,
    monthBytesMax,
    rowOf,
    complaints: async (session, drop) => {
      await live(session);
      const reply = await session.call({ ...requestOf(operations.validateBillingDrop), ...payloadOf(drop) });
      const { is_valid: isValid, errors } = decode(verdictSchema, reply.json, 'the verdict on the rows').connection;
      if (isValid) return [];
      return errors === null || errors === undefined || errors.length === 0 ? ['it gives no reason'] : errors;
    },
    deduplicates: async (session) => (await dialectOf(session)) === 'live',
    send: async (session, drop, key) => {
      await live(session);
      return writeOnce(
        session,
        { ...requestOf(operations.createBillingDrop, drop.stream), ...payloadOf(drop), ...idempotencyHeader(key) },
        (reply) => takenSchema.safeParse(reply.json).data?.connection.drop_id ?? null,
      );
    },
  };
};
