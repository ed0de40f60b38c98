import { z } from 'zod';
import { Failure, type Session } from '../../src/vendor/kit/index.ts';
import { minuteMs } from './availability.ts';
import { displayCurrencyOf } from './normalise.ts';
import { displayCurrencyRequest } from './requests.ts';

export const hourMs = 60 * minuteMs;

/** The display currency at this moment. */
export const displayCurrency = async (session: Session): Promise<string> =>
  displayCurrencyOf((await session.call(displayCurrencyRequest())).json);

const editionFact = 'edition';
const editionSchema = z.string();

/** As long as open figures are kept. Every read of figures checks the display currency again in any case. */
const editionAgeMs = 6 * hourMs;

/** What kept figures are filed under: the display currency, as it was a few hours ago. */
export const edition = (session: Session): Promise<string> =>
  session.fact(editionFact, editionAgeMs, editionSchema, () => displayCurrency(session));

/** Forgets the remembered edition if a read found another currency. */
const forgetStaleEdition = async (session: Session, currency: string): Promise<void> => {
  const remembered = await session.fact(editionFact, editionAgeMs, editionSchema, async () => currency);
  if (remembered !== currency) await session.forget(editionFact);
};

/** Throws where the display currency is another than it was before a read: its figures are in an unknown currency. */
export const requireCurrency = async (session: Session, before: string): Promise<void> => {
  const after = await displayCurrency(session);
  await forgetStaleEdition(session, after);
  if (after === before) return;
  throw new Failure('vendor-malformed', {
    public: `The display currency of CloudSpend was switched from ${before} to ${after} during the read; the figures were dropped.`,
  });
};

/**
 * Amounts carry no currency: they are in the display currency that an administrator has chosen. It is read before and
 * after; figures read across a change are dropped.
 */
export const inDisplayCurrency = async <Result>(
  session: Session,
  read: (currency: string) => Promise<Result>,
): Promise<Result> => {
  const before = await displayCurrency(session);
  const result = await read(before);
  await requireCurrency(session, before);
  return result;
};
