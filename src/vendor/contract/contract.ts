import type { z } from 'zod';
import type { Month } from '../../domain/day.ts';
import type { Failure } from '../../domain/failure/failure.ts';
import type { Capabilities } from './capabilities.ts';
import type { Connecting } from './connecting.ts';
import type { NativeOperation } from './native-operation.ts';
import type { Probes } from './probes.ts';
import type { VendorReply, VendorRequest } from './request.ts';
import type { RunningSandbox, SandboxOptions } from './sandbox.ts';
import type { Session } from './session.ts';

export type * from './bills.ts';
export type * from './capabilities.ts';
export type * from './connecting.ts';
export type * from './native-operation.ts';
export type * from './probes.ts';
export type * from './reading.ts';
export type * from './session.ts';
export type * from './telemetry.ts';

/**
 * What a vendor plugin tells the gateway.
 *
 * A capability is present or absent: there is no flag for it, and no method throws "not supported".
 * What is absent the gateway provides itself and labels as its own, or refuses with 422.
 */
export interface Manifest<Settings extends z.ZodObject> {
  /** Lower case, as in every answer. */
  readonly id: string;
  readonly title: string;
  /**
   * One connection's settings, in camelCase. Every field carries `.meta({ environment, secret?, description })`:
   * the environment name for the single-account set-up (null where only the connections file can set it),
   * and whether its value is a credential.
   */
  readonly settings: Settings;
  connect(settings: z.output<Settings>): Connector;
  /** All operations of the vendor's own API. Absent: none is offered. */
  readonly operations?: NativeOperations;
  /** How an operator gets the credential. Absent: the vendor's own pages hand it out. */
  readonly connecting?: Connecting;
  /** Starts the vendor's wire protocol on loopback. Absent: the vendor has no sandbox, and needs credentials. */
  readonly sandbox?: (options: SandboxOptions) => Promise<RunningSandbox>;
}

export type NativeOperations = () => readonly NativeOperation[];

/** One configured connection. Building it does no I/O. */
export interface Connector {
  /** Whose API this is. `defineProvider` fills it in. */
  readonly provider?: string;
  /** What the data belongs to: base URL, organisation, account, display currency switch. Stored data is keyed by it. No secret. */
  readonly identity: readonly string[];
  /** True where `identity` cannot name the organisation, so that only the credential identifies the owner of the data. */
  readonly credentialIdentifies?: boolean;
  /** Base URLs without a trailing slash. `api` is required; requests name others by key. */
  readonly origins: Readonly<{ api: string } & Record<string, string>>;
  readonly credentials: Credentials;
  readonly limits: Limits;
  /**
   * The failure that the vendor's own error format states. `null` leaves the decision to the status:
   * 2xx is success, any other status becomes the failure kind of its class.
   */
  readFailure(reply: VendorReply, request: VendorRequest): Failure | null;
  readonly capabilities: Capabilities;
  /** The vendor's own operations, read when they are first needed. `defineProvider` fills it in. */
  readonly operations?: NativeOperations;
  /**
   * A setting at the vendor that changes the unit of every figure, such as a display currency. Stored figures
   * are keyed by it, so that figures of two units are never mixed.
   */
  edition?(session: Session): Promise<string>;
  /**
   * What of an edition concerns the figures of one month, where it differs by month, such as a price; empty where
   * nothing does. A month is read again only when this changes. Absent: the whole edition concerns every month.
   */
  editionOf?(edition: string, month: Month): string;
  /** The cheapest call that shows whether the vendor accepts this connection. It uses no quota that costs need. */
  check?(session: Session): Promise<void>;
  /** What shows an operator which permissions the credential has. Absent: only `check` does. */
  readonly probes?: Probes;
  /** For the provider list: which of several API dialects the vendor uses, once known. */
  dialect?(session: Session): Promise<string | null>;
}

export interface Limits {
  /** Concurrent calls, and how many more may wait. */
  readonly concurrency: number;
  readonly queue: number;
  /** One attempt. */
  readonly timeoutMs: number;
  readonly quotas: readonly QuotaLimit[];
}

export interface QuotaLimit {
  readonly name: string;
  readonly limit: number;
  /** The window rolls: no span of this length ever holds more than `limit`. */
  readonly windowMs: number;
  /** The vendor counts each of its operations for itself. */
  readonly perOperation?: true;
  /** `wait`: a call waits for its turn where its deadline allows that. Absent: it is refused. */
  readonly whenSpent?: 'wait';
}

export type Credentials =
  | {
      readonly kind: 'static';
      /** The headers that authenticate a call. */
      readonly headers: () => Readonly<Record<string, string>>;
    }
  | {
      readonly kind: 'signed';
      /** Digest that is equal for equal credentials. */
      readonly owner: string;
      /** The headers that authenticate exactly this request. Called for each attempt, right before it is sent. */
      readonly sign: (request: SignableRequest) => Readonly<Record<string, string>>;
    }
  | {
      readonly kind: 'token';
      /** Digest that is equal for equal long-lived credentials: connections that share them share tokens and their budget. */
      readonly owner: string;
      /** How many tokens the gateway requests in a window at most; lower than the vendor's limit. */
      readonly mints: QuotaLimit;
      readonly mint: () => VendorRequest;
      readonly readMint: (reply: VendorReply) => MintReading;
      readonly headers: (accessToken: string) => Readonly<Record<string, string>>;
    };

/** A request as it will be sent. */
export interface SignableRequest {
  readonly method: string;
  readonly origin: string;
  /** Path and query, encoded as in the request line. */
  readonly path: string;
  /** Names in lower case; without those of the transport. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export type MintReading =
  | { readonly kind: 'granted'; readonly accessToken: string; readonly lifetimeMs: number }
  /** The endpoint refuses all requests for a time; another request prolongs it. */
  | { readonly kind: 'throttled'; readonly pauseMs: number; readonly public: string }
  /** The long-lived credential is refused; `public` says what an operator should check. */
  | { readonly kind: 'refused'; readonly public: string }
  | { readonly kind: 'unreadable' };
