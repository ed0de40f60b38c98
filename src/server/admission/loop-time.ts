import { AsyncLocalStorage } from 'node:async_hooks';
import { promiseHooks } from 'node:v8';
import type { Clock } from '../../domain/clock.ts';

/** How the time of the event loop is divided between consumers. */
export interface Shares {
  /** Milliseconds of the event loop that a consumer used lately; older use counts less. */
  usedMs(consumer: string): number;
  /**
   * True for a consumer that used no more than its part of what all used lately, where there are several. One that is
   * alone takes nothing from others, so it is never within its share.
   */
  isWithin(consumer: string): boolean;
}

export interface LoopTime extends Shares {
  /** Runs work whose time, across every wait, counts as that of this consumer. */
  run<Value>(consumer: string, work: () => Value): Value;
  /** What runs from here on, until other work does, counts as that of this consumer: for what has no asynchronous part. */
  turnTo(consumer: string): void;
  close(): void;
}

interface Account {
  readonly consumer: string;
  usedMs: number;
  /** Until when `usedMs` has been aged. */
  agedAt: number;
  seenAt: number;
}

const halfLifeMs = 5_000;
/** A consumer takes part in the division for this long after its last work. */
const presentMs = 10_000;
/** How much more than its part a consumer may use and still be within it. */
const tolerance = 1.25;
/** Who used less than this lately is within its share, whatever the others used. */
const littleMs = 100;
/** The division is made anew after this time. */
const dividedForMs = 100;

/** Time in which the event loop did something, since it began. */
const loopBusyMs = (): number => performance.eventLoopUtilization().active;

/**
 * Counts the time of the event loop for each consumer. Whatever runs belongs to the consumer whose asynchronous context
 * it has; a hook on promises notices each change of it. An `await` becomes dearer by about 40 ns.
 */
export const openLoopTime = (clock: Clock, busyMs: () => number = loopBusyMs): LoopTime => {
  const context = new AsyncLocalStorage<Account>();
  const accounts = new Map<string, Account>();
  let current: Account | undefined;
  let since = busyMs();
  let partMs = 0;
  let dividedAt = Number.NEGATIVE_INFINITY;

  const age = (account: Account, now: number): void => {
    account.usedMs *= 0.5 ** ((now - account.agedAt) / halfLifeMs);
    account.agedAt = now;
  };
  const settle = (): void => {
    const busy = busyMs();
    if (current !== undefined) {
      const now = clock.monotonic();
      age(current, now);
      current.usedMs += busy - since;
      current.seenAt = now;
    }
    since = busy;
  };
  const turnTo = (account: Account | undefined): void => {
    settle();
    current = account;
  };
  const stop = promiseHooks.createHook({
    before: () => {
      const account = context.getStore();
      if (account !== current) turnTo(account);
    },
  });

  const accountOf = (consumer: string): Account => {
    const known = accounts.get(consumer);
    if (known !== undefined) return known;
    const now = clock.monotonic();
    const made = { consumer, usedMs: 0, agedAt: now, seenAt: now };
    accounts.set(consumer, made);
    return made;
  };
  const divide = (now: number): void => {
    settle();
    let sum = 0;
    for (const account of accounts.values()) {
      age(account, now);
      if (now - account.seenAt > presentMs && account !== current) accounts.delete(account.consumer);
      else sum += account.usedMs;
    }
    partMs = accounts.size < 2 ? 0 : Math.max(littleMs, (sum / accounts.size) * tolerance);
    dividedAt = now;
  };

  return {
    run: (consumer, work) => {
      const account = accountOf(consumer);
      account.seenAt = clock.monotonic();
      const before = current;
      turnTo(account);
      try {
        return context.run(account, work);
      } finally {
        turnTo(before);
      }
    },
    turnTo: (consumer) => turnTo(accountOf(consumer)),
    usedMs: (consumer) => {
      settle();
      const account = accounts.get(consumer);
      if (account !== undefined) age(account, clock.monotonic());
      return account?.usedMs ?? 0;
    },
    isWithin: (consumer) => {
      const now = clock.monotonic();
      if (now - dividedAt >= dividedForMs) divide(now);
      const account = accounts.get(consumer);
      if (account === undefined) return accounts.size > 0;
      return account.usedMs < partMs;
    },
    close: () => stop(),
  };
};
