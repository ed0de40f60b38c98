import type { ChargeCategory } from '../../domain/charge.ts';
import type { CostType } from '../../domain/cost.ts';
import type { Day } from '../../domain/day.ts';
import type { Dimension, NamedDimension } from '../../domain/dimension.ts';
import type { FieldFault } from '../../domain/failure/failure.ts';
import type {
  Account,
  Anomaly,
  AnomalyDetail,
  Budget,
  BudgetInput,
  BudgetSpan,
  CostCenter,
  ExchangeRate,
  FiredAlert,
  Monitor,
  MonitorInput,
  Recommendation,
} from '../../domain/nouns.ts';
import type { Turns } from '../../domain/turns.ts';
import type { BillSink } from './bills.ts';
import type { CostQuestion, CostReading, Reading } from './reading.ts';
import type { FillSession, Session } from './session.ts';
import type {
  TelemetryBatch,
  TelemetryKind,
  TelemetryLimits,
  TelemetryOperation,
  TelemetryStream,
} from './telemetry.ts';

/** What a vendor can do. A capability is present or absent. */
export interface Capabilities {
  readonly costs: CostSource;
  readonly budgets?: BudgetSource;
  readonly anomalies?: AnomalySource;
  readonly accounts?: AccountSource;
  readonly dimensions?: DimensionSource;
  readonly exchangeRates?: ExchangeRateSource;
  readonly monitors?: MonitorSource;
  readonly costCenters?: CostCenterSource;
  readonly recommendations?: RecommendationSource;
  readonly telemetry?: TelemetrySink;
  readonly bills?: BillSink;
}

export interface CostSource {
  /** The types that the vendor reports. For any other type the gateway answers with `billed` and adds a note. */
  readonly costTypes: readonly CostType[];
  /** Alternatives for the planner. At least one carries every dimension that the vendor can combine with days. */
  readonly cubes: readonly Cube[];
  readonly ages: Ages;
  readonly focus?: FocusStatement;
  /**
   * Which of these dimensions the organisation lacks, although a cube names them: a tag key that does not exist.
   * Asked before anything is read, so it makes free calls at most. Absent: all that the cubes name are there.
   */
  lacks?(session: Session, dimensions: readonly Dimension[]): Promise<readonly Dimension[]>;
  /**
   * Whether a cube can be used for this organisation. Asked for a cube that was chosen, before it is read; the provider
   * keeps what it found out as a fact. Absent: all can be used.
   */
  usable?(session: Session, cube: Cube): Promise<boolean>;
  /** How far back the vendor keeps daily figures. Older days are missing unless they are stored; they are not asked for. */
  readonly historyDays?: number;
  /** The reading of the days that were not handed over with `session.keep`. */
  fill(session: FillSession, question: CostQuestion): Promise<CostReading>;
}

/** Values of FOCUS columns that no row contains. What is absent follows the fallback table. */
export interface FocusStatement {
  readonly providerName: string;
  readonly publisherName: string;
  readonly invoiceIssuerName: string;
  /** The account that receives the invoice. */
  readonly billingAccountId?: string | undefined;
  /** The finest grain of a charge: dimensions that one of the daily cubes carries together. */
  readonly dimensions: readonly NamedDimension[];
  /** What a value of `category` is in FOCUS; null leaves it to the fallback. */
  readonly chargeCategory?: (category: string) => ChargeCategory | null;
}

/** One shape of answer that the vendor can give. */
export interface Cube {
  readonly id: string;
  /** `monthly` cubes have one row a month and cannot be cut inside it. */
  readonly grain: 'daily' | 'monthly';
  /** The dimensions every row carries. */
  readonly dimensions: readonly NamedDimension[];
  /** More dimensions a question may add, up to `optionalMax`; `tag` stands for every `tag:<key>`. */
  readonly optional?: readonly (NamedDimension | 'tag')[];
  readonly optionalMax?: number;
  /** What one vendor call covers: any contiguous span up to `monthsMax`, one month, or one day. */
  readonly span: 'range' | 'month' | 'day';
  readonly monthsMax?: number;
  /** How many spans are read at the same time; 1 when absent, so that a pause or a lock costs little. */
  readonly spansAtOnce?: number;
  /**
   * How many calls one span takes, about: compared with the other cubes of this provider, and told as progress. A
   * function where it depends on the connection; it makes free calls at most.
   */
  readonly price: number | ((session: Session) => Promise<number>);
  /** True where it takes so many calls that the gateway reads it only when somebody asks, not to watch every day. */
  readonly onDemand?: true;
  /** The quota one span is charged to; its refreshes are then paced so that the window lasts. */
  readonly quota?: string;
}

/** How old data may be before it is requested again. Days count from the end of the day in question. */
export interface Ages {
  /** Today, yesterday, and every day that the vendor has not completely reported. */
  readonly openMs: number;
  /** For this many days after a day has passed its figures may still change. */
  readonly restatedDays: number;
  readonly restatedMs: number;
}

/**
 * Things that callers set up at the vendor, such as budgets. What a vendor cannot do with them is absent here; a
 * connection without the capability at all gets gateway-managed ones.
 */
export interface ManagedSource<Thing, Input> {
  /**
   * Whether this organisation has them, where only some do; a fact that the provider keeps. Where it says no, the
   * gateway manages them. Absent: every organisation has them.
   */
  available?(session: Session): Promise<boolean>;
  list(session: Session): Promise<Reading<Thing>>;
  readonly writes?: ManagedWrites<Thing, Input>;
}

export interface ManagedWrites<Thing, Input> {
  /**
   * Why the vendor cannot hold this, as a sentence that says what it could hold; null when it can.
   * Asked before anything is sent.
   */
  cannotHold(input: Input): string | null;
  readonly create?: WriteOf<{ readonly input: Input }, Thing>;
  readonly replace?: WriteOf<{ readonly nativeId: string; readonly input: Input }, Thing>;
  readonly remove?: WriteOf<{ readonly nativeId: string }, null>;
  /** Is this listed thing what that input asked for? Settles a write whose outcome is unknown, by looking. */
  matches(thing: Thing, input: Input): boolean;
}

/** One kind of write. It is sent at most once; if it ends without an answer, the gateway lists and compares to learn its outcome. */
export interface WriteOf<Subject, Result> {
  /**
   * Whether the vendor deduplicates by `key`, so that the same write sent again has no second effect. A function where
   * that depends on what the connection speaks; it makes free calls at most. Where it fails, the answer is no.
   */
  readonly deduplicates: boolean | ((session: Session) => Promise<boolean>);
  send(session: Session, subject: Subject, key: string): Promise<Result>;
}

export interface BudgetSource extends ManagedSource<Budget, BudgetInput> {
  /** Null where the vendor tells none of this budget: the gateway then computes it from costs. */
  history?(session: Session, nativeId: string): Promise<BudgetHistory | null>;
}
export type BudgetWrites = ManagedWrites<Budget, BudgetInput>;

export interface BudgetHistory extends Reading<BudgetSpan> {
  readonly alerts: readonly FiredAlert[];
}

export interface AnomalySource {
  list(session: Session, range: { readonly start: Day; readonly end: Day }): Promise<Reading<Anomaly>>;
  /** What only the detail view has: causes, the series around it, similar anomalies. Null when there is no such anomaly. */
  detail?(session: Session, nativeId: string): Promise<AnomalyDetail | null>;
}

/** What the vendor itself watches for. */
export type MonitorSource = ManagedSource<Monitor, MonitorInput>;
export type MonitorWrites = ManagedWrites<Monitor, MonitorInput>;

export interface CostCenterSource {
  list(session: Session): Promise<Reading<CostCenter>>;
}

export interface RecommendationSource {
  list(session: Session): Promise<Reading<Recommendation>>;
}

export interface AccountSource {
  list(session: Session): Promise<Reading<Account>>;
  /**
   * The accounts that costs name for this one: itself, or those below it. Null when the vendor lists no such account.
   * It makes free calls at most, and goes by the last known list while the vendor does not answer. Absent: costs name
   * every account themselves.
   */
  accountsUnder?(session: Session, account: string): Promise<readonly string[] | null>;
}

export interface DimensionSource {
  /** Which of our dimensions the vendor has, tag keys included. */
  list(session: Session): Promise<Reading<Dimension>>;
}

export interface ExchangeRateSource {
  list(session: Session): Promise<Reading<ExchangeRate>>;
}

/** Takes in measurements that the vendor relates costs to. */
export interface TelemetrySink {
  readonly kinds: readonly TelemetryKind[];
  readonly limits: TelemetryLimits;
  /**
   * What the vendor would not take, each with its place, such as `records[3].value`; empty where it is fine. Asked
   * before anything is sent. It calls nobody, so what only some organisations cannot take is a failure of `send`.
   */
  faultsOf(batch: TelemetryBatch, turns: Turns): Promise<readonly FieldFault[]>;
  /** All records go in one call. */
  readonly send: WriteOf<TelemetryBatch, null>;
  /** Operations that come to the same when they are sent once more. */
  readonly repeatable: readonly TelemetryOperation[];
  /** Removes a stream with all its records. */
  readonly remove?: WriteOf<TelemetryStream, null>;
}
