import { decimal, decimalText } from '../../../src/domain/decimal.ts';
import { sameMoney } from '../../../src/domain/money.ts';
import type { Budget, BudgetInput } from '../../../src/domain/nouns.ts';
import {
  type BudgetWrites,
  beforeEffect,
  cannotBeHeld,
  decode,
  Failure,
  type Reading,
  type Session,
  type VendorRequest,
} from '../../../src/vendor/kit/index.ts';
import { type Dialect, type DialectSetting, determineDialect } from '../dialect.ts';
import { writeOnce } from '../write-once.ts';
import { cannotHold, refusedByLive } from './holdable.ts';
import { type BudgetOutcome, liveBudget, publishedBudget } from './normalise.ts';
import {
  createLiveBudgetRequest,
  createPublishedBudgetRequest,
  deleteBudgetRequest,
  oneBudgetRequest,
  patchLiveBudgetRequest,
  updatePublishedBudgetRequest,
} from './requests.ts';
import { standingBudgetSchema, writtenBudgetSchemas } from './wire.ts';

export interface BudgetWriteSettings {
  readonly currency: string;
  readonly dialect: DialectSetting;
  /** Reads something that only the right dialect answers. */
  readonly probe: (session: Session, dialect: Dialect) => Promise<unknown>;
  readonly list: (session: Session) => Promise<Reading<Budget>>;
}

/** Equal texts for alerts with the same meaning, in any order. */
const alertTexts = (alerts: Budget['alerts']): string => {
  const texts = alerts.map(({ thresholdPercent, recipients }) =>
    JSON.stringify([decimalText(decimal(thresholdPercent)), ...[...recipients].sort()]),
  );
  return [...new Set(texts)].sort().join();
};

export const matches = (budget: Budget, input: BudgetInput): boolean =>
  budget.name === input.name &&
  budget.period === input.period &&
  sameMoney(budget.limit, input.limit) &&
  budget.scope.view === input.scope.view &&
  alertTexts(budget.alerts) === alertTexts(input.alerts);

const what = 'the change of a budget';

const budgetFromOutcome = (outcome: BudgetOutcome): Budget => {
  // A budget that was just written has a limit, although a listed one needs none.
  if (outcome.kind === 'budget' && outcome.budget.limit !== null) return outcome.budget;
  throw new Failure('vendor-malformed', {
    public: 'CloudZero answered the change of a budget with a budget that cannot be read.',
    internal: outcome.kind === 'budget' ? 'it has no limit' : `${outcome.fault.path} ${outcome.fault.message}`,
  });
};

/** The vendor refuses a name that another budget of the view has; the refusal is made plain where that is the reason. */
const explained = async (
  refusal: unknown,
  input: BudgetInput,
  nativeId: string | null,
  list: () => Promise<Reading<Budget>>,
): Promise<unknown> => {
  if (!(refusal instanceof Failure) || refusal.kind !== 'vendor-rejected') return refusal;
  const { items } = await list().catch(() => ({ items: [] }));
  const taken = items.some(
    (each) => each.nativeId !== nativeId && each.name === input.name && each.scope.view === input.scope.view,
  );
  if (!taken) return refusal;
  return new Failure('conflict', {
    public:
      'CloudZero has another budget of this name in this view, and names are unique within a view: choose another name.',
    effect: 'never',
    cause: refusal,
  });
};

export const createBudgetWrites = ({ currency, dialect: setting, probe, list }: BudgetWriteSettings): BudgetWrites => {
  const dialectFor = (session: Session, input: BudgetInput): Promise<Dialect> =>
    beforeEffect(async () => {
      const dialect = await determineDialect(session, setting, (each) => probe(session, each));
      const reason = dialect === 'live' ? refusedByLive(input) : null;
      if (reason !== null) throw cannotBeHeld(reason);
      return dialect;
    });

  const write = (session: Session, dialect: Dialect, request: VendorRequest): Promise<Budget> =>
    writeOnce(session, request, ({ json }) =>
      budgetFromOutcome(
        dialect === 'live'
          ? liveBudget(decode(writtenBudgetSchemas.live, json, what), session.today(), currency)
          : publishedBudget(decode(writtenBudgetSchemas.published, json, what), currency),
      ),
    );

  /** Only the live dialect documents an idempotency key. */
  const deduplicates = async (session: Session): Promise<boolean> =>
    (await determineDialect(session, setting, (each) => probe(session, each))) === 'live';

  return {
    cannotHold: (input) => cannotHold(input, currency, setting),
    matches,
    create: {
      deduplicates,
      send: async (session, { input }, key) => {
        const dialect = await dialectFor(session, input);
        if (dialect === 'published') return write(session, dialect, createPublishedBudgetRequest(input));
        return write(session, dialect, createLiveBudgetRequest(input, session.today(), key)).catch(async (refusal) => {
          throw await explained(refusal, input, null, () => list(session));
        });
      },
    },
    replace: {
      deduplicates,
      send: async (session, { nativeId, input }, key) => {
        const dialect = await dialectFor(session, input);
        if (dialect === 'published') return write(session, dialect, updatePublishedBudgetRequest(nativeId, input));
        const standing = await beforeEffect(async () =>
          decode(standingBudgetSchema, (await session.call(oneBudgetRequest(nativeId))).json, 'the budget as it was'),
        );
        const request = patchLiveBudgetRequest(nativeId, input, session.today(), standing, key);
        return write(session, dialect, request).catch(async (refusal) => {
          throw await explained(refusal, input, nativeId, () => list(session));
        });
      },
    },
    remove: {
      deduplicates,
      send: async (session, { nativeId }, key) => {
        const keyed = await beforeEffect(() => deduplicates(session));
        return writeOnce(session, deleteBudgetRequest(nativeId, keyed ? key : null), () => null);
      },
    },
  };
};
