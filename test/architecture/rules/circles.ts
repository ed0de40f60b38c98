import type { Import, Module } from '../module.ts';
import { nameOf, onlyImports, type Rule, within } from '../rule.ts';

/** Three circles, two contracts: `routes → src ← providers`. */

const isFile = ({ target }: Import, test: (path: string) => boolean): boolean =>
  target.kind === 'file' && test(target.path);
const isPackage = ({ target }: Import, ...names: readonly string[]): boolean =>
  target.kind === 'package' && names.includes(target.name);

const process = 'src/main.ts';

/** Run by hand to write a generated file; the server never loads it. */
const generator = 'src/config/generated-file.ts';

const middle: Rule = {
  name: 'the middle knows no provider, no route and no page',
  advice:
    'Nothing under src may import from providers, routes, openapi, web or test: take it as an argument, and hand it over in src/main.ts',
  covers: (path) => within('src')(path) && path !== process,
  modulesMin: 80,
  check: onlyImports(
    (each) => each.target.kind !== 'file' || isFile(each, (path) => path.startsWith('src/') || path === 'package.json'),
  ),
  wrong: [
    { 'src/costs/engine.ts': "import { acme } from '../../providers/acme/manifest.ts';" },
    { 'src/costs/engine.ts': "import type { Acme } from '../../providers/acme/manifest.ts';" },
    { 'src/app/app.ts': "export { operations } from '../../routes/index.ts';" },
    { 'src/app/app.ts': "const page = await import('../../web/landing.ts');" },
    { 'src/app/app.ts': "type Page = import('../../openapi/document.ts').OpenApiDocument;" },
  ],
  right: [
    { 'src/costs/engine.ts': "import { Failure } from '../domain/failure/failure.ts';\nimport { z } from 'zod';" },
    { 'src/main.ts': "import { providers } from '../providers/index.ts';" },
    { 'src/app/version.ts': "import packageJson from '../../package.json' with { type: 'json' };" },
  ],
};

const literal: Rule = {
  name: 'every import says where it leads',
  advice: 'Write the path as a literal, so that these rules can see it',
  covers: (path) => within('src', 'routes', 'providers', 'openapi', 'web')(path) && path !== generator,
  modulesMin: 150,
  check: onlyImports(({ target }) => target.kind !== 'unreadable'),
  wrong: [{ 'src/app/app.ts': 'const load = (name: string) => import(providerPath(name));' }],
  right: [{ 'openapi/reference.ts': "const { default: reference } = await import('some-package');" }],
};

const folderOf = (path: string): string => path.split('/').slice(0, 2).join('/');
const inSandbox = (path: string): boolean => /^providers\/[^/]+\/sandbox\//.test(path);
const clock = 'src/domain/clock.ts';
const isKit = (path: string): boolean =>
  path === 'src/vendor/kit/index.ts' || (path.startsWith('src/domain/') && path !== clock);

const providerMay = (each: Import, { path }: Module): boolean =>
  isPackage(each, 'zod') || isFile(each, (target) => isKit(target) || target.startsWith(`${folderOf(path)}/`));

const sandboxMay = (each: Import, module: Module): boolean =>
  providerMay(each, module) ||
  each.target.kind === 'builtin' ||
  isFile(each, (path) => path.startsWith('src/vendor/sandbox/') || (path === clock && each.typeOnly));

/** Reads a vendor's answer as the upstream chain does, so that fixtures go through what real answers go through. */
const answerReader = 'src/vendor/kit/lossless-json.ts';

const providerTestMay = (each: Import, module: Module): boolean =>
  sandboxMay(each, module) ||
  isPackage(each, 'vitest', 'fast-check') ||
  isFile(each, (path) => path.startsWith('test/support/') || path === answerReader);

const provider: Rule = {
  name: 'a provider knows itself, the kit and the domain',
  advice:
    'A provider may import its own folder, src/vendor/kit/index.ts, src/domain without its clock, and zod, and nothing else',
  covers: (path) => /^providers\/[^/]+\//.test(path) && within('providers')(path) && !inSandbox(path),
  modulesMin: 25,
  check: onlyImports(providerMay),
  wrong: [
    { 'providers/acme/costs.ts': "import { zeta } from '../zeta/wire.ts';" },
    { 'providers/acme/costs.ts': "import { createLedger } from '../../src/vendor/quota/ledger.ts';" },
    { 'providers/acme/auth.ts': "import { createHmac } from 'node:crypto';" },
    { 'providers/acme/wire.ts': "import got from 'got';" },
  ],
  right: [
    {
      'providers/acme/costs.ts':
        "import { z } from 'zod';\nimport type { Day } from '../../src/domain/day.ts';\nimport { Failure } from '../../src/vendor/kit/index.ts';\nimport { wire } from './wire.ts';",
    },
  ],
};

const sandbox: Rule = {
  name: 'a sandbox knows its provider, the sandbox kit and Node',
  advice:
    'Beside what its provider may import, a sandbox may import node: modules, src/vendor/sandbox and the type Clock',
  covers: (path) => inSandbox(path) && within('providers')(path),
  modulesMin: 15,
  check: onlyImports(sandboxMay),
  wrong: [
    { 'providers/acme/sandbox/world.ts': "import { systemClock } from '../../../src/domain/clock.ts';" },
    { 'providers/acme/sandbox/world.ts': "import fastify from 'fastify';" },
  ],
  right: [
    {
      'providers/acme/sandbox/world.ts':
        "import { createServer } from 'node:http';\nimport type { Clock } from '../../../src/domain/clock.ts';\nimport { draw } from '../../../src/vendor/sandbox/world.ts';",
    },
  ],
};

const providerTest: Rule = {
  name: "a provider's tests stay at home",
  advice:
    "Beside what its sandbox may import, a provider's test may import vitest, fast-check, test/support and src/vendor/kit/lossless-json.ts",
  covers: (path) => path.startsWith('providers/') && path.endsWith('.test.ts'),
  modulesMin: 10,
  check: onlyImports(providerTestMay),
  wrong: [{ 'providers/acme/costs.test.ts': "import { buildApp } from '../../src/app/app.ts';" }],
  right: [
    {
      'providers/acme/costs.test.ts':
        "import { expect } from 'vitest';\nimport { plainSession } from '../../test/support/session.ts';",
    },
  ],
};

const registry: Rule = {
  name: 'the registry names manifests and nothing else',
  advice: 'providers/index.ts holds one line per provider: import its manifest.ts there',
  covers: (path) => path === 'providers/index.ts',
  modulesMin: 1,
  check: onlyImports((each) => each.typeOnly || isFile(each, (path) => /^providers\/[^/]+\/manifest\.ts$/.test(path))),
  wrong: [{ 'providers/index.ts': "import { costSource } from './acme/costs.ts';" }],
  right: [{ 'providers/index.ts': "import { acme } from './acme/manifest.ts';" }],
};

const routeMay = (each: Import): boolean =>
  isPackage(each, 'zod') ||
  (each.typeOnly && isFile(each, (path) => path.startsWith('src/'))) ||
  isFile(each, (path) => /^(routes|src\/server\/operation|src\/server\/representation|src\/domain)\//.test(path));

const route: Rule = {
  name: 'a route knows its contract and the domain',
  advice:
    'A route may import src/server/operation, src/server/representation, src/domain, zod, its neighbours, and types from src: it gets services as input, not by import',
  covers: within('routes'),
  modulesMin: 8,
  check: onlyImports(routeMay),
  wrong: [
    { 'routes/list-costs.ts': "import { openCostService } from '../src/services/costs.ts';" },
    { 'routes/list-costs.ts': "import { acme } from '../providers/acme/manifest.ts';" },
    { 'routes/list-costs.ts': "import type { Acme } from '../providers/acme/manifest.ts';" },
    { 'routes/list-costs.ts': "import { readFileSync } from 'node:fs';" },
  ],
  right: [
    {
      'routes/list-costs.ts':
        "import { z } from 'zod';\nimport type { CostService } from '../src/services/costs.ts';\nimport { defineOperation } from '../src/server/operation/define.ts';",
    },
  ],
};

/** Libraries that only one folder may know, so that they can be replaced there. */
const guarded: Readonly<Record<string, string>> = {
  undici: 'src/vendor/upstream',
  'node:sqlite': 'src/store',
  ioredis: 'src/store',
  'decimal.js': 'src/domain/decimal.ts',
  '@fastify/rate-limit': 'src/server/admission',
  '@fastify/swagger': 'openapi/served-document.ts',
};

const guardedLibraries: Rule = {
  name: 'some libraries have one home',
  advice:
    'Go through the session of a connection, the Store port, the functions of src/domain/decimal.ts, src/server/admission/rate-limits.ts or openapi/served-document.ts instead',
  covers: within('src', 'routes', 'providers', 'openapi', 'web'),
  modulesMin: 150,
  check: (module, graph) =>
    onlyImports((each) => {
      const home = guarded[nameOf(each)];
      return home === undefined || module.path === home || module.path.startsWith(`${home}/`);
    })(module, graph),
  wrong: [
    { 'src/costs/engine.ts': "import { request } from 'undici';" },
    { 'src/vendor/quota/ledger.ts': "import { DatabaseSync } from 'node:sqlite';" },
    { 'src/vendor/upstream/pauses/pauses.ts': "import { Redis } from 'ioredis';" },
    { 'src/domain/money.ts': "import { Decimal } from 'decimal.js';" },
    { 'src/app/app.ts': "import rateLimit from '@fastify/rate-limit';" },
    { 'openapi/serve.ts': "import swagger from '@fastify/swagger';" },
    { 'providers/acme/normalise.ts': "import type { Decimal } from 'decimal.js';" },
  ],
  right: [
    { 'src/vendor/upstream/transport/send.ts': "import { Pool } from 'undici';" },
    { 'src/store/sqlite.ts': "import { DatabaseSync } from 'node:sqlite';" },
    { 'src/domain/decimal.ts': "import { Decimal } from 'decimal.js';" },
  ],
};

export const circleRules: readonly Rule[] = [
  middle,
  literal,
  provider,
  sandbox,
  providerTest,
  registry,
  route,
  guardedLibraries,
];
