import { z } from 'zod';
import { callersOf, type GatewayProcess, startGateway } from '../../test/support/whole-app/gateway-process.ts';
import { startVendors } from '../../test/support/whole-app/vendors.ts';
import { type Generator, startGenerator } from './generator.ts';
import type { Load, LoadKind } from './open-loop.ts';

/** A gateway with data, several callers, and what they ask for. */
export interface BusyGateway {
  readonly gateway: GatewayProcess;
  /** Without rate and duration. */
  readonly load: Omit<Load, 'requestsPerSecond' | 'seconds'>;
  /** With the key of the last of the callers. */
  ask(path: string, init?: RequestInit): Promise<Response>;
  close(): Promise<void>;
}

const names = ['finance', 'platform', 'search', 'reports'];
const keyOf = (name: string): string => name.repeat(8);

/** Of the stored figures; the short form has fewer, because they are read from the vendors first. */
const periodOf = (short: boolean): string => `start=2026-${short ? '10' : '01'}-01&end=2026-11-01`;
const rowsSchema = z.object({ data: z.array(z.object({ group: z.object({ service: z.string().nullable() }) })) });
const createdSchema = z.object({ data: z.object({ id: z.string() }) });

/** Cold: the filter differs with each request, so every one is computed from stored figures. */
const kindsWith = (period: string, services: readonly string[], budget: string, body: string): LoadKind[] => {
  const filter = services.map((service) => `service=${encodeURIComponent(service)}`).join('&');
  return [
    { name: 'cached', share: 0.5, method: 'GET', path: `/v1/costs?${period}&granularity=monthly&groupBy=service` },
    {
      name: 'cold',
      share: 0.25,
      method: 'GET',
      path: `/v1/costs?${period}&granularity=daily&groupBy=service&${filter}&service=none-#`,
    },
    { name: 'budgets', share: 0.12, method: 'GET', path: '/v1/budgets' },
    { name: 'providers', share: 0.1, method: 'GET', path: '/v1/providers' },
    { name: 'write', share: 0.03, method: 'PUT', path: `/v1/budgets/${encodeURIComponent(budget)}`, body },
  ];
};

export const startBusyGateway = async (
  environment: Readonly<Record<string, string>>,
  short: boolean,
): Promise<BusyGateway> => {
  const period = periodOf(short);
  const vendors = await startVendors();
  const gateway = await startGateway({
    file: { connections: vendors.connections },
    environment: {
      ...callersOf(names.map((name) => ({ name, key: keyOf(name), scopes: ['read', 'write'] }))),
      RATE_LIMIT_MAX: '10000000',
      // For the first reads, which wait for vendors; the load sends its own deadline.
      REQUEST_DEADLINE: '60s',
      ...environment,
    },
  });
  const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${gateway.url}${path}`, {
      ...init,
      headers: {
        authorization: `Bearer ${keyOf(names.at(-1) ?? '')}`,
        'content-type': 'application/json',
        'x-deadline-ms': '60000',
        ...init.headers,
      },
    });
  const budget = { name: 'Under load', period: 'monthly', limit: { amount: '1000', currency: 'USD' } };
  const created = await ask('/v1/budgets', {
    method: 'POST',
    body: JSON.stringify({ connection: 'elastic', ...budget }),
  });
  if (!created.ok) throw new TypeError(`no budget was made: ${await created.text()}`);
  const { id } = createdSchema.parse(await created.json()).data;
  const rows = await ask(`/v1/costs?${period}&granularity=total&groupBy=service&limit=1000`);
  const services = rowsSchema.parse(await rows.json()).data.flatMap(({ group }) => group.service ?? []);
  const kinds = kindsWith(period, services.slice(0, 12), id, JSON.stringify(budget));
  // Once each, so that the figures are stored.
  for (const { method, path, body } of kinds) {
    const answer = await ask(path.replaceAll('#', '0'), { method, ...(body === undefined ? {} : { body }) });
    if (!answer.ok) throw new TypeError(`${path}: ${await answer.text()}`);
    await answer.arrayBuffer();
  }
  return {
    gateway,
    ask,
    load: {
      port: Number(new URL(gateway.url).port),
      keys: names.map(keyOf),
      kinds,
      socketsMax: 1_500,
      deadlineMs: 5_000,
      seed: 1,
    },
    close: async () => {
      await gateway.close();
      await vendors.close();
    },
  };
};

/** Runs one measurement over a gateway and a generator of its own. */
export const withBusyGateway = async <Value>(
  environment: Readonly<Record<string, string>>,
  short: boolean,
  measure: (busy: BusyGateway, generator: Generator) => Promise<Value>,
): Promise<Value> => {
  const busy = await startBusyGateway(environment, short);
  const generator = await startGenerator();
  try {
    return await measure(busy, generator);
  } finally {
    await generator.close();
    await busy.close();
  }
};
