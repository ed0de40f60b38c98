import type { FastifyInstance } from 'fastify';
import type { Overload } from '../server/admission/overload.ts';
import type { Authenticator } from '../server/identity/caller-auth.ts';
import type { Operation } from '../server/operation/operation.ts';
import type { ServerTrust } from '../server/operation/server-options.ts';
import type { Store } from '../store/store.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { Connector } from '../vendor/contract/contract.ts';
import type { ServiceOptions, Services } from './services.ts';

/** A vendor to be connected: what a provider's `connect` gave, under the id it is known by. */
export interface Endpoint {
  readonly id: string;
  readonly provider: string;
  readonly title: string;
  readonly sandbox: boolean;
  readonly connector: Connector;
}

export interface AppOptions extends ServiceOptions {
  readonly endpoints: readonly Endpoint[];
  readonly operations: readonly Operation<Services>[];
  /** For writes: throws where what protects them is lost. Absent, the same. */
  readonly protectingStore?: Store;
  /** Turns away what cannot be served in time; absent, everything is tried. */
  readonly overload?: Overload;
  readonly authenticate: Authenticator;
  readonly version: string;
  readonly requestDeadlineMs: number;
  readonly connectionsMax?: number;
  readonly trustProxy?: ServerTrust;
  /** Requests a consumer may make; absent, the default of the configuration. */
  readonly rateLimit?: { readonly limit: number; readonly windowMs: number };
  /** How many processes share what is limited. */
  readonly replicas?: number;
  readonly corsOrigins?: readonly string[];
  /** How long an answer is served again before its figures are looked at anew. */
  readonly answerFreshMs?: number;
  readonly metrics?: Metrics;
  /** Runs before any route is there: for what has to see each of them. */
  readonly prepare?: (server: FastifyInstance) => Promise<void>;
  /** Pages and documents beside the operations. */
  readonly extend?: (server: FastifyInstance, services: Services) => void;
}
