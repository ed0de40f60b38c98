import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { UpstreamEvent } from '../vendor/upstream/upstream.ts';

/** All metrics. Labels never contain values from callers or vendors. */
export interface Metrics {
  text(): Promise<string>;
  readonly contentType: string;
  request(operation: string, status: number, milliseconds: number): void;
  upstream(connection: string, event: UpstreamEvent): void;
  /** `update` is called before each read of the metrics, to update gauges such as quotas. */
  before(update: () => Promise<void>): void;
  quota(connection: string, quota: string, spent: number, limit: number): void;
  /** The estimated size of a cache in memory, and its limit. */
  cache(name: 'segments' | 'kept' | 'answers' | 'mirror', bytes: number, bytesMax: number): void;
  dropped(lines: number): void;
  storeReachable(reachable: boolean): void;
  overload(state: {
    readonly running: number;
    readonly queued: number;
    readonly loopDelayMs: number;
    readonly shed: number;
  }): void;
}

export const createMetrics = (): Metrics => {
  const registry = new Registry();
  const registers = [registry];
  const requests = new Histogram({
    name: 'cost_gateway_request_duration_seconds',
    help: 'Answered requests by operation and status class.',
    labelNames: ['operation', 'status'] as const,
    buckets: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10],
    registers,
  });
  const calls = new Histogram({
    name: 'cost_gateway_vendor_call_duration_seconds',
    help: 'Calls sent to a vendor, by connection, operation and outcome.',
    labelNames: ['connection', 'operation', 'outcome'] as const,
    buckets: [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30],
    registers,
  });
  const events = new Counter({
    name: 'cost_gateway_vendor_events_total',
    help: 'Retries, pauses, circuit changes and token events, by connection.',
    labelNames: ['connection', 'event'] as const,
    registers,
  });
  const spent = new Gauge({
    name: 'cost_gateway_quota_spent',
    help: 'Units of a vendor quota spent in its rolling window.',
    labelNames: ['connection', 'quota'] as const,
    registers,
  });
  const limit = new Gauge({
    name: 'cost_gateway_quota_limit',
    help: 'Units that a vendor quota allows in its rolling window.',
    labelNames: ['connection', 'quota'] as const,
    registers,
  });
  const cacheBytes = new Gauge({
    name: 'cost_gateway_cache_bytes',
    help: 'Estimated memory of segments, of kept rows, snapshots and lists, of finished answers, and of the last values of the store.',
    labelNames: ['cache'] as const,
    registers,
  });
  const cacheBytesMax = new Gauge({
    name: 'cost_gateway_cache_bytes_max',
    help: 'What each cache may take of CACHE_MAX_BYTES.',
    labelNames: ['cache'] as const,
    registers,
  });
  const droppedLines = new Counter({
    name: 'cost_gateway_log_lines_dropped_total',
    help: 'Log lines that could not be written.',
    registers,
  });
  const storeUp = new Gauge({
    name: 'cost_gateway_store_reachable',
    help: '1 while the store that replicas share can be reached.',
    registers,
  });
  const inbound = new Gauge({
    name: 'cost_gateway_inbound_requests',
    help: 'Requests running, waiting, and rejected since the start.',
    labelNames: ['state'] as const,
    registers,
  });
  const loopDelay = new Gauge({
    name: 'cost_gateway_event_loop_delay_seconds',
    help: 'Event loop delay, 99th percentile of the last second.',
    registers,
  });
  const updates: (() => Promise<void>)[] = [];
  return {
    contentType: registry.contentType,
    text: async () => {
      await Promise.all(updates.map((update) => update()));
      return registry.metrics();
    },
    before: (update) => {
      updates.push(update);
    },
    request: (operation, status, milliseconds) =>
      requests.observe({ operation, status: `${Math.floor(status / 100)}xx` }, milliseconds / 1000),
    upstream: (connection, event) => {
      if (event.kind === 'call') {
        const { operation, outcome, milliseconds } = event;
        calls.observe({ connection, operation, outcome: String(outcome) }, milliseconds / 1000);
      } else events.inc({ connection, event: event.kind });
    },
    quota: (connection, quota, used, max) => {
      spent.set({ connection, quota }, used);
      limit.set({ connection, quota }, max);
    },
    cache: (cache, bytes, max) => {
      cacheBytes.set({ cache }, bytes);
      cacheBytesMax.set({ cache }, max);
    },
    dropped: (lines) => droppedLines.inc(lines),
    storeReachable: (reachable) => storeUp.set(reachable ? 1 : 0),
    overload: ({ running, queued, loopDelayMs, shed }) => {
      inbound.set({ state: 'running' }, running);
      inbound.set({ state: 'queued' }, queued);
      inbound.set({ state: 'shed' }, shed);
      loopDelay.set(loopDelayMs / 1000);
    },
  };
};
