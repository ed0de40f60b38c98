import type { Clock } from '../../src/domain/clock.ts';
import { addDays, type Day } from '../../src/domain/day.ts';
import type { Failure } from '../../src/domain/failure/failure.ts';
import type {
  Ages,
  Capabilities,
  Connector,
  CostQuestion,
  CostReading,
  CostSource,
  Cube,
  Note,
  QuotaLimit,
  ReadingFault,
  SourceCost,
} from '../../src/vendor/contract/contract.ts';
import { answerOf, rowsOfDay, type WorldRow } from './toy-world.ts';

const hour = 3_600_000;

/** One of every span and grain. */
export const toyCubes = {
  month: { id: 'by-service', grain: 'daily', dimensions: ['service'], span: 'month', price: 4 },
  range: {
    id: 'by-account',
    grain: 'daily',
    dimensions: ['account', 'service'],
    optional: ['region', 'tag'],
    optionalMax: 2,
    span: 'range',
    monthsMax: 3,
    price: 2,
  },
  day: {
    id: 'by-category',
    grain: 'daily',
    dimensions: ['account', 'service', 'region', 'category'],
    span: 'day',
    price: 1,
  },
  figure: { id: 'figures', grain: 'monthly', dimensions: ['account', 'service', 'region'], span: 'month', price: 1 },
} as const satisfies Record<string, Cube>;

export const toyAges: Ages = { openMs: hour, restatedDays: 3, restatedMs: 6 * hour };

export interface ToyVendorOptions {
  readonly name?: string;
  readonly seed?: string;
  readonly cubes?: readonly Cube[];
  readonly ages?: Ages;
  readonly costTypes?: CostSource['costTypes'];
  readonly currencies?: readonly string[];
  readonly quotas?: readonly QuotaLimit[];
  readonly labels?: CostReading['labels'];
  /** In place of the vendor's own; its `fill` answers from the world. */
  readonly costs?: Partial<CostSource>;
  readonly capabilities?: Partial<Capabilities>;
}

/** A vendor inside the process: counts what it is asked, and misbehaves as it is told. */
export class ToyVendor {
  readonly name: string;
  readonly questions: CostQuestion[] = [];
  /** Set: every question is refused with it. */
  failure: Failure | null = null;
  /** How long an answer takes, in the clock's time. */
  delayMs = 0;
  faults: readonly ReadingFault[] = [];
  notes: readonly Note[] = [];
  /** Absent: the day before yesterday. */
  completeThrough: Day | null | undefined;
  /** Set: looked at before an answer goes out. */
  rewrite: ((rows: SourceCost[], question: CostQuestion) => SourceCost[]) | null = null;
  /** Answers that are ready at the same time also arrive together; otherwise one by one. */
  landTogether = false;

  readonly #clock: Clock;
  readonly #options: ToyVendorOptions;
  readonly #changed = new Map<Day, WorldRow[]>();
  #gate: Promise<void> = Promise.resolve();
  #line: Promise<unknown> = Promise.resolve();

  constructor(clock: Clock, options: ToyVendorOptions = {}) {
    this.#clock = clock;
    this.#options = options;
    this.name = options.name ?? 'toy';
  }

  get calls(): number {
    return this.questions.length;
  }

  /** How many calls the work makes. */
  async callsOf(work: () => Promise<unknown>): Promise<number> {
    const before = this.calls;
    await work();
    return this.calls - before;
  }

  rowsOn(day: Day): readonly WorldRow[] {
    const known = this.#changed.get(day);
    return known ?? rowsOfDay(this.#options.seed ?? this.name, day, this.#options.currencies);
  }

  /** The vendor's figures of a day become others. */
  restate(day: Day, change: (rows: readonly WorldRow[]) => readonly WorldRow[]): void {
    this.#changed.set(day, [...change(this.rowsOn(day))]);
  }

  /** No answer leaves until the returned function is called. */
  hang(): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#gate = promise;
    return () => {
      this.#gate = Promise.resolve();
      resolve();
    };
  }

  get connector(): Connector {
    const { cubes = Object.values(toyCubes), ages = toyAges, costTypes = ['billed'], quotas = [] } = this.#options;
    const fill: CostSource['fill'] = (_session, question) => this.#fill(question, cubes);
    return {
      identity: ['toy', this.name],
      origins: { api: 'http://127.0.0.1:9' },
      credentials: { kind: 'static', headers: () => ({}) },
      limits: { concurrency: 4, queue: 64, timeoutMs: 8000, quotas },
      readFailure: () => null,
      capabilities: {
        costs: { costTypes, cubes, ages, fill, ...this.#options.costs },
        ...this.#options.capabilities,
      },
    };
  }

  async #fill(question: CostQuestion, cubes: readonly Cube[]): Promise<CostReading> {
    this.questions.push(question);
    await this.#gate;
    if (this.delayMs > 0) await this.#clock.sleep(this.delayMs);
    if (!this.landTogether) {
      this.#line = this.#line.then(() => new Promise((resolve) => setImmediate(resolve)));
      await this.#line;
    }
    if (this.failure !== null) throw this.failure;
    const grain = cubes.find((cube) => cube.id === question.cube)?.grain ?? 'daily';
    const today = this.#clock.today();
    const rows = answerOf((day) => this.rowsOn(day), question, grain, today);
    const { labels } = this.#options;
    return {
      items: this.rewrite === null ? rows : this.rewrite(rows, question),
      notes: this.notes,
      faults: this.faults,
      completeThrough: this.completeThrough === undefined ? addDays(today, -2) : this.completeThrough,
      ...(labels === undefined ? {} : { labels }),
    };
  }
}
