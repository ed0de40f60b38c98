import { z } from 'zod';
import { decimal, decimalText } from '../../../src/domain/decimal.ts';
import { Failure, type Session } from '../../../src/vendor/kit/index.ts';
import { expiringFact } from '../expiring-fact.ts';
import { type DatedPrice, type EcuPrices, invoicedIn, type PriceSource, withInvoiced } from '../prices.ts';
import { invoicedPrices } from './normalise.ts';
import { billingHistoryRequest } from './requests.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const retryMs = 15 * minuteMs;
const lastKnownMs = 400 * dayMs;
const pricesFact = 'invoiced-prices';
const lastKnownFact = 'invoiced-prices-last-known';

const entrySchema = z.object({ from: z.string(), price: z.string() });
const entriesSchema = z.array(entrySchema);
type Entries = z.output<typeof entriesSchema>;

const entryOf = ({ from, price }: DatedPrice) => ({ from, price: decimalText(price) });
const priceOf = ({ from, price }: Entries[number]): DatedPrice => ({ from, price: decimal(price), origin: 'invoiced' });

/** Organizations without a billing history, and keys that may not read it, have the prices that are configured. */
const isWithout = (failure: Failure): boolean =>
  failure.kind === 'vendor-not-found' || failure.kind === 'permission-missing';

/**
 * The configured prices, and those of the billing history before them. The history is asked once a day; while the vendor
 * does not answer, its last known prices go on.
 */
export const createPriceSource = (organizationId: string, configured: EcuPrices): PriceSource => {
  const load = async (session: Session): Promise<{ readonly value: Entries; readonly until: number }> => {
    try {
      const { json } = await session.call(billingHistoryRequest(organizationId));
      const entries = invoicedPrices(json, configured.currency, session.today()).map(entryOf);
      await session.forget(lastKnownFact);
      await session.fact(lastKnownFact, lastKnownMs, entriesSchema, async () => entries);
      return { value: entries, until: session.now() + dayMs };
    } catch (thrown) {
      if (!(thrown instanceof Failure)) throw thrown;
      if (isWithout(thrown)) return { value: [], until: session.now() + dayMs };
      const entries = await session.fact(lastKnownFact, lastKnownMs, entriesSchema, async (): Promise<Entries> => []);
      return { value: entries, until: session.now() + retryMs };
    }
  };
  const current = async (session: Session): Promise<EcuPrices> => {
    const entries = await expiringFact(session, pricesFact, entriesSchema, () => load(session));
    return withInvoiced(configured, entries.map(priceOf));
  };
  return {
    current,
    ofFill: async (session) =>
      session.edition === null ? current(session) : withInvoiced(configured, invoicedIn(session.edition)),
  };
};
