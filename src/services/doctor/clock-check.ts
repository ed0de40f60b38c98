import type { Heard } from '../../vendor/upstream/hear.ts';
import { type Check, fine, wrong } from './check.ts';

const name = 'clock';
const skewMsMax = 60_000;
/** The header tells whole seconds. */
const halfSecond = 500;

const durationText = (milliseconds: number): string => {
  const seconds = Math.round(Math.abs(milliseconds) / 1000);
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} minutes`;
};

/** Our clock against the vendor's: tokens, signatures and the end of a day depend on it. */
export const checkClock = (heard: readonly Heard[]): Check => {
  const [skew] = heard
    .flatMap(({ serverTime, sentAt, receivedAt }) =>
      serverTime === null
        ? []
        : [{ ours: (sentAt + receivedAt) / 2 - (serverTime + halfSecond), unsure: receivedAt - sentAt }],
    )
    .sort((left, right) => left.unsure - right.unsure);
  if (skew === undefined) {
    return wrong(
      name,
      'not known: no answer told the time',
      'Make sure that the clock of this machine is synchronised.',
    );
  }
  if (Math.abs(skew.ours) <= skewMsMax + skew.unsure / 2) {
    return fine(name, `within ${skewMsMax / 1000} s of the clock of the vendor`);
  }
  const which = skew.ours > 0 ? 'ahead of' : 'behind';
  return wrong(
    name,
    `the clock of this machine is ${durationText(skew.ours)} ${which} that of the vendor`,
    'Synchronise the clock of this machine (NTP).',
  );
};
