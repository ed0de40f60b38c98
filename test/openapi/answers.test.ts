import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { buildDocument } from '../../openapi/document.ts';
import { operations } from '../../routes/index.ts';
import { storeExport } from '../routes/shared/stored-export.ts';
import { openWorkerApp } from '../routes/shared/worker-app.ts';
import { queryOf } from '../support/answers.ts';
import type { RunningApp } from '../support/app.ts';
import { openContract } from './contract.ts';
import type { ParsedOperation } from './parsed-document.ts';

const contract = openContract(buildDocument(operations));
const readable = contract.operations.filter(({ method }) => method === 'GET');
const named = readable.map((operation) => [operation.path, operation] as const);

let app: RunningApp;
beforeAll(async () => {
  app = await openWorkerApp();
});

/** An answer that the document has nothing against. */
const ask = async (url: string, headers: Record<string, string> = {}) => {
  const { statusCode: status, body, ...answer } = await app.server.inject({ method: 'GET', url, headers });
  const exchange = { method: 'GET', url, status, headers: answer.headers, body };
  expect(contract.faultsOf(exchange), `${url} ${body.slice(0, 300)}`).toEqual([]);
  return exchange;
};

/** The id of a delivery that has ended. */
const startDelivery = async ({ server }: RunningApp): Promise<string> => {
  const payload = { operation: 'sum', records: [{ timestamp: '2026-09-01', value: '5' }] };
  const sent = await server.inject({ method: 'POST', url: '/v1/telemetry/unit-metrics/answered', payload });
  return sent.json().data.id;
};

const listed = z.object({ data: z.array(z.object({ id: z.string().optional(), key: z.string().optional() }).loose()) });

/** The paths of a template with every id that its list has, a few of each connection. */
const pathsOf = async ({ path }: ParsedOperation): Promise<string[]> => {
  const [list = ''] = path.split('/{');
  if (list === path) return [path];
  // What was only started has no list.
  if (list === '/v1/exports') return [`${list}/${await storeExport()}`];
  if (list === '/v1/telemetry/deliveries') return [`${list}/${await startDelivery(app)}`];
  const { data } = listed.parse((await app.get(`${list}?limit=1000`)).body);
  const ids = data.flatMap(({ id, key }) => id ?? key ?? []);
  const few = [...Map.groupBy(ids, (id) => id.split(':')[0]).values()].flatMap((group) => group.slice(0, 2));
  return few.map((id) => path.replace(/\{\w+\}/, encodeURIComponent(id)));
};

const everything = {
  start: '2026-10-15',
  end: '2026-11-22',
  since: '2026-10-01',
  granularity: 'monthly',
  groupBy: ['provider,connection', 'account', 'service', 'region', 'category', 'cloud', 'tag:env'],
  costType: 'effective',
  currency: 'EUR',
  sort: '-cost',
  top: '3',
  limit: '7',
};
const whole = (operation: ParsedOperation): string => {
  const taken = new Set(operation.parameters.map(({ name }) => name));
  return queryOf(Object.fromEntries(Object.entries(everything).filter(([name]) => taken.has(name))));
};

describe.each(named)('GET %s over all sandboxes', (_path, operation) => {
  it('answers as its document says, in every media type that it has', async () => {
    const paths = await pathsOf(operation);
    const statuses = new Set<number>();
    const types = Object.keys(operation.responses['200']?.content ?? {});
    for (const path of paths) {
      for (const query of ['', `?${whole(operation)}`]) {
        for (const accept of types) {
          statuses.add((await ask(`${path}${query}`, { accept })).status);
        }
      }
    }
    // Of some things there is no history, and that is documented.
    expect([...statuses].filter((status) => status !== 422)).toEqual([200]);
  });

  it('says what holds still with 304', async () => {
    const answers = await Promise.all((await pathsOf(operation)).map((path) => ask(path)));
    const { url: path, headers } = answers.find(({ status }) => status === 200) ?? { url: '', headers: {} };
    if (operation.responses['304'] === undefined) {
      expect(headers.etag).toBe(undefined);
      return;
    }
    expect(headers.etag).toMatch(/^"/);
    for (const name of ['age', 'cache-status', 'ratelimit', 'ratelimit-policy', 'vary'])
      expect(Object.keys(headers)).toContain(name);
    expect((await ask(path, { 'if-none-match': '*' })).status).toBe(304);
  });

  it('refuses as its document says', async () => {
    const { path } = operation;
    expect((await ask(`${path.replace(/\{\w+\}/, 'x')}?nonsense=1`)).status).toBe(400);
    expect((await ask(path.replace(/\{\w+\}/, 'x'), { accept: 'image/png' })).status).toBe(406);
    if (path.includes('{')) expect([400, 404]).toContain((await ask(path.replace(/\{\w+\}/, 'nowhere'))).status);
  });
});

describe('every example fits its schema', () => {
  const all = contract.operations.flatMap((operation) => {
    const name = `${operation.method} ${operation.path}`;
    const bodies = Object.entries(operation.responses).flatMap(([status, { content = {}, headers = {} }]) => [
      ...Object.entries(content).map(([type, media]) => ({ name: `${name} ${status} ${type}`, ...media })),
      ...Object.entries(headers).map(([header, shape]) => ({ name: `${name} ${status} ${header}`, ...shape })),
    ]);
    const parameters = operation.parameters.map((each) => ({ ...each, name: `${name} ${each.name}` }));
    return [...bodies, ...parameters].filter(({ example }) => example !== undefined);
  });

  it('in answers, headers and parameters', () => {
    expect(all.length).toBeGreaterThan(200);
    const faults = all.flatMap(({ name, schema, example }) =>
      contract.schemaFaults(schema, example).map((fault) => `${name}: ${fault}`),
    );
    expect(faults).toEqual([]);
  });
});
