import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';
import { z } from 'zod';
import { millisecondsPerDay } from '../../domain/day.ts';
import { exportOperations, monthSchema } from '../../domain/export.ts';
import { failureKinds } from '../../domain/failure/failure.ts';
import { moneySchema } from '../../domain/money.ts';
import type { Store } from '../../store/store.ts';

/** What was asked for. */
export const exportInputSchema = z.object({
  from: z.string(),
  to: z.string(),
  stream: z.string(),
  month: monthSchema,
  operation: z.enum(exportOperations),
});
export type ExportInput = z.output<typeof exportInputSchema>;

/** One export, as it is stored: it survives the process that runs it. */
export const exportJobSchema = exportInputSchema.extend({
  id: z.string(),
  state: z.enum(['running', 'done', 'failed']),
  /** Requests of the export that the receiver has taken. */
  done: z.int(),
  /** Of how many; null before the rows are there. */
  total: z.int().nullable(),
  /** Set while a request is sent: if the process ends then, its outcome is not known. */
  sending: z.boolean(),
  /** Grows when a request is sent again after a known failure, so that it gets a new key. */
  round: z.int(),
  dropIds: z.array(z.string()),
  rowCount: z.int(),
  totals: z.array(moneySchema),
  /** Of all rows. */
  digest: z.string().nullable(),
  /** For exports by schedule: not sent where the receiver has the same rows already. */
  unlessSent: z.boolean(),
  skipped: z.boolean(),
  problem: z.object({ kind: z.enum(failureKinds), public: z.string() }).nullable(),
  /** Wall time. */
  createdAt: z.number(),
  updatedAt: z.number(),
});
export type ExportJob = z.output<typeof exportJobSchema>;

const keptMs = 30 * millisecondsPerDay;
const openMax = 1_000;
const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);

const encode = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));
const fast = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };

/** Exports in the store. Every method throws if the store does. */
export interface ExportJobs {
  read(id: string): Promise<ExportJob | null>;
  /** False if there is one with this id. */
  create(job: ExportJob): Promise<boolean>;
  save(job: ExportJob): Promise<void>;
  /** Ids of those that are not finished. */
  open(): Promise<string[]>;
  saveBatch(id: string, index: number, rowsJson: string): Promise<void>;
  batch(id: string, index: number): Promise<string>;
  /** The digest of the rows that a receiver was last sent for a month. */
  lastSent(input: ExportInput): Promise<string | null>;
}

export const createExportJobs = (store: Store): ExportJobs => {
  const keyOf = (id: string) => `export/1/job/${id}`;
  const openPrefix = 'export/1/open/';
  const batchKey = (id: string, index: number) => `export/1/batch/${id}/${index}`;
  const sentKey = ({ from, to, stream, month }: ExportInput) =>
    `export/1/sent/${[from, to, stream, month].map(encodeURIComponent).join('/')}`;
  const expiry = { expiresInMs: keptMs };

  return {
    read: async (id) => {
      const bytes = await store.get(keyOf(id));
      return bytes === null ? null : exportJobSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
    },
    create: async (job) => {
      const created = await store.compareAndSet(keyOf(job.id), null, encode(job), expiry);
      if (created) await store.set(`${openPrefix}${job.id}`, encode(job.id), expiry);
      return created;
    },
    save: async (job) => {
      await store.set(keyOf(job.id), encode(job), expiry);
      if (job.state === 'running') return;
      if (job.state === 'done' && job.digest !== null) await store.set(sentKey(job), encode(job.digest));
      for (let index = 0; index < (job.total ?? 0); index += 1) await store.delete(batchKey(job.id, index));
      await store.delete(`${openPrefix}${job.id}`);
    },
    open: async () => (await store.keys(openPrefix, openMax)).map((key) => key.slice(openPrefix.length)),
    saveBatch: async (id, index, rowsJson) =>
      store.set(batchKey(id, index), await compress(Buffer.from(rowsJson), fast), expiry),
    batch: async (id, index) => {
      const bytes = await store.get(batchKey(id, index));
      if (bytes === null) throw new TypeError(`batch ${index} of export ${id} is not stored`);
      return (await decompress(bytes)).toString('utf8');
    },
    lastSent: async (input) => {
      const bytes = await store.get(sentKey(input));
      return bytes === null ? null : z.string().parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
    },
  };
};
