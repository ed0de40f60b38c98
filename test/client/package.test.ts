import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { buildPackage } from '../../openapi/client/package.ts';
import { clientTypes } from '../../openapi/client/types.ts';
import { providers } from '../../providers/index.ts';
import { operations } from '../../routes/index.ts';
import { readRepositoryFile, root } from '../architecture/tree.ts';
import { type RunningApp, startApp } from '../support/app.ts';
import { pinnedClock } from '../support/pinned-clock.ts';

/** The client as somebody gets it: packed, and installed into an empty folder without a network. */

const run = promisify(execFile);
/** What a program that ends with a fault has said. */
const told = z.object({ stdout: z.string() });
const examples = readdirSync(join(root, 'examples')).filter((name) => name.endsWith('.ts'));
let folder = '';
let app: RunningApp;
let url = '';
const environment = () => ({
  ...process.env,
  npm_config_cache: join(folder, 'cache'),
  npm_config_audit: 'false',
  npm_config_fund: 'false',
  npm_config_update_notifier: 'false',
});

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'client-'));
  const built = join(folder, 'built');
  buildPackage(built);
  const { stdout } = await run('npm', ['pack', built, '--pack-destination', folder], { env: environment() });
  const empty = join(folder, 'empty');
  mkdirSync(empty);
  writeFileSync(join(empty, 'package.json'), '{ "name": "somebody", "private": true, "type": "module" }\n');
  const tarball = join(folder, stdout.trim().split('\n').at(-1) ?? '');
  await run('npm', ['install', '--offline', tarball], { cwd: empty, env: environment() });
  for (const name of examples) copyFileSync(join(root, 'examples', name), join(empty, name));
  app = await startApp(providers, { clock: pinnedClock() });
  url = await app.server.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true, force: true });
});
const installed = () => join(folder, 'empty');
const node = (...words: readonly string[]) =>
  run(process.execPath, words, { cwd: installed(), env: { ...process.env, NODE_OPTIONS: '' } });

describe('the package', () => {
  it('brings nothing along but itself', () => {
    const modules = join(installed(), 'node_modules');
    expect(readdirSync(modules).filter((name) => !name.startsWith('.'))).toEqual(['cost-gateway']);
    const manifest = JSON.parse(readFileSync(join(modules, 'cost-gateway/package.json'), 'utf8'));
    expect(manifest.dependencies).toBe(undefined);
    const files = readdirSync(join(modules, 'cost-gateway'));
    expect(files).toEqual(expect.arrayContaining(['LICENSE', 'LICENSE-openapi-fetch', 'index.js', 'index.d.ts']));
    for (const file of files.filter((name) => name.endsWith('.js'))) {
      const imports = readFileSync(join(modules, 'cost-gateway', file), 'utf8').matchAll(
        /^import .*from ['"](.*)['"]/gm,
      );
      for (const [, from = ''] of imports) expect(files).toContain(from.replace('./', ''));
    }
  });

  it('offers what it says', async () => {
    const script = "console.log(Object.keys(await import('cost-gateway/client')).sort().join())";
    const { stdout } = await node('--input-type=module', '--eval', script);
    expect(stdout.trim()).toBe('ProblemError,addMoney,compareMoney,createClient,formatMoney,subtractMoney,sumMoney');
  });

  it('runs the example against a gateway', async () => {
    const { stdout, stderr } = await node('monthly-report.ts', url, '2026-09-01');
    expect(stderr).toBe('');
    const lines = stdout.trim().split('\n');
    expect(lines.filter((line) => /^2026-(09|10|11) {2}\w+ +\$[\d,]+\.\d\d$/.test(line))).toHaveLength(3 * 4);
    expect(lines.filter((line) => / is ok, wholly reported to 2026-/.test(line))).toHaveLength(3);
  });

  it('shows the example what went wrong', async () => {
    const failed = await node('monthly-report.ts', url, 'yesterday').catch((thrown: unknown) => thrown);
    expect(failed).toMatchObject({ code: 1, stderr: 'The request is not valid: see errors.\n' });
  });

  it('has types that the examples keep, and that a wrong one does not', async () => {
    const wrong = join(installed(), 'wrong.ts');
    writeFileSync(
      wrong,
      "import { createClient } from 'cost-gateway/client';\nconst { data } = await createClient({ baseUrl: '' }).GET('/v1/costs', { params: { query: { granularity: 'hourly' } } });\nexport const amount: number | undefined = data?.totals[0]?.amount;\nfor await (const item of createClient({ baseUrl: '' }).items('/health/live')) console.log(item);\n",
    );
    const options = {
      module: 'nodenext',
      target: 'es2022',
      lib: ['es2023', 'dom'],
      strict: true,
      exactOptionalPropertyTypes: true,
      noEmit: true,
      types: ['node'],
      typeRoots: [join(root, 'node_modules/@types')],
    };
    const project = join(installed(), 'tsconfig.json');
    writeFileSync(project, JSON.stringify({ compilerOptions: options, files: [...examples, 'wrong.ts'] }));
    const tsc = join(root, 'node_modules/.bin/tsc');
    const { stdout } = await run(tsc, ['--project', project, '--pretty', 'false'], { cwd: installed() }).catch(
      (thrown: unknown) => told.parse(thrown),
    );
    const faults = [...stdout.matchAll(/^(\S+)\((\d+),\d+\): error (.*)$/gm)].map(([, file, line, message]) => ({
      file,
      line: Number(line),
      message,
    }));
    expect(faults.length, stdout).toBe([...stdout.matchAll(/\berror TS/g)].length);
    expect(examples.length).toBeGreaterThan(1);
    expect(faults.filter(({ file }) => file !== 'wrong.ts')).toEqual([]);
    expect(faults.map(({ line }) => line)).toEqual([2, 3, 4]);
  });
});

it('the committed types are those of the routes', async () => {
  const committed = readRepositoryFile('openapi/client/generated.ts');
  expect(committed === (await clientTypes(operations)), 'run "npm run client" and commit what it writes').toBe(true);
});
