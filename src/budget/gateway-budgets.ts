import type { Clock } from '../clock.ts';
import { instantText } from '../domain/day.ts';
import type { Budget, BudgetInput, Scope } from '../domain/nouns.ts';
import { sourceBudgetSchema } from '../domain/schemas.ts';
import { Failure } from '../failure/failure.ts';
import type { BudgetSource, Reading } from '../provider/contract.ts';
import type { Store } from '../store/store.ts';
import { canonicalJson } from '../write/fingerprint.ts';

const budgetsMax = 1_000;

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
  const prefix = `budget/1/${storageKey}/`;

  const find = async (key: string): Promise<Budget | null> => {
    const bytes = await store.get(key);
    if (bytes === null) return null;
    try {
      return sourceBudgetSchema.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8'))).data ?? null;
    } catch {
      return null;
    }
  };
  const keep = async (budget: Budget): Promise<Budget> => {
    await store.set(`${prefix}${budget.nativeId}`, Buffer.from(JSON.stringify(budget)));
    return budget;
  };
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
    list: async (): Promise<Reading<Budget>> => {
      const keys = await store.keys(prefix, budgetsMax);
      const found = await Promise.all(keys.map(async (key) => ({ key, budget: await find(key) })));
      return {
        items: found.flatMap(({ budget }) => (budget === null ? [] : [budget])),
        notes: [],
        faults: found
          .filter(({ budget }) => budget === null)
          .map(({ key }) => ({
            path: `budgets(id=${key.slice(prefix.length)})`,
            message: 'is kept in a form that cannot be read',
          })),
      };
    },
    writes: {
      cannotHold: ({ alerts, scope }) =>
        alerts.some((alert) => alert.recipients.length > 0) ? mailless : cannotFollow(scope),
      matches: (budget, input) => wanted(budget) === wanted(input),
      create: {
        deduplicates: true,
        send: async (_session, { input }, key) => {
          const nativeId = `gateway-${key.slice(0, 20)}`;
          const known = await find(`${prefix}${nativeId}`);
          return known ?? keep(made(nativeId, input, instantText(clock.now())));
        },
      },
      replace: {
        deduplicates: true,
        send: async (_session, { nativeId, input }) => {
          const known = await find(`${prefix}${nativeId}`);
          if (known === null)
            throw new Failure('not-found', { public: 'There is no budget with this id.', effect: 'never' });
          return keep(made(nativeId, input, known.createdAt));
        },
      },
      remove: {
        deduplicates: true,
        send: async (_session, { nativeId }) => {
          await store.delete(`${prefix}${nativeId}`);
          return null;
        },
      },
    },
  };
};
