import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { expect, onTestFinished, test } from 'vitest';
import {
  type SentRequest,
  sentRequestChannel,
  sentRequestSchema,
} from '../../../../src/vendor/upstream/transport/sent.ts';
import { openRig } from '../rig.ts';

const listen = (): SentRequest[] => {
  const seen: SentRequest[] = [];
  const note = (message: unknown) => {
    const request = sentRequestSchema.parse(message);
    if (request.provider === 'acme') seen.push(request);
  };
  subscribe(sentRequestChannel, note);
  onTestFinished(() => {
    unsubscribe(sentRequestChannel, note);
  });
  return seen;
};

test('what is sent can be listened to, without the base path and with the scheme of the credential alone', async () => {
  const rig = await openRig({ provider: 'acme' });
  const seen = listen();
  await rig.get('/v2/costs', { query: [['day', '2026-11-01']], headers: { 'X-Trace': 't' } });
  await rig.post({ json: { name: 'a' } });
  expect(seen).toEqual([
    {
      provider: 'acme',
      method: 'GET',
      path: '/v2/costs',
      query: [['day', '2026-11-01']],
      headers: { 'x-trace': 't', authorization: 'key' },
      body: null,
    },
    {
      provider: 'acme',
      method: 'POST',
      path: '/budgets',
      query: [],
      headers: { 'content-type': 'application/json', authorization: 'key' },
      body: '{"name":"a"}',
    },
  ]);
});

test('a bare key has no scheme, so nothing of it is shown', async () => {
  const rig = await openRig({
    provider: 'acme',
    credentials: { kind: 'static', headers: () => ({ Authorization: 'canary-bare', 'X-Api-Key': 'canary-header' }) },
  });
  const seen = listen();
  await rig.get('/costs');
  expect(seen[0]?.headers).toEqual({ authorization: '', 'x-api-key': '' });
});

test('of a request for a token only the names of its fields are shown', async () => {
  const rig = await openRig({ provider: 'acme' });
  const seen = listen();
  await rig.get('/token', {
    credentials: 'none',
    query: [['secret', 'canary-query']],
    headers: { Authorization: 'Basic canary-basic' },
    form: [['refresh_token', 'canary-form']],
  });
  await rig.post({ credentials: 'none', json: { secret: 'canary-json' } });
  expect(JSON.stringify(seen)).not.toContain('canary');
  expect(seen[0]).toMatchObject({
    query: [['secret', '[secret]']],
    headers: { authorization: 'Basic' },
    body: 'refresh_token=%5Bsecret%5D',
  });
  expect(seen[1]?.body).toBe('"[secret]"');
});

test('nothing is published of a vendor that no provider speaks for', async () => {
  const rig = await openRig();
  const seen: unknown[] = [];
  const note = (message: unknown) => seen.push(message);
  subscribe(sentRequestChannel, note);
  onTestFinished(() => {
    unsubscribe(sentRequestChannel, note);
  });
  await rig.get('/costs');
  expect(seen).toEqual([]);
});
