import { z } from 'zod';
import { monthOf, monthStart } from '../../../src/domain/day.ts';
import { decimal, decimalText } from '../../../src/domain/decimal.ts';
import { Failure, type Session } from '../../../src/vendor/kit/index.ts';
import { lastingFact } from '../lasting-fact.ts';
import { type DatedPrice, type EcuPrices, editionText, invoicedIn, type PriceSource, withInvoiced } from '../prices.ts';
import { invoicedPrices } from './normalise.ts';
import { billingHistoryRequest } from './requests.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const weekMs = 7 * dayMs;
const retryMs = 15 * minuteMs;

const entriesSchema = z.array(z.object({ from: z.string(), price: z.string() }));
type Entries = z.output<typeof entriesSchema>;
const invoicedFact = lastingFact('invoiced-prices', entriesSchema, []);

const entryOf = ({ from, price }: DatedPrice) => ({ from, price: decimalText(price) });
const priceOf = ({ from, price }: Entries[number]): DatedPrice => ({ from, price: decimal(price), origin: 'invoiced' });

/** Organizations without a billing history, and keys that may not read it, have the prices that are configured. */
const isWithout = (failure: Failure): boolean =>
  failure.kind === 'vendor-not-found' || failure.kind === 'permission-missing';

/**
 * The configured prices, and those of the billing history before them. The history is asked once a week, and every day
 * while the statement of the last month is not there; while the vendor does not answer, its last known prices go on.
 */
export const createPriceSource = (organizationId: string, configured: EcuPrices): PriceSource => {
  const read = async (session: Session) => {
    const { json } = await session.call(billingHistoryRequest(organizationId));
    const { prices, through } = invoicedPrices(json, configured.currency, session.today());
    const awaited = through !== null && through < monthStart(monthOf(session.today()));
    return { value: prices.map(entryOf), until: session.now() + (awaited ? dayMs : weekMs) };
  };
  const load = (session: Session) => async (before: Entries) => {
    try {
      return await read(session);
    } catch (thrown) {
      if (!(thrown instanceof Failure)) throw thrown;
      return isWithout(thrown)
        ? { value: [], until: session.now() + weekMs }
        : { value: before, until: session.now() + (thrown.kind === 'deadline-exceeded' ? 0 : retryMs) };
    }
  };
  const pricesOf = (entries: Entries): EcuPrices => withInvoiced(configured, entries.map(priceOf));
  const current = async (session: Session) => pricesOf(await invoicedFact.current(session, load(session)));
  return {
    current,
    ofFill: async (session) =>
      session.edition === null ? current(session) : withInvoiced(configured, invoicedIn(session.edition)),
    check: async (session) => {
      try {
        await invoicedFact.replace(session, await read(session));
        return true;
      } catch (thrown) {
        if (thrown instanceof Failure && isWithout(thrown)) return false;
        throw thrown;
      }
    },
    // Questions of costs take no call for the history while it has not been read: the check at the start and the lists
    // of accounts and budgets read it.
    edition: async (session) => editionText(pricesOf(await invoicedFact.currentLater(session, load(session)))),
  };
};
