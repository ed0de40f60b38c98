import { absolute, compare, type Decimal, percentText, subtract } from '../../domain/decimal.ts';
import { amountOf, type Money, money } from '../../domain/money.ts';
import type { Anomaly } from '../../domain/nouns.ts';
import type { Connection } from '../../vendor/connection.ts';

/** An anomaly of a vendor, or one of the gateway, which can have any dimension. */
export interface KnownAnomaly extends Omit<Anomaly, 'scope'> {
  readonly scope: Readonly<Record<string, string | undefined>>;
}
export interface AttributedAnomaly {
  readonly anomaly: KnownAnomaly;
  readonly detectedBy: 'vendor' | 'gateway';
}

const impactOf = ({ actual, expected, impact }: KnownAnomaly): Money => {
  if (impact !== undefined) return impact;
  if (actual === null || expected === null) {
    throw new TypeError('an anomaly has an impact, or both of the figures that it follows from');
  }
  return money(subtract(amountOf(actual), amountOf(expected)), actual.currency);
};

/** Whether it deviates by at least `minimum`, in either direction. */
export const hasImpact = (anomaly: KnownAnomaly, minimum: Decimal): boolean =>
  compare(absolute(amountOf(impactOf(anomaly))), minimum) >= 0;

/** The anomaly as callers get it. */
export const presentAnomaly = ({ anomaly, detectedBy }: AttributedAnomaly, connection: Connection) => {
  const { nativeId, day: _day, scope, expected, actual, impact: _impact, ...rest } = anomaly;
  const impact = impactOf(anomaly);
  return {
    id: `${connection.id}:${nativeId}`,
    provider: connection.provider,
    connection: connection.id,
    ...rest,
    scope,
    expected,
    actual,
    impact,
    deviationPercent: expected === null ? null : percentText(amountOf(impact), amountOf(expected)),
    detectedBy,
  };
};
