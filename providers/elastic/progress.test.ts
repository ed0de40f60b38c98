import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { addDays, addMonths, type Day } from '../../src/domain/day.ts';
import type { RunningSandbox } from '../../src/vendor/sandbox/server.ts';
import { costsOf } from '../../test/support/answers.ts';
import { type RunningApp, startApp } from '../../test/support/app.ts';
import { HastyClock } from '../../test/support/hasty-clock.ts';
import { pinnedClock } from '../../test/support/pinned-clock.ts';
import { endpointTo } from '../../test/support/vendor-line.ts';
import { startElasticSandbox } from './sandbox/sandbox.ts';

type Mode = 'throttle' | 'failure' | 'cut';
interface Line {
  readonly url: string;
  /** Whole answers by the day that they were of. */
  readonly answered: Map<Day, number>;
  /** The day that fails, until it is null. */
  bad: Day | null;
  close(): Promise<void>;
}

/** A line to the sandbox on which the costs of one day fail. */
const startLine = async (sandbox: RunningSandbox, mode: Mode): Promise<Line> => {
  const answered = new Map<Day, number>();
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', sandbox.url);
    const day = (url.searchParams.get('from') ?? '').slice(0, 10);
    const answer = await fetch(url, { headers: { authorization: String(request.headers.authorization) } });
    const text = await answer.text();
    if (day !== line.bad) {
      answered.set(day, (answered.get(day) ?? 0) + 1);
      response.writeHead(answer.status, { 'content-type': String(answer.headers.get('content-type')) }).end(text);
    } else if (mode === 'throttle') response.writeHead(429, { 'retry-after': '60' }).end();
    else if (mode === 'failure') response.writeHead(500).end();
    else {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(text.length) });
      response.write(text.slice(0, text.length / 2), () => response.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('a line listens on a port');
  const line: Line = {
    url: `http://127.0.0.1:${address.port}`,
    answered,
    bad: null,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return line;
};

const daysAsked = 12;
let app: RunningApp;
let closing: readonly { close(): Promise<void> }[] = [];
afterEach(async () => {
  await app.close();
  for (const each of closing) await each.close();
});

describe('a fill of many days', () => {
  it.each<Mode>(['throttle', 'failure', 'cut'])('keeps its days, whichever of them meets a %s', async (mode) => {
    const clock = new HastyClock('2026-11-21T10:00:00Z');
    const sandbox = await startElasticSandbox({ clock });
    const line = await startLine(sandbox, mode);
    closing = [line, sandbox];
    app = await startApp([], { clock, endpoints: [endpointTo('elastic', { ...sandbox.settings, baseUrl: line.url })] });
    for (let index = 0; index < daysAsked; index += 1) {
      const start = addMonths('2026-10-01', -index);
      const asked = { start, end: addDays(start, daysAsked), granularity: 'daily', groupBy: 'service' };
      line.answered.clear();
      line.bad = addDays(start, index);
      const part = await costsOf(app, asked).catch(() => null);
      expect(part?.meta.complete ?? false).toBe(false);
      line.bad = null;
      await clock.advance(10 * 60_000);
      const whole = await costsOf(app, asked);
      expect(whole.meta.complete, asked.start).toBe(true);
      const days = new Map([...line.answered].filter(([day]) => day >= start && day < asked.end));
      expect(days.size).toBe(daysAsked);
      expect(Math.max(...days.values())).toBe(1);
    }
  });

  it('of three years meets no full queue, and takes one call a day', async () => {
    const clock = pinnedClock();
    const sandbox = await startElasticSandbox({ clock });
    closing = [sandbox];
    app = await startApp([], { clock, endpoints: [endpointTo('elastic', { ...sandbox.settings })] });
    const asked = { start: '2023-11-27', end: '2026-11-21', granularity: 'daily', groupBy: 'service', limit: '1' };
    const { meta } = await costsOf(app, asked);
    expect(meta.providers[0]?.problem).toBeUndefined();
    expect(meta.complete).toBe(true);
    const calls = sandbox.calls.filter(({ path }) => path.endsWith('/costs/instances'));
    const days = new Set(
      calls.map(({ query }) => decodeURIComponent(query).slice('from='.length, 'from=2026-01-01'.length)),
    );
    expect(days.size).toBe(1090);
    expect(calls.length).toBeLessThan(1090 + 16);
    expect(calls.every(({ status }) => status === 200)).toBe(true);
  }, 120_000);
});
