import { addDays, type Day } from '../../../src/domain/day.ts';
import type { CommitmentSource, Note } from '../../../src/vendor/kit/index.ts';
import { type EcuPrices, type PriceSource, priceNotes } from '../prices.ts';
import { creditsOf } from './normalise.ts';
import { prepaidCreditRequest } from './requests.ts';
import { isUnknownOrganization } from './wire.ts';

const none: Note = {
  code: 'no-prepaid-credit',
  message: 'Elastic Cloud keeps no list of prepaid credit for this organization; only yearly contracts have one.',
};

/** The notes on the prices of these days, each once. */
const notesOn = (prices: EcuPrices, days: readonly Day[]): Note[] => [
  ...new Map(
    days.flatMap((day) => priceNotes(prices, day, addDays(day, 1))).map((note) => [note.message, note]),
  ).values(),
];

/** Prepaid credit, at the price that an ECU had on its first day. Organizations without it are answered with 404. */
export const createCommitmentSource = (organizationId: string, priceSource: PriceSource): CommitmentSource => ({
  list: async (session) => {
    const { reply, failure } = await session.exchange(prepaidCreditRequest(organizationId));
    if (failure?.kind === 'vendor-not-found' && !isUnknownOrganization(reply.json)) {
      return { items: [], notes: [none], faults: [] };
    }
    if (failure !== null) throw failure;
    const prices = await priceSource.current(session);
    const today = session.today();
    const { items, faults } = creditsOf(reply.json, prices, today);
    const days = items.map(({ start }) => start ?? today);
    return { items, notes: notesOn(prices, days), faults };
  },
});
