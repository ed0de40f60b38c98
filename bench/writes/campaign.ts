import { jsonDigest } from '../../src/services/writes/fingerprint.ts';
import { createWriteJournal } from '../../src/services/writes/journal.ts';
import { createMemoryStore } from '../../src/store/memory.ts';
import type { Store } from '../../src/store/store.ts';
import { budgetNamed, type Gateway, openGateway, type Told } from '../../test/services/writes/gateway.ts';
import { mortalStore } from '../../test/services/writes/mortal-store.ts';
import { ToyBudgets } from '../../test/services/writes/toy-budgets.ts';
import { VirtualClock } from '../../test/support/clock.ts';
import { ToyVendor } from '../../test/support/toy-vendor.ts';
import { seededRandom } from '../analysis/random.ts';
import { type Point, points } from './points.ts';

/**
 * Thousands of writes, each with a fault at one of the points. The ledger of the simulated vendor counts their effects.
 * Some callers retry with their key, immediately or later, on the same or another process; some never retry.
 */
export interface CampaignOptions {
  readonly writes: number;
  readonly seed: number;
  /** Concurrent writes over one store and one vendor. */
  readonly together?: number;
}

export interface Tally {
  readonly point: string;
  writes: number;
  told2xx: number;
  /** Callers who got no answer, or another one. */
  others: number;
  effects: number;
  repeated: number;
}

export interface Report {
  readonly tallies: readonly Tally[];
  /** Broken promises; should be empty. */
  readonly violations: readonly string[];
  readonly effectsMost: number;
  /** The longest time from sending a write to its outcome in the journal, in virtual seconds. */
  readonly settledWithinSeconds: number;
}

interface Attempt {
  readonly name: string;
  readonly point: Point;
  readonly key: string | null;
  readonly told: Told[];
  gateway: Gateway;
  repeats: number;
}

const minute = 60_000;
const lossMs = 30_000;

const twoHundred = ({ status }: Told): boolean => status >= 200 && status <= 299;
const idOf = (key: string): string => jsonDigest('tester', key).slice(0, 32);

class Batch {
  readonly violations: string[] = [];
  settledWithinMs = 0;
  readonly #clock = new VirtualClock();
  readonly #store: Store = createMemoryStore(this.#clock);
  readonly #toy = new ToyBudgets(this.#clock);
  readonly #vendor = new ToyVendor(this.#clock, { currencies: ['USD'], capabilities: { budgets: this.#toy.source } });
  readonly #random: () => number;
  readonly #attempts: Attempt[] = [];
  readonly #kill = new Map<string, () => void>();

  constructor(random: () => number) {
    this.#random = random;
  }

  #open(store: Store): Gateway {
    return openGateway({ vendor: this.#vendor, clock: this.#clock, store });
  }

  #begin(name: string, point: Point): Attempt {
    const mortal = mortalStore(this.#store, point.death ?? null, point.lostFrom ?? null);
    if (point.killedOn !== undefined) this.#kill.set(name, mortal.kill);
    if (point.lostFrom !== undefined) this.#clock.after(lossMs, mortal.restore);
    const key = this.#random() < 0.9 ? `key of ${name}` : null;
    return { name, point, key, told: [], repeats: Math.floor(this.#random() * 4), gateway: this.#open(mortal.store) };
  }

  #post(attempt: Attempt, gateway: Gateway): void {
    const deadlineMs = this.#random() < 0.2 ? 2_000 : 15_000;
    void gateway
      .post(budgetNamed(attempt.name), { key: attempt.key, deadlineMs })
      .then((answer) => attempt.told.push(answer));
  }

  /** Runs the writes for a minute and a half, after which all must be settled. */
  async run(names: readonly string[]): Promise<readonly Attempt[]> {
    const byName = new Map(names.map((name, index) => [name, points[index % points.length]]));
    this.#toy.mishap = (name, send) => (send === 0 ? (byName.get(name)?.mishap ?? 'none') : 'none');
    this.#toy.onArrival = (name) => {
      if (byName.get(name)?.killedOn === 'arrival') this.#kill.get(name)?.();
    };
    this.#toy.onEffect = (name) => {
      if (byName.get(name)?.killedOn === 'effect') this.#kill.get(name)?.();
    };
    const survivors = [this.#open(this.#store), this.#open(this.#store)];
    for (const survivor of survivors) survivor.writes.start();
    for (const [name, point] of byName) {
      if (point === undefined) continue;
      const attempt = this.#begin(name, point);
      this.#attempts.push(attempt);
      this.#post(attempt, attempt.gateway);
      if (attempt.key === null) continue;
      for (let repeat = 0; repeat < attempt.repeats; repeat += 1) {
        const other = survivors[Math.floor(this.#random() * survivors.length)] ?? attempt.gateway;
        this.#clock.after(this.#random() * 40_000, () =>
          this.#post(attempt, this.#random() < 0.3 ? attempt.gateway : other),
        );
      }
    }
    await this.#untilSettled();
    for (const attempt of this.#attempts) await this.#judge(attempt);
    await this.#askOnceMore(this.#open(this.#store));
    for (const gateway of [...survivors, ...this.#attempts.map((each) => each.gateway)]) gateway.close();
    return this.#attempts;
  }

  async #untilSettled(): Promise<void> {
    const step = 1_000;
    // The last retry is sent after 40 seconds and may take until its deadline.
    const last = 40_000 + 15_000;
    const openSince = new Map<string, number>();
    for (let passed = 0; passed < last + minute; passed += step) {
      await this.#clock.advance(step);
      const open = new Set(await this.#store.keys('write/1/open/', 10_000));
      for (const id of open) if (!openSince.has(id)) openSince.set(id, passed);
      for (const [id, since] of openSince) {
        if (open.has(id)) continue;
        this.settledWithinMs = Math.max(this.settledWithinMs, passed + step - since);
        openSince.delete(id);
      }
    }
    for (const id of openSince.keys()) this.violations.push(`${id} is not settled`);
  }

  async #judge(attempt: Attempt): Promise<void> {
    const { name, key, told, point } = attempt;
    const effects = this.effectsOf(name);
    const complain = (what: string) => this.violations.push(`${name} (${point.name}): ${what}`);
    if (effects > 1) complain(`${effects} effects`);
    if (told.some(twoHundred) && effects !== 1) complain('a 2xx without its effect');
    if (key === null) return;
    const entry = (await createWriteJournal(this.#store, this.#clock).read(idOf(key)))?.entry ?? null;
    const kept = entry?.state === 'done' && 'result' in entry.outcome;
    if (entry?.state === 'sent' || entry?.state === 'unknown') complain(`the journal still says ${entry.state}`);
    if (effects === 1 && !kept) complain('an effect without its record');
    if (effects === 0 && kept) complain('a record without its effect');
  }

  /** A further retry must get the true outcome and have no effect. */
  async #askOnceMore(gateway: Gateway): Promise<void> {
    const keyed = this.#attempts.filter(({ key }) => key !== null);
    this.#toy.mishap = () => 'none';
    const before = new Map(keyed.map(({ name }) => [name, this.effectsOf(name)]));
    for (const attempt of keyed) this.#post(attempt, gateway);
    await this.#clock.advance(20_000);
    for (const { name, point, told } of keyed) {
      const last = told.at(-1);
      const effects = this.effectsOf(name);
      const complain = (what: string) => this.violations.push(`${name} (${point.name}): ${what}`);
      if (last === undefined) complain('no answer at last');
      else if (twoHundred(last) !== (effects === 1)) complain(`told ${last.status} at last, with ${effects} effects`);
      if (before.get(name) === 1 && effects !== 1) complain(`${effects} effects at last`);
    }
  }

  effectsOf(name: string): number {
    return this.#toy.effectsOf(name);
  }
}

export const runCampaign = async ({ writes, seed, together = 120 }: CampaignOptions): Promise<Report> => {
  const { next: random } = seededRandom(seed);
  const tallies = points.map(
    (point): Tally => ({ point: point.name, writes: 0, told2xx: 0, others: 0, effects: 0, repeated: 0 }),
  );
  const violations: string[] = [];
  let effectsMost = 0;
  let settledWithinMs = 0;
  for (let done = 0; done < writes; done += together) {
    const names = Array.from({ length: Math.min(together, writes - done) }, (_, index) => `w${done + index}`);
    const batch = new Batch(random);
    for (const attempt of await batch.run(names)) {
      const tally = tallies.find((each) => each.point === attempt.point.name);
      const effects = batch.effectsOf(attempt.name);
      effectsMost = Math.max(effectsMost, effects);
      if (tally === undefined) continue;
      tally.writes += 1;
      tally.effects += effects;
      tally.repeated += Math.max(0, attempt.told.length - 1);
      if (attempt.told.some(twoHundred)) tally.told2xx += 1;
      else tally.others += 1;
    }
    violations.push(...batch.violations);
    settledWithinMs = Math.max(settledWithinMs, batch.settledWithinMs);
  }
  return { tallies, violations, effectsMost, settledWithinSeconds: settledWithinMs / 1_000 };
};
