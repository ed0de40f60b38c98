import { type Day, monthOf, monthStart } from '../../../src/domain/day.ts';
import { compare, decimal, decimalText } from '../../../src/domain/decimal.ts';
import type { Budget, BudgetInput } from '../../../src/domain/nouns.ts';
import {
  type BudgetWrites,
  beforeEffect,
  cannotBeHeld,
  decode,
  Failure,
  type Session,
  type VendorReply,
  type VendorRequest,
} from '../../../src/vendor/kit/index.ts';
import { type Dialect, type DialectSetting, determineDialect } from '../dialect.ts';
import { utcDay } from '../timestamps.ts';
import { writeOnce } from '../write-once.ts';
import { type BudgetOutcome, liveBudget, publishedBudget } from './normalise.ts';
import {
  createLiveBudgetRequest,
  createPublishedBudgetRequest,
  deleteBudgetRequest,
  oneBudgetRequest,
  patchLiveBudgetRequest,
  updatePublishedBudgetRequest,
} from './requests.ts';
import { plannedLimitsSchema, writtenBudgetSchemas } from './wire.ts';

export interface BudgetWriteSettings {
  readonly currency: string;
  readonly dialect: DialectSetting;
  /** Reads something that only the right dialect answers. */
  readonly probe: (session: Session, dialect: Dialect) => Promise<unknown>;
}

/** Why neither dialect can store the budget, or null. */
const refusedByBoth = (input: BudgetInput, currency: string): string | null => {
  const { account, service, region, costCenter } = input.scope;
  if ([account, service, region, costCenter].some((part) => part !== undefined)) {
    return 'A CloudZero budget covers one view, or everything: its scope can name a view, but no account, service, region or cost center.';
  }
  if (input.limit.currency !== currency) {
    return `CloudZero holds budgets in ${currency} only, which is the currency of this connection.`;
  }
  return null;
};

/** Why the live dialect cannot store a budget that the published one can, or null. */
const refusedByLive = (input: BudgetInput): string | null => {
  if (input.period !== 'monthly') {
    return 'This CloudZero organisation holds limits by the month only: the period has to be monthly.';
  }
  if (input.alerts.some((alert) => alert.recipients.length > 0)) {
    return 'The recipients of a CloudZero alert are kept in CloudZero itself: alerts can name thresholds, but no recipients.';
  }
  return null;
};

/** Without a call: only what is known before the dialect is determined. */
export const cannotHold = (input: BudgetInput, currency: string, setting: DialectSetting): string | null =>
  refusedByBoth(input, currency) ?? (setting === 'live' ? refusedByLive(input) : null);

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
  budget.limit.currency === input.limit.currency &&
  compare(decimal(budget.limit.amount), decimal(input.limit.amount)) === 0 &&
  budget.scope.view === input.scope.view &&
  alertTexts(budget.alerts) === alertTexts(input.alerts);

const what = 'the change of a budget';

const budgetFromOutcome = (outcome: BudgetOutcome): Budget => {
  if (outcome.kind === 'budget') return outcome.budget;
  const message = outcome.kind === 'note' ? outcome.note.message : `${outcome.fault.path} ${outcome.fault.message}`;
  throw new Failure('vendor-malformed', {
    public: 'CloudZero answered the change of a budget with a budget that cannot be read.',
    internal: message,
  });
};

/** The limits of the months before `today`; later ones are replaced by the new limit. */
const pastLimits = (reply: VendorReply, today: Day): Readonly<Record<string, unknown>> => {
  const { budget } = decode(plannedLimitsSchema, reply.json, 'the budget as it was');
  const begin = monthStart(monthOf(today));
  return Object.fromEntries(
    Object.entries(budget.planned_limits?.monthly ?? {}).filter(([start]) => (utcDay(start) ?? begin) < begin),
  );
};

export const createBudgetWrites = ({ currency, dialect: setting, probe }: BudgetWriteSettings): BudgetWrites => {
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
        const request =
          dialect === 'live'
            ? createLiveBudgetRequest(input, session.today(), key)
            : createPublishedBudgetRequest(input);
        return write(session, dialect, request);
      },
    },
    replace: {
      deduplicates,
      send: async (session, { nativeId, input }, key) => {
        const dialect = await dialectFor(session, input);
        if (dialect === 'published') return write(session, dialect, updatePublishedBudgetRequest(nativeId, input));
        const today = session.today();
        const past = await beforeEffect(async () => pastLimits(await session.call(oneBudgetRequest(nativeId)), today));
        return write(session, dialect, patchLiveBudgetRequest(nativeId, input, today, past, key));
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
