import { compare, type Decimal, decimal, decimalText, divide, isZero, multiply } from '../../../src/domain/decimal.ts';
import { amountOf, money, sameMoney } from '../../../src/domain/money.ts';
import type { Budget, BudgetInput } from '../../../src/domain/nouns.ts';
import {
  type BudgetWrites,
  beforeEffect,
  cannotBeHeld,
  decode,
  decodeItems,
  type Session,
} from '../../../src/vendor/kit/index.ts';
import { type PriceSource, priceOn } from '../prices.ts';
import {
  type BudgetAlertBody,
  type BudgetBody,
  budgetRequest,
  createBudgetRequest,
  deleteBudgetRequest,
  updateBudgetRequest,
} from './requests.ts';
import { alertSchema, createdBudgetSchema, keptPartsSchema } from './wire.ts';

const isWhole = (value: Decimal): boolean => !decimalText(value).includes('.');

/** What can be known without the price of an ECU. */
export const cannotHold = ({ period, limit, scope, alerts }: BudgetInput, currency: string): string | null => {
  const { service, region, view, costCenter } = scope;
  if (period !== 'monthly') return 'Elastic Cloud has monthly budgets only: the period has to be monthly.';
  if (limit.currency !== currency) {
    return `Elastic Cloud holds budgets in ECU, which this connection prices in ${currency}: the limit has to be in ${currency}.`;
  }
  if ([service, region, view, costCenter].some((part) => part !== undefined)) {
    return 'An Elastic Cloud budget covers the organization or a deployment or project: its scope can name an account, but no service, region, view or cost center.';
  }
  if (alerts.some(({ recipients }) => recipients.length > 0)) {
    return 'Elastic Cloud mails groups of roles in the organization: alerts can name thresholds, but no recipients.';
  }
  if (alerts.some(({ thresholdPercent }) => !isWhole(decimal(thresholdPercent)))) {
    return 'Elastic Cloud holds thresholds as whole percentages.';
  }
  return null;
};

const percentTexts = (alerts: Budget['alerts']): string =>
  [...new Set(alerts.map(({ thresholdPercent }) => decimalText(decimal(thresholdPercent))))].sort().join();

export const matches = (budget: Budget, input: BudgetInput): boolean =>
  budget.name === input.name &&
  budget.period === input.period &&
  sameMoney(budget.limit, input.limit) &&
  budget.scope.account === input.scope.account &&
  budget.scope.view === undefined &&
  percentTexts(budget.alerts) === percentTexts(input.alerts);

const alertsOf = ({ alerts }: BudgetInput): BudgetAlertBody[] =>
  alerts.map(({ thresholdPercent }) => ({
    operator: 'gte',
    threshold: decimalText(decimal(thresholdPercent)),
    threshold_type: 'percentage',
  }));

const writtenBudget = (nativeId: string, input: BudgetInput): Budget => ({
  nativeId,
  name: input.name,
  period: input.period,
  nativePeriod: null,
  limit: money(amountOf(input.limit), input.limit.currency),
  spent: null,
  forecast: null,
  alerts: alertsOf(input).map(({ threshold }) => ({ thresholdPercent: threshold, recipients: [] })),
  scope: input.scope,
  createdAt: null,
  updatedAt: null,
});

export const createBudgetWrites = (
  organizationId: string,
  currency: string,
  priceSource: PriceSource,
): BudgetWrites => {
  /** The limit in ECU at today's price. */
  const ecuOf = async (session: Session, { limit }: BudgetInput): Promise<string> => {
    const price = priceOn(await priceSource.current(session), session.today());
    const nearest = divide(amountOf(limit), price, 0) ?? decimal('1');
    const held = isZero(nearest) ? decimal('1') : nearest;
    if (compare(multiply(held, price), amountOf(limit)) === 0) return decimalText(held);
    throw cannotBeHeld(
      `Elastic Cloud holds budgets in whole ECU, at ${decimalText(price)} ${currency} each now: the nearest limit is ${decimalText(multiply(held, price))} ${currency}.`,
    );
  };
  const bodyOf = async (session: Session, input: BudgetInput): Promise<BudgetBody> => ({
    name: input.name,
    amount: await ecuOf(session, input),
    account: input.scope.account ?? null,
    alerts: alertsOf(input),
  });
  /** What only the vendor knows of a budget and what a replacement must not lose. */
  const keptOf = async (session: Session, nativeId: string) => {
    const reply = await session.call(budgetRequest(organizationId, nativeId));
    const { active, recipient_group, alerts } = decode(keptPartsSchema, reply.json, 'the budget as it was');
    const others = decodeItems(alertSchema, alerts ?? [], 'alerts').items.filter(({ operator }) => operator !== 'gte');
    return {
      active: active ?? undefined,
      recipientGroup: recipient_group ?? undefined,
      alerts: others.map((alert) => ({ ...alert, threshold: decimalText(alert.threshold) })),
    };
  };

  // The vendor documents no idempotency key.
  return {
    cannotHold: (input) => cannotHold(input, currency),
    matches,
    create: {
      deduplicates: false,
      send: async (session, { input }) => {
        const body = await beforeEffect(() => bodyOf(session, input));
        const reply = await session.call(createBudgetRequest(organizationId, body));
        return writtenBudget(decode(createdBudgetSchema, reply.json, 'the creation of a budget').id, input);
      },
    },
    replace: {
      deduplicates: false,
      send: async (session, { nativeId, input }) => {
        const body = await beforeEffect(async () => {
          const [fresh, kept] = [await bodyOf(session, input), await keptOf(session, nativeId)];
          return { ...fresh, ...kept, alerts: [...fresh.alerts, ...kept.alerts] };
        });
        await session.call(updateBudgetRequest(organizationId, nativeId, body));
        return writtenBudget(nativeId, input);
      },
    },
    remove: {
      deduplicates: false,
      send: async (session, { nativeId }) => {
        await session.call(deleteBudgetRequest(organizationId, nativeId));
        return null;
      },
    },
  };
};
