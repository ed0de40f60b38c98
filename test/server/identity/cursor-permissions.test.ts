import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { identity } from '../../../src/server/identity/identity.ts';
import { silentLog } from '../../../src/telemetry/log.ts';
import { listAnswerSchema, problemOf } from '../../support/answers.ts';
import type { RunningApp } from '../../support/app.ts';
import { ToyVendor } from '../../support/toy-vendor.ts';
import { startToyVendors } from '../../support/toy-vendors-app.ts';
import { Issuer } from './issuer.ts';

const question = '/v1/costs?start=2026-10-01&end=2026-11-01&groupBy=provider,service&limit=1';
const both = { connections: ['east', 'west'], scope: 'read admin' };

let issuer: Issuer;
let app: RunningApp;
let address: string;
beforeEach(async () => {
  issuer = new Issuer();
  await issuer.addKey('one');
  const oidc = { issuer: issuer.url, audience: 'gateway', jwksUrl: `${issuer.url}/keys` };
  app = await startToyVendors(
    [new ToyVendor(issuer.clock, { name: 'east' }), new ToyVendor(issuer.clock, { name: 'west' })],
    issuer.clock,
    {
      answerFreshMs: 5_000,
      authenticate: identity(
        { keys: null, oidc: { ...oidc, connectionsClaim: 'connections' } },
        { clock: issuer.clock, log: silentLog, read: issuer.read },
      ),
    },
  );
  address = await app.server.listen({ host: '127.0.0.1', port: 0 });
});
afterEach(() => app.close());

const send = async (path: string, claims: Record<string, unknown>) => {
  const headers = { authorization: `Bearer ${await issuer.token(claims)}` };
  const answer = await fetch(`${address}${path}`, { headers });
  return { status: answer.status, text: await answer.text() };
};
const cursorOf = async (claims: Record<string, unknown>): Promise<string> =>
  listAnswerSchema.parse(JSON.parse((await send(question, claims)).text)).page.nextCursor ?? '';

describe('a cursor of one subject', () => {
  it('goes on under another token with the same permissions, in whatever order they are written', async () => {
    const cursor = await cursorOf(both);
    const same = { connections: ['west', 'east'], scope: 'admin read', jti: 'another' };
    expect((await send(`/v1/costs?cursor=${cursor}`, same)).status).toBe(200);
  });

  it.each<[string, Record<string, unknown>]>([
    ['sees fewer connections', { ...both, connections: ['east'] }],
    ['sees no connection', { ...both, connections: [] }],
    ['sees further connections', { ...both, connections: ['east', 'west', 'north'] }],
    ['has fewer scopes', { ...both, scope: 'read' }],
  ])('has expired under a token that %s, and shows no figure', async (_what, claims) => {
    const cursor = await cursorOf(both);
    for (const path of [`/v1/costs?cursor=${cursor}`, `${question}&cursor=${cursor}`]) {
      const answer = await send(path, claims);
      expect(answer.status).toBe(410);
      expect(JSON.parse(answer.text)).toMatchObject({ type: '/problems/cursor-expired' });
      expect(answer.text).not.toContain('amount');
    }
  });

  it('is not found in a cached answer by a token with other scopes', async () => {
    await cursorOf(both);
    const narrow = { ...both, scope: 'read' };
    const cursor = await cursorOf(narrow);
    expect((await send(`/v1/costs?cursor=${cursor}`, narrow)).status).toBe(200);
  });

  it('is refused under a token of another subject', async () => {
    const cursor = await cursorOf(both);
    const headers = { authorization: `Bearer ${await issuer.token({ ...both, sub: 'bob' })}` };
    const { problem } = await problemOf(app, `/v1/costs?cursor=${cursor}`, headers);
    expect(problem.status).toBe(400);
  });
});
