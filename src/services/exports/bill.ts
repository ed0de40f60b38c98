import { createHash } from 'node:crypto';
import type { CostEngine } from '../../costs/engine.ts';
import { cellsMax } from '../../costs/rows/cells-max.ts';
import type { Charge } from '../../domain/charge.ts';
import type { Clock } from '../../domain/clock.ts';
import { addDays, type Day, type Month, monthEnd, monthStart } from '../../domain/day.ts';
import { Failure } from '../../domain/failure/failure.ts';
import { type Money, totalsOfMoney } from '../../domain/money.ts';
import { longItem, takeTurns } from '../../domain/turns.ts';
import type { Connection } from '../../vendor/connection.ts';
import type { BillSink } from '../../vendor/contract/contract.ts';
import { chargeOf, focusOf } from '../focus.ts';
import type { WrittenRow } from './batches.ts';

/** A month of one connection in the receiver's format. */
export interface Bill {
  readonly rows: readonly WrittenRow[];
  readonly totals: readonly Money[];
  readonly digest: string;
}

const chargesAtOnce = 200;

const refuse = (sentence: string): Failure =>
  new Failure('capability-unsupported', { public: sentence, effect: 'never' });

const written = (charge: Charge, sink: BillSink): WrittenRow => {
  const json = JSON.stringify(sink.rowOf(charge));
  return { json, day: charge.chargePeriodStart, bytes: Buffer.byteLength(json) };
};

/** Of a month that is not over: with today, as far as the vendor tells it. */
const endOf = (month: Month, today: Day): Day => {
  const [first = today] = [monthEnd(month), addDays(today, 1)].sort();
  return first;
};

/**
 * Reads a month at the finest grain that the vendor has. Throws the failure of a month that is not wholly there: a bill
 * with a hole would be taken for the whole.
 */
export const readBill = async (
  engine: CostEngine,
  connection: Connection,
  month: Month,
  sink: BillSink,
  options: { readonly clock: Clock; readonly deadline: number; readonly signal: AbortSignal },
): Promise<Bill> => {
  const { clock, deadline, signal } = options;
  const today = clock.today();
  if (monthStart(month) > today) throw refuse(`${month} has not begun.`);
  const part = await engine.part(
    connection,
    {
      start: monthStart(month),
      end: endOf(month, today),
      granularity: 'daily',
      groupBy: focusOf(connection).dimensions,
      filters: new Map(),
      costType: 'billed',
      currency: null,
      sort: 'start',
      top: null,
      quantities: true,
    },
    { strict: true, noCache: false, deadline, signal, cellsMax },
  );
  if (part.state !== 'fresh')
    throw (
      part.failure ??
      new Failure('vendor-incomplete', { public: `${month} cannot be read completely.`, effect: 'never' })
    );
  const turns = takeTurns(clock, { signal });
  const digest = createHash('sha256');
  const rows: WrittenRow[] = [];
  let totals: Money[] = [];
  for (let at = 0; at < part.value.length; at += chargesAtOnce) {
    const charges = part.value.slice(at, at + chargesAtOnce).map((row) => chargeOf(row, connection));
    totals = totalsOfMoney([
      ...totals,
      ...charges.map(({ billedCost, billingCurrency }) => ({ amount: billedCost, currency: billingCurrency })),
    ]);
    for (const charge of charges) {
      const each = written(charge, sink);
      digest.update(each.json);
      rows.push(each);
    }
    if (turns.due(longItem)) await turns.next();
  }
  const others = totals.filter(({ currency }) => currency !== sink.currency).map(({ currency }) => currency);
  if (others.length > 0)
    throw refuse(
      `The month has amounts in ${others.join(' and ')}, and the receiver takes ${sink.currency}; nothing is converted on the way.`,
    );
  return { rows, totals, digest: digest.digest('base64url') };
};
