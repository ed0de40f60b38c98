import type { FastifyInstance } from 'fastify';
import type { Overload } from '../server/admission/overload.ts';
import type { Authenticator } from '../server/identity/caller-auth.ts';
import type { Operation } from '../server/operation/operation.ts';
import type { ServerTrust } from '../server/operation/server-options.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { Connector } from '../vendor/contract/contract.ts';
import type { ServiceOptions, Services } from './services.ts';

/** The connector that a provider's `connect` returned, with the id of its connection. */
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
  /** Rejects requests that cannot be served in time. Absent: all are accepted. */
  readonly overload?: Overload;
  readonly authenticate: Authenticator;
  readonly version: string;
  readonly requestDeadlineMs: number;
  readonly connectionsMax?: number;
  readonly trustProxy?: ServerTrust;
  /** Requests per consumer; absent: the default of the configuration. */
  readonly rateLimit?: { readonly limit: number; readonly windowMs: number };
  /** Number of processes that share the limits. */
  readonly replicas?: number;
  readonly corsOrigins?: readonly string[];
  /** How long a cached answer is served without reading its figures again. */
  readonly answerFreshMs?: number;
  readonly metrics?: Metrics;
  /** Runs before any route is registered, for hooks that apply to all routes. */
  readonly prepare?: (server: FastifyInstance) => Promise<void>;
  /** Registers pages and documents in addition to the operations. */
  readonly extend?: (server: FastifyInstance, services: Services) => void;
}
