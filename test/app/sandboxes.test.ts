import { describe, expect, it, onTestFinished } from 'vitest';
import { startSandboxes } from '../../src/app/start.ts';
import { createLog } from '../../src/telemetry/log.ts';
import { startApp } from '../support/app.ts';
import { VirtualClock } from '../support/clock.ts';
import { hourlyToy } from '../support/toys/hourly.ts';
import { signedToy } from '../support/toys/signed.ts';

describe('the sandboxes of a start without credentials', () => {
  it('leave out a provider that has none, with a line in the log, and serve the others', async () => {
    const lines: string[] = [];
    const clock = new VirtualClock();
    const log = createLog('info', { write: (line) => lines.push(line) });
    const started = await startSandboxes([hourlyToy, signedToy], clock, log);
    const app = await startApp([], { clock, endpoints: started.map(({ endpoint }) => endpoint) });
    onTestFinished(async () => {
      await app.close();
      await Promise.all(started.map(({ sandbox }) => sandbox.close()));
    });
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({
        provider: 'toy-hourly',
        msg: expect.stringContaining('has no sandbox and is left out'),
      }),
    ]);
    const { body } = await app.get('/v1/providers');
    expect(body).toMatchObject({ data: [{ connection: 'toy-signed', sandbox: true }] });
    expect((await app.get('/v1/costs?provider=toy-hourly')).status).toBe(400);
  });
});
