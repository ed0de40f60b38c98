import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { expect, onTestFinished, test } from 'vitest';
import { type SandboxAnswer, sandboxAnswerChannel, sandboxAnswerSchema } from '../../../src/vendor/sandbox/answered.ts';
import { startSandboxServer } from '../../../src/vendor/sandbox/server.ts';
import { VirtualClock } from '../../support/clock.ts';

const open = async () => {
  const seen: SandboxAnswer[] = [];
  const note = (message: unknown) => {
    const answer = sandboxAnswerSchema.parse(message);
    if (answer.provider === 'acme') seen.push(answer);
  };
  subscribe(sandboxAnswerChannel, note);
  const sandbox = await startSandboxServer({
    vendor: { provider: 'acme', dialect: 'old', variant: 'sparse' },
    clock: new VirtualClock(),
    routes: [{ method: 'POST', path: '/budgets/:id', handle: () => ({ status: 201, json: { id: 7 } }) }],
    settings: () => ({}),
  });
  onTestFinished(async () => {
    unsubscribe(sandboxAnswerChannel, note);
    await sandbox.close();
  });
  const post = () =>
    fetch(`${sandbox.url}/budgets/7?a=1&a=2`, {
      method: 'POST',
      headers: { authorization: 'canary', 'content-type': 'application/json' },
      body: '{"limit":1}',
    });
  return { sandbox, seen, post };
};

test("a sandbox's own answer can be listened to, with the request that it answers and no credential", async () => {
  const { seen, post } = await open();
  await post();
  expect(seen).toEqual([
    {
      provider: 'acme',
      dialect: 'old',
      variant: 'sparse',
      request: {
        method: 'POST',
        path: '/budgets/7',
        query: [
          ['a', '1'],
          ['a', '2'],
        ],
        contentType: 'application/json',
        body: '{"limit":1}',
      },
      status: 201,
      contentType: 'application/json',
      body: '{"id":7}',
    },
  ]);
});

test('an answer that a fault replaced is not the vendor speaking, and is not published', async () => {
  const { sandbox, seen, post } = await open();
  sandbox.faults.set([{ kind: 'body', body: '{"id":"seven"}' }]);
  await post();
  sandbox.faults.set([{ kind: 'throttle' }]);
  await post();
  expect(seen).toEqual([]);
});
