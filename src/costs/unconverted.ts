import { later, monthStart, monthsIn } from '../domain/day.ts';
import { Failure } from '../domain/failure/failure.ts';
import type { ProviderStatus } from '../domain/meta.ts';
import { partialStatus } from '../vendor/gather.ts';
import { note } from './answer-quality.ts';
import type { CostQuery } from './query/query.ts';
import { hasRate, type RateTable } from './rows/convert.ts';
import type { Slice } from './rows/slice.ts';

export interface Unconverted {
  readonly slices: readonly Slice[];
  /** Currencies of rows that no rate was known for. */
  readonly currencies: readonly string[];
  readonly query: Pick<CostQuery, 'start' | 'end'> & { readonly currency: string };
  readonly rates: RateTable;
}

/** Why amounts of these currencies stayed as they were. */
const unavailable = ({ query, rates }: Unconverted, currencies: readonly string[]): Failure => {
  const pairs = currencies.map((from) => {
    const lacking = monthsIn(query.start, query.end).filter(
      (month) => !hasRate(rates, { from, to: query.currency }, later(monthStart(month), query.start)),
    );
    const when = lacking.length === 0 ? 'some days' : lacking.join(', ');
    return `from ${from} to ${query.currency} in ${when}`;
  });
  return new Failure('conversion-unavailable', {
    public: `No exchange rate is known ${pairs.join('; ')}. These amounts stay in their own currency.`,
  });
};

/** The statuses with what could not be converted; with `strict` that is thrown. */
export const withUnconverted = (
  providers: readonly ProviderStatus[],
  unconverted: Unconverted,
  strict: boolean,
): readonly ProviderStatus[] => {
  const { slices, currencies, query } = unconverted;
  if (currencies.length === 0) return providers;
  if (strict) throw unavailable(unconverted, currencies);
  return providers.map((status) => {
    const own = new Set(
      slices.filter((slice) => slice.connection === status.connection).flatMap((slice) => slice.segment.currencies),
    );
    const lacking = currencies.filter((from) => own.has(from));
    if (lacking.length === 0) return status;
    const notes = lacking.map((from) =>
      note(
        'no-exchange-rate',
        `no rate from ${from} to ${query.currency} is known for some days; those rows stay in ${from}`,
      ),
    );
    return partialStatus({ ...status, notes: [...status.notes, ...notes] }, unavailable(unconverted, lacking));
  });
};
