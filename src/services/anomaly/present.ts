import { absolute, compare, type Decimal, percentText, subtract } from '../../domain/decimal.ts';
import { amountOf, money } from '../../domain/money.ts';
import type { Anomaly } from '../../domain/nouns.ts';
import type { Connection } from '../../vendor/connection.ts';

/** An anomaly of either side: a vendor's, or the gateway's own over any dimension. */
export interface KnownAnomaly extends Omit<Anomaly, 'scope'> {
  readonly scope: Readonly<Record<string, string | undefined>>;
}
export interface Sighting {
  readonly anomaly: KnownAnomaly;
  readonly detectedBy: 'vendor' | 'gateway';
}

const impactOf = ({ actual, expected }: KnownAnomaly): Decimal => subtract(amountOf(actual), amountOf(expected));

/** Is it at least that far out of line, to either side? */
export const hasImpact = (anomaly: KnownAnomaly, minimum: Decimal): boolean =>
  compare(absolute(impactOf(anomaly)), minimum) >= 0;

/** The anomaly as it stands in answers. */
export const presentAnomaly = ({ anomaly, detectedBy }: Sighting, connection: Connection) => {
  const { nativeId, day: _day, scope, expected, actual, ...rest } = anomaly;
  const impact = impactOf(anomaly);
  return {
    id: `${connection.id}:${nativeId}`,
    provider: connection.provider,
    connection: connection.id,
    ...rest,
    scope,
    expected,
    actual,
    impact: money(impact, actual.currency),
    deviationPercent: percentText(impact, amountOf(expected)),
    detectedBy,
  };
};
