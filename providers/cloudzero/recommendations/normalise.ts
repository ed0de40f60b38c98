import { decimal } from '../../../src/domain/decimal.ts';
import { money } from '../../../src/domain/money.ts';
import type { Recommendation } from '../../../src/domain/nouns.ts';
import { blankToNull } from '../normalise.ts';
import type { LiveInsight } from './wire.ts';

const efforts = ['low', 'medium', 'high'] as const;

/** Only http and https links: `javascript:` and others are dropped. */
const webLink = (text: string | null): string | null =>
  text !== null && /^https?:$/.test(URL.parse(text)?.protocol ?? '') ? text : null;

export const recommendationOf = (insight: LiveInsight, currency: string): Recommendation => ({
  nativeId: insight.id,
  title: insight.title,
  description: blankToNull(insight.description),
  category: blankToNull(insight.category),
  status: insight.status,
  effort: efforts.find((effort) => effort === insight.effort?.toLowerCase()) ?? 'unknown',
  savings:
    insight.cost_impact === null || insight.cost_impact === undefined
      ? null
      : money(decimal(insight.cost_impact), currency),
  scope: {},
  link: webLink(insight.link ?? null),
});
