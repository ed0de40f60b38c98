import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import packageJson from '../../package.json' with { type: 'json' };

/**
 * Builds the client package: JavaScript, declarations and a copy of openapi-fetch, so that it has no dependencies. It
 * has the name of the gateway, but its own package.json, because that of the gateway lists the server's dependencies.
 */

const root = fileURLToPath(new URL('../..', import.meta.url));
const entry = fileURLToPath(new URL('index.ts', import.meta.url));
const modules = join(root, 'node_modules');

const manifest = {
  name: packageJson.name,
  version: packageJson.version,
  description: 'Typed client of cost-gateway.',
  license: packageJson.license,
  type: 'module',
  sideEffects: false,
  engines: { node: '>=20' },
  exports: { './client': { types: './index.d.ts', default: './index.js' } },
};

const readme = `# cost-gateway/client

\`\`\`js
import { createClient, formatMoney } from 'cost-gateway/client';

const gateway = createClient({ baseUrl: 'http://127.0.0.1:8080' });
for await (const row of gateway.items('/v1/costs', { params: { query: { groupBy: ['provider'] } } })) {
  console.log(row.start, row.group.provider, formatMoney(row.cost));
}
\`\`\`

Reads that fail in passing are sent again, after as long as the gateway says. The code of openapi-fetch, under the MIT
licence beside this file, is part of it.
`;

const options = [
  ...['--target', 'es2022', '--module', 'nodenext', '--moduleResolution', 'nodenext', '--types', ''],
  ...['--lib', 'es2023,dom,dom.iterable,dom.asynciterable', '--strict', '--exactOptionalPropertyTypes'],
  ...['--noUncheckedIndexedAccess', '--skipLibCheck', '--declaration', '--rewriteRelativeImportExtensions'],
  ...['--verbatimModuleSyntax', '--noEmitOnError', '--ignoreConfig', '--pretty', 'false'],
];

const compile = (folder: string): void => {
  const places = ['--rootDir', fileURLToPath(new URL('.', import.meta.url)), '--outDir', folder];
  const { status, stdout } = spawnSync(join(modules, '.bin/tsc'), [entry, ...options, ...places], { encoding: 'utf8' });
  if (status !== 0) throw new TypeError(`the client does not compile:\n${stdout}`);
};

/** The packages that are copied in, and their names there. */
const taken = [
  ['openapi-fetch/dist/index.mjs', 'openapi-fetch.js'],
  ['openapi-fetch/dist/index.d.mts', 'openapi-fetch.d.ts'],
  ['openapi-typescript-helpers/dist/index.d.mts', 'openapi-typescript-helpers.d.ts'],
] as const;

/** Rewrites imports of sources and of copied packages to the files in the package. */
const linked = (text: string): string =>
  text
    .replaceAll(/(from\s+['"])(openapi-fetch|openapi-typescript-helpers)(['"])/g, '$1./$2.js$3')
    .replaceAll(/(from\s+['"]\.\/[\w-]+)\.ts(['"])/g, '$1.js$2')
    .replaceAll(/\n\/\/# sourceMappingURL=.*\n?/g, '\n');

/** Replaces the content of the folder. Returns the names of its files. */
export const buildPackage = (folder: string): string[] => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  compile(folder);
  for (const [from, to] of taken) cpSync(join(modules, from), join(folder, to));
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    writeFileSync(file, linked(readFileSync(file, 'utf8')));
  }
  cpSync(join(root, 'LICENSE'), join(folder, 'LICENSE'));
  cpSync(join(modules, 'openapi-fetch/LICENSE'), join(folder, 'LICENSE-openapi-fetch'));
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  writeFileSync(join(folder, 'README.md'), readme);
  return readdirSync(folder).sort();
};
