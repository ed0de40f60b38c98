import { decimal } from '../../../src/domain/decimal.ts';
import { type Money, money } from '../../../src/domain/money.ts';
import type { Recommendation } from '../../../src/domain/nouns.ts';
import type { LiveInsight } from '../insights/wire.ts';
import { blankToNull } from '../normalise.ts';
import type { WireRecommendation } from './wire.ts';

const efforts = ['low', 'medium', 'high'] as const;
const effortOf = (text: string | null | undefined): Recommendation['effort'] =>
  efforts.find((effort) => effort === text?.toLowerCase()) ?? 'unknown';

const moneyOrNull = (amount: string | null | undefined, currency: string): Money | null =>
  amount === null || amount === undefined ? null : money(decimal(amount), currency);

/** Only http and https links: `javascript:` and others are dropped. */
const webLink = (text: string | null | undefined): string | null =>
  text !== null && text !== undefined && /^https?:$/.test(URL.parse(text)?.protocol ?? '') ? text : null;

/** An insight that is tracked work. */
export const recommendationOfInsight = (insight: LiveInsight, currency: string): Recommendation => ({
  nativeId: insight.id,
  title: blankToNull(insight.title) ?? insight.id,
  description: blankToNull(insight.description),
  category: blankToNull(insight.category),
  status: insight.status ?? 'unknown',
  effort: effortOf(insight.effort),
  savings: moneyOrNull(insight.cost_impact, currency),
  scope: {},
  link: webLink(insight.link),
});

/** The vendor lists the accounts, services and regions of a resource; a scope holds one of each. */
const onlyOne = (values: readonly string[] | null | undefined): string | undefined =>
  values?.length === 1 ? values[0] : undefined;

export const recommendationOf = (
  each: WireRecommendation,
  descriptions: ReadonlyMap<string, string>,
  currency: string,
): Recommendation => {
  const title = blankToNull(each.title) ?? each.recommendation_id;
  const resource = blankToNull(each.resource_name) ?? blankToNull(each.resource);
  const account = onlyOne(each.account);
  const service = onlyOne(each.service);
  const region = onlyOne(each.region);
  return {
    nativeId: each.recommendation_id,
    title: resource === null ? title : `${title}: ${resource}`,
    description: descriptions.get(each.optimization_id ?? '') ?? null,
    category: blankToNull(each.category),
    status: blankToNull(each.status) ?? 'unknown',
    effort: effortOf(each.effort),
    savings: moneyOrNull(each.cost_impact_last_30_days, currency),
    scope: {
      ...(account === undefined ? {} : { account }),
      ...(service === undefined ? {} : { service }),
      ...(region === undefined ? {} : { region }),
    },
    link: null,
  };
};
