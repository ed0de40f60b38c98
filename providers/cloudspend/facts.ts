import { z } from 'zod';
import type { Day } from '../../src/domain/day.ts';
import { Failure, type ReadingFault, type Session } from '../../src/vendor/kit/index.ts';
import { availabilityOf, costAccountsOf, type Decoded, displayCurrencyOf } from './normalise.ts';
import { readAccountsData, readAvailableRange, readDisplayCurrency } from './requests.ts';

const minute = 60_000;
const hour = 60 * minute;

/** Failures of one operation that leave the others worth asking. Anything else is about the connection. */
const ofOneOperation: readonly string[] = [
  'vendor-rejected',
  'vendor-not-found',
  'vendor-malformed',
  'vendor-unavailable',
  'vendor-timeout',
  'vendor-throttled',
  'vendor-too-large',
  'permission-missing',
];
export const concernsOneOperation = (thrown: unknown): thrown is Failure =>
  thrown instanceof Failure &&
  ofOneOperation.includes(thrown.kind) &&
  (thrown.kind !== 'vendor-throttled' || thrown.details.pauses === 'operation');

/** The display currency at this moment. */
export const displayCurrency = async (session: Session): Promise<string> =>
  displayCurrencyOf((await session.call(readDisplayCurrency())).json);

const editionFact = 'edition';
const editionSchema = z.string();

/** As long as open figures are kept: every read of figures looks at the switch again anyway. */
const editionAge = 6 * hour;

/** What kept figures are filed under: the display currency, as it was a few hours ago. */
export const edition = (session: Session): Promise<string> =>
  session.fact(editionFact, editionAge, editionSchema, () => displayCurrency(session));

/** A read that met another currency than the one remembered drops the memory. */
const compareEdition = async (session: Session, currency: string): Promise<void> => {
  const remembered = await session.fact(editionFact, editionAge, editionSchema, async () => currency);
  if (remembered !== currency) await session.forget(editionFact);
};

/**
 * Amounts carry no currency: they are in the one that an administrator has switched the display to.
 * It is asked for before and after, and figures that were read across a switch are worth nothing.
 */
export const inDisplayCurrency = async <Result>(
  session: Session,
  read: (currency: string) => Promise<Result>,
): Promise<Result> => {
  const before = await displayCurrency(session);
  const result = await read(before);
  const after = await displayCurrency(session);
  await compareEdition(session, after);
  if (after === before) return result;
  throw new Failure('vendor-malformed', {
    public: `The display currency of CloudSpend was switched from ${before} to ${after} during the read; the figures were dropped.`,
  });
};

const costAccountsFact = 'cost-accounts';
const costAccountsSchema = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      cloud: z.number(),
      children: z.array(z.object({ id: z.string(), name: z.string() })),
    }),
  ),
  faults: z.array(z.object({ path: z.string(), message: z.string() })),
});
export type CostAccounts = z.output<typeof costAccountsSchema>;

/** Cost accounts and their billing accounts. A list with faults is not kept, so that it heals with the vendor. */
export const costAccounts = async (session: Session): Promise<CostAccounts> => {
  const known = await session.fact(costAccountsFact, 6 * hour, costAccountsSchema, async () => {
    const { items, faults } = costAccountsOf((await session.call(readAccountsData())).json);
    return { items: items.map((each) => ({ ...each, children: [...each.children] })), faults: [...faults] };
  });
  if (known.faults.length > 0) await forgetCostAccounts(session);
  return known;
};
export const forgetCostAccounts = (session: Session): Promise<void> => session.forget(costAccountsFact);

const availabilitySchema = z.object({ since: z.string().nullable(), completeThrough: z.string().nullable() });
export interface Availability {
  readonly since: Day | null;
  readonly completeThrough: Day | null;
}

/** The range that the vendor has figures for; unknown where it does not tell. */
export const availability = async (session: Session): Promise<Availability> => {
  try {
    return await session.fact('available-range', 10 * minute, availabilitySchema, async () =>
      availabilityOf((await session.call(readAvailableRange())).json, session.today()),
    );
  } catch (thrown) {
    if (concernsOneOperation(thrown)) return { since: null, completeThrough: null };
    throw thrown;
  }
};

/** A failure that leaves the rest readable, as a fault of the reading. */
export const faultOf = (path: string, failure: Failure): ReadingFault => ({ path, message: failure.details.public });

/** A call whose failure costs its own part only. */
export const tolerant = async <Item>(where: string, read: () => Promise<Decoded<Item>>): Promise<Decoded<Item>> => {
  try {
    return await read();
  } catch (thrown) {
    if (!concernsOneOperation(thrown)) throw thrown;
    return { items: [], faults: [faultOf(where, thrown)] };
  }
};
