import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import type { Clock } from '../../../src/domain/clock.ts';
import type { SandboxReply, SandboxRequest, SandboxRoute } from '../../../src/vendor/sandbox/server.ts';
import { type BillRow, monthText, readBillRow } from './bill-rows.ts';
import { type BillingDrop, BillingDrops, type DropLimits, dropOperations } from './billing-drops.ts';
import { type Checked, faultOf, fine, isTooLarge, parseObject, refusal, type Variant } from './replies.ts';

const base = '/v2/connections/billing/anycost';
const tooLarge = 'Request Too Long';
/** So many faults of a drop are told. */
const faultsMax = 100;

export interface AnycostOptions {
  readonly clock: Clock;
  /** Whether there is a connection of this id that drops are sent to. */
  readonly takesDrops: (id: string) => boolean;
  /** Absent: those that are documented. */
  readonly limits?: DropLimits;
  /** What is waited for while a drop is taken in. */
  readonly takeIn?: () => Promise<unknown>;
}

/** Refuses a request for a connection while another one for it is under way. */
const oneAtATime = (
  variant: Variant,
  takeIn: () => Promise<unknown>,
  handle: (request: SandboxRequest) => SandboxReply,
): SandboxRoute['handle'] => {
  const busy = new Set<string>();
  return async (request) => {
    const { connection = '' } = request.params;
    // With which status is not documented.
    if (busy.has(connection)) return refusal(variant, variant === 'live' ? 400 : 429, 'another request is under way');
    busy.add(connection);
    try {
      await takeIn();
      return handle(request);
    } finally {
      busy.delete(connection);
    }
  };
};

const dropSchema = z.object({
  month: z
    .string()
    .refine((text) => monthText(text) !== null, 'is no month')
    .optional(),
  operation: z.enum(dropOperations).default('replace_drop'),
  data: z.array(z.unknown()),
});

interface SentDrop {
  readonly month: string | null;
  readonly operation: (typeof dropOperations)[number];
  readonly rows: readonly BillRow[];
  readonly faults: readonly string[];
}

/** The first row says which month it is where the drop does not. */
const firstMonth = (data: readonly unknown[]): string | null => {
  const row = readBillRow(data[0], null);
  return row.ok ? monthText(row.value['time/usage_start'] ?? '') : null;
};

const readDrop = (body: string): Checked<SentDrop> => {
  const object = parseObject(body);
  if (!object.ok) return object;
  const parsed = dropSchema.safeParse(object.value);
  if (!parsed.success) return faultOf(parsed.error);
  const { month: given, operation, data } = parsed.data;
  const month = given === undefined ? firstMonth(data) : monthText(given);
  const rows: BillRow[] = [];
  const faults: string[] = [];
  for (const [index, raw] of data.entries()) {
    const row = readBillRow(raw, month);
    if (row.ok) rows.push(row.value);
    else if (faults.length < faultsMax) faults.push(`data[${index}]: ${row.message}`);
  }
  return fine({ month, operation, rows, faults });
};

const summaryOf = ({ id, month, rows }: BillingDrop) => ({
  drop_id: id,
  month: `${month}-01T00:00:00+00:00`,
  row_count: rows.length,
});

export const liveAnycostRoutes = (options: AnycostOptions): SandboxRoute[] => {
  const { clock, takesDrops, limits, takeIn = () => setImmediate() } = options;
  const drops = new BillingDrops(() => clock.id(), limits);
  const bad = (message: string): SandboxReply => refusal('live', 400, message);
  const unknown = refusal('live', 404, 'There is no such connection.');

  const create = oneAtATime('live', takeIn, ({ body, params: { connection = '' } }) => {
    if (isTooLarge(body)) return refusal('live', 413, tooLarge);
    if (!takesDrops(connection)) return unknown;
    const drop = readDrop(body);
    if (!drop.ok) return bad(drop.message);
    const { month, operation, rows, faults } = drop.value;
    if (faults.length > 0) return bad(faults.join('; '));
    if (month === null) return bad('neither month nor a row says which month it is');
    const applied = drops.apply(connection, month, operation, rows);
    return applied.ok ? { json: { connection: summaryOf(applied.value) } } : bad(applied.message);
  });

  /** Stores nothing; what is wrong with a drop is an answer and not a refusal. */
  const validate = ({ body }: SandboxRequest): SandboxReply => {
    if (isTooLarge(body)) return refusal('live', 413, tooLarge);
    const drop = readDrop(body);
    if (!drop.ok && !parseObject(body).ok) return bad(drop.message);
    const errors = drop.ok ? drop.value.faults : [drop.message];
    return { json: { connection: { is_valid: errors.length === 0, errors } } };
  };

  const contents = ({ params: { connection = '', month = '' } }: SandboxRequest): SandboxReply => {
    const wanted = monthText(month);
    const drop = wanted === null ? null : drops.find(connection, wanted);
    if (drop !== null) return { json: { billing_drop: drop.rows } };
    return { status: 404, json: { error: { message: 'There is no such billing drop.', type: 'NotFound' } } };
  };

  return [
    { method: 'POST', path: `${base}/validate_billing_drop`, handle: validate },
    { method: 'POST', path: `${base}/:connection/billing_drops`, handle: create },
    {
      method: 'GET',
      path: `${base}/:connection/billing_drops`,
      handle: ({ params: { connection = '' } }) =>
        takesDrops(connection) ? { json: { billing_drops: drops.of(connection).map(summaryOf) } } : unknown,
    },
    { method: 'GET', path: `${base}/:connection/billing_drops/:month`, handle: contents },
  ];
};

const numberPattern = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/;
const publishedSchema = z.object({
  billing_drops: z.array(
    z.object({
      line_items: z.array(
        z.object({
          timestamp: z.iso.datetime({ offset: true }),
          cost: z.unknown().refine((value) => numberPattern.test(JSON.stringify(value) ?? ''), 'is no number'),
          service: z.string().optional(),
          description: z.string().optional(),
          metadata: z.record(z.string(), z.string()).optional(),
        }),
      ),
    }),
  ),
});

/** Here nothing of a drop can be read back, and connections are of any id: the description lists none. */
export const publishedAnycostRoutes = (takeIn: () => Promise<unknown> = () => setImmediate()): SandboxRoute[] => {
  const take = ({ body }: SandboxRequest): SandboxReply => {
    if (isTooLarge(body)) return { status: 413 };
    const parsed = parseObject(body);
    const checked = parsed.ok ? publishedSchema.safeParse(parsed.value) : null;
    return { status: checked?.success === true ? 202 : 400 };
  };
  const path = `${base}/:connection/billing_drops`;
  return [{ method: 'POST', path, handle: oneAtATime('published', takeIn, take) }];
};
