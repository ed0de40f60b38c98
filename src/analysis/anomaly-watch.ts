import { type Band, type BandWidth, bandFor, errorOf, firstErrors } from './anomaly-band.ts';
import { baselineDaysMax, rebase } from './expectation.ts';
import { at } from './statistics.ts';

export type Direction = 'increase' | 'decrease';

export interface Finding {
  readonly index: number;
  readonly direction: Direction;
  readonly actual: number;
  readonly band: Band;
  /** Index of the first day back in the band; `null` while open. */
  closedIndex: number | null;
}

/** Known days needed before the first finding. */
export const warmUpDays = 14;
/** A new level that lasts this long becomes the baseline. */
const adaptDays = 14;
/** How many of its last days determine the new level. */
const adaptedDays = 7;
/** How many days in a row may be at weekend level before a decrease is no holiday. */
const holidayDaysMax = 3;
/** A longer anomaly is left out of habits and month effects. */
const singleDaysMax = 3;

/** Days in a row out of the band to the same side. */
interface OutOfBandRun {
  readonly direction: Direction;
  readonly start: number;
  /** `null` while its impact is too small. */
  finding: Finding | null;
  usual: number[];
  actual: number[];
}

/** Processes days in order. A finding does not depend on later days, except for its `closedIndex`. */
export class AnomalyWatch {
  readonly findings: Finding[] = [];
  readonly #sensitivity: BandWidth;
  readonly #impactMin: number;
  readonly #errors: number[] = [];
  readonly #deviations: number[] = [];
  readonly #values: number[] = [];
  #baseline: number[] = [];
  #knownDays = 0;
  #holidays = 0;
  #run: OutOfBandRun | null = null;

  constructor(sensitivity: BandWidth, impactMin: number) {
    this.#sensitivity = sensitivity;
    this.#impactMin = impactMin;
  }

  /** Adds the next day, with day number `ordinal`; `NaN` for an unknown value. */
  add(value: number, ordinal: number): void {
    const warmingUp = this.#knownDays < warmUpDays;
    this.#errors.push(Number.NaN);
    this.#deviations.push(Number.NaN);
    const usual = warmingUp ? this.#warmUp(value) : this.#judge(value, ordinal);
    this.#values.push(value);
    if (usual === null) return;
    this.#baseline.push(usual);
    if (this.#baseline.length > baselineDaysMax) this.#baseline.shift();
    if (warmingUp && this.#knownDays === warmUpDays) this.#learnErrors(ordinal);
    if (this.#run !== null && this.#run.actual.length >= adaptDays) this.#adapt(this.#run);
  }

  /** Null for days before the first cost, which are not part of the series. */
  #warmUp(value: number): number | null {
    if (this.#knownDays === 0 && (Number.isNaN(value) || value === 0)) return null;
    if (Number.isNaN(value)) return at(this.#baseline, Math.max(0, this.#baseline.length - 7));
    this.#knownDays += 1;
    return value;
  }

  #learnErrors(ordinal: number): void {
    const days = this.#baseline.length;
    this.#errors.splice(-days, days, ...firstErrors(this.#baseline, ordinal - days + 1));
  }

  /** Returns the value of the day for the baseline. */
  #judge(value: number, ordinal: number): number {
    const index = this.#values.length;
    const past = {
      values: this.#values.slice(0, this.#run?.start ?? index),
      baseline: this.#baseline,
      errors: this.#errors.slice(0, index),
      deviations: this.#deviations.slice(0, index),
    };
    const band = bandFor(past, ordinal, this.#sensitivity);
    if (Number.isNaN(value)) return band.usual;
    const error = errorOf(value, band.expected, band.scale);
    this.#deviations[index] = errorOf(value, band.usual, band.levelScale);
    const direction = value > band.upper ? 'increase' : value < band.lower ? 'decrease' : null;
    if (direction === null) {
      this.#endRun(index);
      this.#holidays = 0;
      this.#errors[index] = error;
      return value < band.usualLower || value > band.usualUpper ? band.usual : value;
    }
    const atWeekendLevel = value < band.usualLower && value >= band.holidayFloor;
    if (direction === 'decrease' && atWeekendLevel && this.#run === null && this.#holidays < holidayDaysMax) {
      this.#holidays += 1;
      return band.usual;
    }
    if (this.#run?.direction !== direction) {
      this.#endRun(index);
      this.#errors[index] = error;
      this.#run = { direction, start: index, finding: null, usual: [], actual: [] };
    }
    this.#extend(this.#run, index, value, band);
    return band.usual;
  }

  #extend(run: OutOfBandRun, index: number, value: number, band: Band): void {
    run.usual.push(band.usual);
    run.actual.push(value);
    if (run.finding !== null || Math.abs(value - band.expected) < this.#impactMin) return;
    run.finding = { index, direction: run.direction, actual: value, band, closedIndex: null };
    this.findings.push(run.finding);
  }

  #endRun(index: number): void {
    if (this.#run === null) return;
    if (index - this.#run.start > singleDaysMax) this.#forget(this.#run, index);
    if (this.#run.finding !== null) this.#run.finding.closedIndex = index;
    this.#run = null;
  }

  #forget({ start }: OutOfBandRun, end: number): void {
    this.#errors[start] = Number.NaN;
    this.#deviations.fill(Number.NaN, start, end);
  }

  #adapt(run: OutOfBandRun): void {
    this.#baseline = rebase(this.#baseline, run.usual.slice(-adaptedDays), run.actual.slice(-adaptedDays));
    run.usual = [];
    run.actual = [];
  }
}
