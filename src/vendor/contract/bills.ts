import type { Charge } from '../../domain/charge.ts';
import type { Month } from '../../domain/day.ts';
import type { ExportOperation } from '../../domain/export.ts';
import type { Session } from './session.ts';

/** One charge in the vendor's own bill format. */
export type BillRow = Readonly<Record<string, string>>;

/** What one request carries of a month. */
export interface BillDrop {
  /** Which of the vendor's streams takes it. */
  readonly stream: string;
  readonly month: Month;
  readonly operation: ExportOperation;
  /** The rows as a JSON array. */
  readonly rowsJson: string;
}

/** A vendor that takes the bills of others. */
export interface BillSink {
  /** The currency of its amounts; rows in another one are not sent. */
  readonly currency: string;
  /** The first is the default. */
  readonly operations: readonly [ExportOperation, ...ExportOperation[]];
  /** The most that the rows of one request may take, as JSON. */
  readonly requestBytesMax: number;
  /** The most that a stream takes of one month. */
  readonly monthRowsMax: number;
  readonly monthBytesMax: number;
  rowOf(charge: Charge): BillRow;
  /** What the vendor would not take, in its words, asked without storing anything. Empty where it would take all. */
  complaints(session: Session, drop: BillDrop): Promise<readonly string[]>;
  /** As `WriteOf` has it. */
  readonly deduplicates: (session: Session) => Promise<boolean>;
  /** The vendor's id for what was sent; null where it gives none. */
  send(session: Session, drop: BillDrop, key: string): Promise<string | null>;
}
