import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';
import { z } from 'zod';
import { millisecondsPerDay } from '../../domain/day.ts';
import { failureKinds } from '../../domain/failure/failure.ts';
import type { Store } from '../../store/store.ts';

/** Something that is sent to a vendor in several requests, as it is stored: it survives the process that sends it. */
export const deliverySchema = z.object({
  id: z.string(),
  /** Name of the kind that knows how it is sent. */
  kind: z.string(),
  /** What was asked for; the kind has its schema. */
  about: z.unknown(),
  /** What was found out when it was prepared. */
  facts: z.record(z.string(), z.unknown()),
  state: z.enum(['running', 'done', 'failed']),
  /** Requests that are over. */
  done: z.int(),
  /** Of how many; null before it is prepared. */
  total: z.int().nullable(),
  /** Set while a request is sent: if the process ends then, its outcome is not known. */
  sending: z.boolean(),
  /** Grows when a request is sent again after a known failure, so that it gets a new key. */
  round: z.int(),
  /** The receiver's ids of what it took. */
  receipts: z.array(z.string()),
  /** Requests, by their number, of which it is not known whether the receiver took them. */
  unknown: z.array(z.int()),
  /** There was nothing new to send. */
  skipped: z.boolean(),
  problem: z.object({ kind: z.enum(failureKinds), public: z.string() }).nullable(),
  /** Wall time. */
  createdAt: z.number(),
  updatedAt: z.number(),
});
export type Delivery = z.output<typeof deliverySchema>;

const keptMs = 30 * millisecondsPerDay;
const openMax = 1_000;
const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);
const fast = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };

const encode = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));

/** Deliveries in the store. Every method throws if the store does. */
export interface DeliveryStore {
  read(id: string): Promise<Delivery | null>;
  /** False if there is one with this id. */
  create(delivery: Delivery): Promise<boolean>;
  save(delivery: Delivery): Promise<void>;
  /** Ids of those that are not finished. */
  open(): Promise<string[]>;
  saveBatch(id: string, index: number, batch: string): Promise<void>;
  batch(id: string, index: number): Promise<string>;
  dropBatches(id: string, count: number): Promise<void>;
}

export const createDeliveryStore = (store: Store): DeliveryStore => {
  const keyOf = (id: string) => `delivery/1/job/${id}`;
  const openPrefix = 'delivery/1/open/';
  const batchKey = (id: string, index: number) => `delivery/1/batch/${id}/${index}`;
  const expiry = { expiresInMs: keptMs };
  const dropBatches = async (id: string, count: number): Promise<void> => {
    for (let index = 0; index < count; index += 1) await store.delete(batchKey(id, index));
  };
  return {
    dropBatches,
    read: async (id) => {
      const bytes = await store.get(keyOf(id));
      return bytes === null ? null : deliverySchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
    },
    create: async (delivery) => {
      await store.set(`${openPrefix}${delivery.id}`, encode(delivery.id), expiry);
      return store.compareAndSet(keyOf(delivery.id), null, encode(delivery), expiry);
    },
    save: async (delivery) => {
      await store.set(keyOf(delivery.id), encode(delivery), expiry);
      if (delivery.state === 'running') return;
      await dropBatches(delivery.id, delivery.total ?? 0);
      await store.delete(`${openPrefix}${delivery.id}`);
    },
    open: async () => (await store.keys(openPrefix, openMax)).map((key) => key.slice(openPrefix.length)),
    saveBatch: async (id, index, batch) =>
      store.set(batchKey(id, index), await compress(Buffer.from(batch), fast), expiry),
    batch: async (id, index) => {
      const bytes = await store.get(batchKey(id, index));
      if (bytes === null) throw new TypeError(`request ${index} of the delivery ${id} is not stored`);
      return (await decompress(bytes)).toString('utf8');
    },
  };
};
