import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { startCloudspendSandbox } from '../../../providers/cloudspend/sandbox/sandbox.ts';
import { systemClock } from '../../../src/domain/clock.ts';
import type { RunningSandbox } from '../../../src/vendor/contract/sandbox.ts';
import { chromiumAbsence, startChromium } from '../../support/chromium.ts';
import { startCommand } from '../../support/command.ts';
import { consoleCode } from '../../support/connect-rig.ts';

/** The command in a process of its own, as `npm run connect` starts it, over the simulated accounts server. */

let folder: string;
let vendor: RunningSandbox;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'connect-'));
  vendor = await startCloudspendSandbox({ clock: systemClock });
});
afterAll(async () => {
  await vendor.close();
  await rm(folder, { recursive: true, force: true });
});

const environment = () => ({
  CLOUDSPEND_CLIENT_ID: vendor.settings.clientId ?? '',
  CLOUDSPEND_CLIENT_SECRET: vendor.settings.clientSecret ?? '',
  CLOUDSPEND_ACCOUNTS_URL: vendor.url,
});
const connect = (words: readonly string[], more: Readonly<Record<string, string>> = environment()) =>
  startCommand('commands/connect.ts', ['cloudspend', ...words], more);

test('without a terminal it waits for nobody, and names all that is missing', async () => {
  const { code, said, output } = await connect(['--client-id', 'c'], {}).ended;
  expect(code).toBe(64);
  expect(said).toContain('CLOUDSPEND_CLIENT_SECRET or CLOUDSPEND_CLIENT_SECRET_FILE is missing');
  expect(said).toContain('ZOHO_GRANT_CODE or ZOHO_GRANT_CODE_FILE is missing');
  expect(said).toContain('--out or --print is missing');
  expect(output).toBe('');
});

test('it prints the variable when it is asked to, and what a refusal means', async () => {
  const code = await consoleCode(vendor.url);
  const granted = await connect(['--print'], { ...environment(), ZOHO_GRANT_CODE: code }).ended;
  expect(granted.code, granted.said).toBe(0);
  expect(granted.output).toMatch(/^CLOUDSPEND_REFRESH_TOKEN=1000\.refresh\S+\nCLOUDSPEND_CLIENT_ID=/);
  const again = await connect(['--print'], { ...environment(), ZOHO_GRANT_CODE: code }).ended;
  expect(again).toMatchObject({ code: 1, output: '' });
  expect(again.said).toContain('it has expired, was used before');
});

describe.skipIf(chromiumAbsence !== null)('the server flow in a real browser', () => {
  it('ends with a refresh token in a file that only its owner may read', async () => {
    const path = join(folder, 'refresh-token');
    const command = connect(['--flow', 'server', '--redirect-uri', 'http://127.0.0.1:0/callback', '--out', path]);
    const chromium = await startChromium();
    try {
      const [, url = ''] = await command.says(/^ {2}(http\S+)$/m);
      const page = await chromium.open(url);
      await page.until('document.querySelector("#accept") !== null');
      await page.evaluate('document.querySelector("#accept").click()');
      await page.until('document.querySelector("h1")?.textContent === "Done"');
      const { code, output, said } = await command.ended;
      expect(code, said).toBe(0);
      expect(output).toContain(`CLOUDSPEND_REFRESH_TOKEN_FILE=${path}\n`);
      expect(output).toContain('CLOUDSPEND_DATA_CENTER=us\n');
      const refreshToken = (await readFile(path, 'utf8')).trim();
      expect((await stat(path)).mode & 0o777).toBe(0o600);
      for (const secret of [refreshToken, vendor.settings.clientSecret ?? ''])
        expect(`${output}${said}`).not.toContain(secret);
      expect(vendor.calls.filter((call) => call.path === '/oauth/v2/token').length).toBeGreaterThan(0);
    } finally {
      command.stop();
      await chromium.close();
    }
  });
});
