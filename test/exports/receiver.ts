import { exportOperations } from '../../src/domain/export.ts';
import { Failure, type FailureKind } from '../../src/domain/failure/failure.ts';
import type { BillDrop, BillSink, Connector } from '../../src/vendor/contract/contract.ts';

/** A vendor inside the process that takes bills, remembers them, and fails as it is told. */
export class Receiver {
  readonly taken: { readonly drop: BillDrop; readonly key: string }[] = [];
  readonly checked: BillDrop[] = [];
  complaints: readonly string[] = [];
  /** Runs before rows are checked. */
  checks: () => Promise<void> = async () => {};
  recognises = true;
  requestBytesMax = 1_000_000;
  /** What the next requests meet, one after the other: a failure before or after the vendor has taken them. */
  readonly faults: { readonly kind: FailureKind; readonly taken: boolean; readonly retryAfterMs?: number }[] = [];
  /** Set: no request is answered until it resolves. */
  gate: Promise<void> = Promise.resolve();
  readonly #keys = new Map<string, string>();

  #take(drop: BillDrop, key: string): string {
    const known = this.recognises ? this.#keys.get(key) : undefined;
    if (known !== undefined) return known;
    this.taken.push({ drop, key });
    const id = `drop-${this.taken.length}`;
    this.#keys.set(key, id);
    return id;
  }

  get sink(): BillSink {
    const receiver = this;
    return {
      currency: 'USD',
      operations: exportOperations,
      get requestBytesMax() {
        return receiver.requestBytesMax;
      },
      monthRowsMax: 100_000,
      monthBytesMax: 50_000_000,
      rowOf: (charge) => ({ day: charge.chargePeriodStart, service: charge.serviceName, cost: charge.billedCost }),
      complaints: async (_session, drop) => {
        await this.checks();
        this.checked.push(drop);
        return this.complaints;
      },
      deduplicates: async () => this.recognises,
      send: async (_session, drop, key) => {
        await this.gate;
        const fault = this.faults.shift();
        if (fault === undefined || fault.taken) {
          const id = this.#take(drop, key);
          if (fault === undefined) return id;
        }
        const { kind, retryAfterMs } = fault;
        throw new Failure(kind, {
          public: `it fails with ${kind}`,
          ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
        });
      },
    };
  }

  get connector(): Connector {
    return {
      identity: ['receiver'],
      origins: { api: 'http://127.0.0.1:9' },
      credentials: { kind: 'static', headers: () => ({}) },
      limits: { concurrency: 4, queue: 64, timeoutMs: 8_000, quotas: [] },
      readFailure: () => null,
      capabilities: {
        costs: {
          costTypes: ['billed'],
          cubes: [{ id: 'none', grain: 'daily', dimensions: ['service'], span: 'range', price: 1 }],
          ages: { openMs: 1_000, restatedDays: 0, restatedMs: 1_000 },
          fill: async () => ({ items: [], notes: [], faults: [], completeThrough: null }),
        },
        bills: this.sink,
      },
    };
  }

  /** The rows of all that was taken. */
  get rows(): readonly Readonly<Record<string, string>>[] {
    return this.taken.flatMap(({ drop }) => JSON.parse(drop.rowsJson));
  }
}
