import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { expect, it } from 'vitest';
import { providers } from '../../providers/index.ts';
import type { NativeOperation } from '../../src/vendor/contract/contract.ts';
import { type SandboxAnswer, sandboxAnswerChannel, sandboxAnswerSchema } from '../../src/vendor/sandbox/answered.ts';
import { type RunningApp, startApp } from '../support/app.ts';
import { documentedRequest } from '../support/documented-request.ts';
import { HastyClock } from '../support/hasty-clock.ts';

/** Every catalogued operation, through the gateway. Over the sandboxes and without a port. */

/** Where the vendor's schema does not say enough. Whether a name is there is for the vendor to say. */
const values: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  cloudzero: { start_date: '2026-10-01T00:00:00Z', timestamp: '2026-11-01T00:00:00Z', end: '2026-11-02T00:00:00Z' },
  elastic: {
    from: '2026-10-01T00:00:00Z',
    to: '2026-10-02T00:00:00Z',
    organization_id: '2718281828',
    instance_id: 'an-instance',
    budget_id: 4101,
  },
};

/** What an operation requires, with a text where it takes no JSON. */
const requestFor = (provider: string, operation: NativeOperation) => {
  const { path, body } = documentedRequest(operation, values[provider]);
  if (body !== null) return { path, body, type: 'application/json' };
  return operation.body?.required === true ? { path, body: 'a text', type: 'text/plain' } : { path, body, type: null };
};

const withAnswers = async <Value>(work: (last: () => SandboxAnswer | undefined) => Promise<Value>): Promise<Value> => {
  let last: SandboxAnswer | undefined;
  const note = (message: unknown): void => {
    last = sandboxAnswerSchema.parse(message);
  };
  subscribe(sandboxAnswerChannel, note);
  try {
    return await work(() => last);
  } finally {
    unsubscribe(sandboxAnswerChannel, note);
  }
};

/** How an operation was answered other than by the bytes of its sandbox; null where it was. */
const differenceOf = async (
  app: RunningApp,
  provider: string,
  operation: NativeOperation,
  last: () => SandboxAnswer | undefined,
): Promise<string | null> => {
  const { id, method } = operation;
  const { path, body, type } = requestFor(provider, operation);
  const answer = await app.server.inject({
    method,
    url: `/native/${provider}${path}`,
    headers: { 'cache-control': 'no-cache', ...(type === null ? {} : { 'content-type': type }) },
    ...(body === null ? {} : { payload: body }),
  });
  const said = last();
  if (answer.headers['cost-gateway-answered-by'] !== 'vendor') return `${id}: ${answer.statusCode} ${answer.body}`;
  if (said?.contentType === 'application/zip') return answer.rawPayload.subarray(0, 2).toString() === 'PK' ? null : id;
  const same = said?.status === answer.statusCode && said.body === answer.body;
  return same
    ? null
    : `${id}: the sandbox said ${said?.status} ${said?.body}, the gateway ${answer.statusCode} ${answer.body}`;
};

it.each([
  ['cloudspend', undefined, 289],
  ['cloudzero', 'live', 61],
  ['cloudzero', 'published', 61],
  ['elastic', undefined, 11],
])('every operation of %s (%s) comes back with the status and the bytes of its sandbox', async (id, variant, count) => {
  const provider = providers.find((each) => each.id === id);
  if (provider === undefined) throw new TypeError(`there is no provider ${id}`);
  const app = await startApp([provider], {
    clock: new HastyClock(),
    ...(variant === undefined ? {} : { variants: { [id]: variant } }),
  });
  try {
    const operations = provider.operations?.() ?? [];
    expect(operations).toHaveLength(count);
    const differences = await withAnswers(async (last) => {
      const found: (string | null)[] = [];
      for (const operation of operations) found.push(await differenceOf(app, id, operation, last));
      return found.filter((each) => each !== null);
    });
    expect(differences).toEqual([]);
  } finally {
    await app.close();
  }
});
