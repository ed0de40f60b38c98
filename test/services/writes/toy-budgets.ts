import type { Clock } from '../../../src/domain/clock.ts';
import { Failure } from '../../../src/domain/failure/failure.ts';
import type { Budget, BudgetInput } from '../../../src/domain/nouns.ts';
import { canonicalJson } from '../../../src/services/writes/fingerprint.ts';
import type { BudgetSource } from '../../../src/vendor/contract/contract.ts';

/** What happens to one write on its way; those that end in `-after` have their effect. */
export type Mishap =
  | 'none'
  | 'throttled'
  | 'refused'
  | 'dropped-before'
  | 'dropped-after'
  | 'silent-before'
  | 'silent-after'
  /** The vendor carries it out when the gateway has long given up waiting. */
  | 'late';

export interface ToyBudgetOptions {
  readonly deduplicates?: boolean;
  readonly acts?: readonly ('create' | 'replace' | 'remove')[];
  readonly cannotHold?: (input: BudgetInput) => string | null;
  /** Whether the organisation has budgets. Absent: every one has. */
  readonly available?: () => Promise<boolean>;
}

const patienceMs = 8_000;

const dropped = () => new Failure('vendor-unavailable', { public: 'The connection broke off.' });
const silent = () => new Failure('vendor-timeout', { public: 'The vendor did not answer in time.' });

const wanted = ({ name, period, limit, alerts, scope }: BudgetInput | Budget) =>
  canonicalJson({ name, period, limit, alerts, scope });

/** A vendor of budgets inside the process. Its ledger is the judge of what was done, and how often. */
export class ToyBudgets {
  readonly budgets = new Map<string, Budget>();
  /** Effects by name of the budget. */
  readonly effects = new Map<string, number>();
  readonly sends: { act: string; name: string; key: string }[] = [];
  lists = 0;
  /** Set: the list is refused with it. */
  listFailure: Failure | null = null;
  mishap: (name: string, send: number) => Mishap = () => 'none';
  /** Called with the budget's name when its effect has just happened. */
  onEffect: (name: string) => void = () => {};
  /** Called with the budget's name when a write arrives. */
  onArrival: (name: string) => void = () => {};

  readonly #clock: Clock;
  readonly #options: ToyBudgetOptions;
  readonly #seen = new Map<string, Budget>();
  readonly #failed = new Map<string, Failure>();
  #made = 0;

  constructor(clock: Clock, options: ToyBudgetOptions = {}) {
    this.#clock = clock;
    this.#options = options;
  }

  effectsOf(name: string): number {
    return this.effects.get(name) ?? 0;
  }

  put(budget: Partial<Budget> & { readonly nativeId: string }): void {
    this.budgets.set(budget.nativeId, {
      name: budget.nativeId,
      period: 'monthly',
      nativePeriod: null,
      limit: { amount: '100', currency: 'USD' },
      spent: null,
      forecast: null,
      alerts: [],
      scope: {},
      createdAt: null,
      updatedAt: null,
      ...budget,
    });
  }

  get source(): BudgetSource {
    const deduplicates = this.#options.deduplicates ?? false;
    const all = {
      create: {
        deduplicates,
        send: (_session: unknown, { input }: { readonly input: BudgetInput }, key: string) =>
          this.#carryOut('create', input.name, key, () => this.#create(input, key)),
      },
      replace: {
        deduplicates,
        send: (_session: unknown, subject: { readonly nativeId: string; readonly input: BudgetInput }, key: string) =>
          this.#carryOut('replace', subject.input.name, key, () => this.#replace(subject.nativeId, subject.input)),
      },
      remove: {
        deduplicates,
        send: (_session: unknown, { nativeId }: { readonly nativeId: string }, key: string) =>
          this.#carryOut('remove', nativeId, key, () => this.#remove(nativeId)),
      },
    };
    const acts = this.#options.acts ?? ['create', 'replace', 'remove'];
    const { available } = this.#options;
    return {
      ...(available === undefined ? {} : { available }),
      list: async () => {
        this.lists += 1;
        if (this.listFailure !== null) throw this.listFailure;
        return { items: [...this.budgets.values()], notes: [], faults: [] };
      },
      writes: {
        cannotHold: this.#options.cannotHold ?? (() => null),
        matches: (budget, input) => wanted(budget) === wanted(input),
        ...(acts.includes('create') ? { create: all.create } : {}),
        ...(acts.includes('replace') ? { replace: all.replace } : {}),
        ...(acts.includes('remove') ? { remove: all.remove } : {}),
      },
    };
  }

  async #carryOut<Result>(act: string, name: string, key: string, apply: () => Result): Promise<Result> {
    const count = this.sends.filter((send) => send.name === name).length;
    this.sends.push({ act, name, key });
    this.onArrival(name);
    const kept = this.#failed.get(key);
    if (kept !== undefined) throw kept;
    const mishap = this.mishap(name, count);
    if (mishap === 'throttled') {
      throw this.#keptFailure(key, new Failure('vendor-throttled', { public: 'Slowly.', retryAfterMs: 2_000 }));
    }
    if (mishap === 'refused') {
      throw this.#keptFailure(key, new Failure('vendor-rejected', { public: 'The vendor refused the request.' }));
    }
    if (mishap === 'dropped-before') throw dropped();
    if (mishap === 'late') this.#clock.after(patienceMs + 4_000, () => void this.#effect(name, apply));
    if (mishap === 'silent-before' || mishap === 'late') {
      await this.#clock.sleep(patienceMs);
      throw silent();
    }
    const result = this.#effect(name, apply);
    if (mishap === 'dropped-after') throw dropped();
    if (mishap === 'silent-after') {
      await this.#clock.sleep(patienceMs);
      throw silent();
    }
    return result;
  }

  /** A vendor that deduplicates repeats the first answer to a key, failures included. */
  #keptFailure(key: string, failure: Failure): Failure {
    if (this.#options.deduplicates === true) this.#failed.set(key, failure);
    return failure;
  }

  #effect<Result>(name: string, apply: () => Result): Result {
    const result = apply();
    this.onEffect(name);
    return result;
  }

  #count(name: string): void {
    this.effects.set(name, this.effectsOf(name) + 1);
  }

  #create(input: BudgetInput, key: string): Budget {
    const known = this.#options.deduplicates === true ? this.#seen.get(key) : undefined;
    if (known !== undefined) return known;
    this.#count(input.name);
    this.#made += 1;
    const nativeId = `b-${this.#made}`;
    this.put({ ...input, nativeId });
    const made = this.budgets.get(nativeId);
    if (made === undefined) throw new TypeError('it was just put there');
    this.#seen.set(key, made);
    return made;
  }

  #replace(nativeId: string, input: BudgetInput): Budget {
    if (!this.budgets.has(nativeId)) throw new Failure('vendor-not-found', { public: 'No such budget.' });
    this.#count(input.name);
    this.put({ ...input, nativeId });
    const made = this.budgets.get(nativeId);
    if (made === undefined) throw new TypeError('it was just put there');
    return made;
  }

  #remove(nativeId: string): null {
    if (!this.budgets.delete(nativeId)) throw new Failure('vendor-not-found', { public: 'No such budget.' });
    this.#count(nativeId);
    return null;
  }
}
