import { type BillRow, instantText } from './bill-rows.ts';
import { type Checked, fine, wrong } from './replies.ts';

export const dropOperations = ['replace_drop', 'replace_hourly', 'sum'] as const;
export type DropOperation = (typeof dropOperations)[number];

/** What one month of a connection may hold. */
export interface DropLimits {
  readonly rows: number;
  readonly bytes: number;
}
/** The guide has 400 MB where the reference has 70: what fits into the smaller fits into both. */
export const documentedDropLimits: DropLimits = { rows: 1_000_000, bytes: 70_000_000 };

export interface BillingDrop {
  readonly id: string;
  readonly month: string;
  readonly rows: readonly BillRow[];
  /** Of all rows as JSON. */
  readonly bytes: number;
}

type Held = Pick<BillingDrop, 'rows' | 'bytes'>;
const nothing: Held = { rows: [], bytes: 0 };

const bytesOf = (rows: readonly BillRow[]): number =>
  rows.reduce((total, row) => total + Buffer.byteLength(JSON.stringify(row)), 0);

const hourOf = (row: BillRow): string => instantText(row['time/usage_start'] ?? '')?.slice(0, 13) ?? '';

/** The drops of each connection, one for a month. */
export class BillingDrops {
  readonly #newId: () => string;
  readonly #limits: DropLimits;
  readonly #drops = new Map<string, Map<string, BillingDrop>>();

  constructor(newId: () => string, limits = documentedDropLimits) {
    this.#newId = newId;
    this.#limits = limits;
  }

  of(connection: string): readonly BillingDrop[] {
    return [...(this.#drops.get(connection)?.values() ?? [])];
  }

  find(connection: string, month: string): BillingDrop | null {
    return this.#drops.get(connection)?.get(month) ?? null;
  }

  /** The drop as it is now. Nothing is changed where the month would hold too much. */
  apply(connection: string, month: string, operation: DropOperation, sent: readonly BillRow[]): Checked<BillingDrop> {
    const before = this.find(connection, month);
    const kept = this.#kept(before, operation, sent);
    const rows = [...kept.rows, ...sent];
    if (rows.length > this.#limits.rows) return wrong(`a month holds at most ${this.#limits.rows} rows`);
    const bytes = kept.bytes + bytesOf(sent);
    if (bytes > this.#limits.bytes) return wrong(`a month holds at most ${this.#limits.bytes} bytes`);
    const id = before === null || operation === 'replace_drop' ? this.#newId() : before.id;
    const drop = { id, month, rows, bytes };
    const months = this.#drops.get(connection) ?? new Map<string, BillingDrop>();
    this.#drops.set(connection, months.set(month, drop));
    return fine(drop);
  }

  #kept(before: BillingDrop | null, operation: DropOperation, sent: readonly BillRow[]): Held {
    if (before === null || operation === 'replace_drop') return nothing;
    if (operation === 'sum') return before;
    const hours = new Set(sent.map(hourOf));
    const rows = before.rows.filter((row) => !hours.has(hourOf(row)));
    return { rows, bytes: bytesOf(rows) };
  }
}
