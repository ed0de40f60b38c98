import { at } from './statistics.ts';

/** Holt's damped linear trend of a series without weekday effects. */
export interface DampedTrend {
  readonly level: number;
  readonly slope: number;
  readonly damping: number;
}

const levelWeights = [0.05, 0.1, 0.2, 0.35, 0.6];
const slopeWeights = [0, 0.02, 0.1];
const damping = 0.98;
/** The parameters with the smallest forecast errors at these horizons, in days, are chosen. */
const horizons = [1, 7, 14, 28];

/** The sum of the damping factors over `ahead` days. */
const growthFactor = (ahead: number): number => (damping * (1 - damping ** ahead)) / (1 - damping);
const growthFactors = horizons.map(growthFactor);

export const trendAt = ({ level, slope }: DampedTrend, ahead: number): number => level + slope * growthFactor(ahead);

const run = (values: readonly number[], levelWeight: number, slopeWeight: number, startSlope: number) => {
  let level = at(values, 0);
  let slope = startSlope;
  let error = 0;
  const warmUp = Math.min(14, values.length >> 1);
  for (let index = 1; index < values.length; index += 1) {
    const expected = level + damping * slope;
    const next = expected + levelWeight * (at(values, index) - expected);
    slope = damping * slope + slopeWeight * (next - level - damping * slope);
    level = next;
    if (index < warmUp) continue;
    for (let choice = 0; choice < horizons.length; choice += 1) {
      const target = values[index + at(horizons, choice)];
      if (target !== undefined) error += Math.abs(target - level - slope * at(growthFactors, choice));
    }
  }
  return { level, slope, error };
};

export const fitDampedTrend = (values: readonly number[]): DampedTrend => {
  let best = { level: at(values, values.length - 1), slope: 0, error: Number.POSITIVE_INFINITY };
  for (const levelWeight of levelWeights) {
    for (const slopeWeight of slopeWeights) {
      const candidate = run(values, levelWeight, slopeWeight, 0);
      if (candidate.error < best.error) best = candidate;
    }
  }
  return { level: best.level, slope: best.slope, damping };
};
