import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Loopback, listenOnLoopback } from '../../../commands/connect/loopback.ts';
import { Failure } from '../../../src/domain/failure/failure.ts';
import { VirtualClock } from '../../support/clock.ts';

const clock = new VirtualClock();
let loopback: Loopback;
let strangers: number;
const listen = (uri: string, stateless = false) =>
  listenOnLoopback({ clock, uri, stateless, onStranger: () => (strangers += 1) });
beforeEach(async () => {
  strangers = 0;
  loopback = await listen('http://127.0.0.1:0/callback');
});
afterEach(() => loopback.close());

const come = (query: string, path?: string) => fetch(`${path ?? loopback.uri}?${query}`);

it('shows what the vendor refused as text, never as markup', async () => {
  const error = '<script>alert("x")</script>';
  const answer = await come(`state=${loopback.state}&error=${encodeURIComponent(error)}`);
  const page = await answer.text();
  expect(page).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;');
  expect(page).not.toContain('<script');
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect((await loopback.arrival()).get('error')).toBe(error);
});

it('takes the first value of a parameter that is there twice', async () => {
  await come(`state=${loopback.state}&code=first&code=second`);
  expect((await loopback.arrival()).get('code')).toBe('first');
});

it('answers only its own path, and only with the right state', async () => {
  expect((await come('state=x', loopback.uri.replace('/callback', '/favicon.ico'))).status).toBe(404);
  expect((await fetch(loopback.uri, { method: 'POST' })).status).toBe(404);
  expect(strangers).toBe(0);
  expect((await come('code=c')).status).toBe(400);
  expect((await come('code=c&state=wrong')).status).toBe(400);
  expect(strangers).toBe(2);
});

it('takes a return without a state where the page of the vendor has none, but no wrong one', async () => {
  const stateless = await listen('http://127.0.0.1:0/callback', true);
  expect((await come('status=success&state=wrong', stateless.uri)).status).toBe(400);
  expect((await come('status=success', stateless.uri)).status).toBe(200);
  expect((await stateless.arrival()).get('status')).toBe('success');
  stateless.close();
});

it('says that its port is taken', async () => {
  const thrown = await listen(loopback.uri).then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(thrown).toBeInstanceOf(Failure);
  expect(String(Reflect.get(Object(Reflect.get(Object(thrown), 'details')), 'public'))).toContain('the port is taken');
});
