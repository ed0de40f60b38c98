import { deliverySchema } from '../../../src/services/deliveries/delivery.ts';
import { workerStore } from './worker-app.ts';

const id = 'a'.repeat(32);

/** The id of an export that is stored as one under way; no process runs it. */
export const storeExport = async (): Promise<string> => {
  const delivery = deliverySchema.parse({
    id,
    kind: 'bill',
    about: {
      from: 'elastic',
      to: 'cloudzero',
      stream: 'a-stream',
      month: '2026-10',
      operation: 'sum',
      unlessSent: false,
    },
    facts: { rowCount: 62, totals: [{ amount: '12.5', currency: 'USD' }] },
    state: 'running',
    done: 3,
    total: 5,
    sending: true,
    round: 0,
    receipts: ['one'],
    unknown: [],
    skipped: false,
    problem: null,
    createdAt: Date.parse('2026-11-21T10:00:00Z'),
    updatedAt: Date.parse('2026-11-21T10:00:04Z'),
  });
  await workerStore.set(`delivery/1/job/${id}`, Buffer.from(JSON.stringify(delivery)));
  return id;
};
