import type { Clock } from '../../../domain/clock.ts';
import { instantText } from '../../../domain/day.ts';
import { Failure } from '../../../domain/failure/failure.ts';
import type { Budget, BudgetInput, Scope } from '../../../domain/nouns.ts';
import { sourceBudgetSchema } from '../../../domain/nouns.ts';
import type { Store } from '../../../store/store.ts';
import type { BudgetSource } from '../../../vendor/contract/contract.ts';
import { canonicalJson } from '../../writes/fingerprint.ts';
import { keptId, openKeptThings } from '../../writes/kept-things.ts';

const wanted = ({ name, period, limit, alerts, scope }: BudgetInput | Budget): string =>
  canonicalJson({ name, period, limit, alerts, scope });

const mailless =
  'Nobody would mail the recipients of a budget that the gateway keeps itself: leave recipients out, and read GET /v1/budgets for its status.';

/** The budgets of a connection whose vendor has none: kept in the store, and spoken to as a vendor's would be. */
export const gatewayBudgets = (
  store: Store,
  clock: Clock,
  storageKey: string,
  cannotFollow: (scope: Scope) => string | null,
): BudgetSource => {
  const kept = openKeptThings(store, 'budgets', storageKey, sourceBudgetSchema);
  const made = (nativeId: string, input: BudgetInput, createdAt: string | null): Budget => ({
    nativeId,
    ...input,
    nativePeriod: null,
    spent: null,
    forecast: null,
    createdAt,
    updatedAt: instantText(clock.now()),
  });

  return {
    list: () => kept.list(),
    writes: {
      cannotHold: ({ alerts, scope }) =>
        alerts.some((alert) => alert.recipients.length > 0) ? mailless : cannotFollow(scope),
      matches: (budget, input) => wanted(budget) === wanted(input),
      create: {
        deduplicates: true,
        send: async (_session, { input }, key) =>
          (await kept.find(keptId(key))) ?? kept.keep(made(keptId(key), input, instantText(clock.now()))),
      },
      replace: {
        deduplicates: true,
        send: async (_session, { nativeId, input }) => {
          const known = await kept.find(nativeId);
          if (known === null)
            throw new Failure('not-found', { public: 'There is no budget with this id.', effect: 'never' });
          return kept.keep(made(nativeId, input, known.createdAt));
        },
      },
      remove: {
        deduplicates: true,
        send: async (_session, { nativeId }) => {
          await kept.drop(nativeId);
          return null;
        },
      },
    },
  };
};
