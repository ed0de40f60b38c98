import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { operations } from '../../routes/index.ts';
import { buildPackage } from './package.ts';
import { clientTypes } from './types.ts';

/** Writes the types of the client from the routes, and the client package. */

const { values } = parseArgs({
  options: { check: { type: 'boolean', default: false }, out: { type: 'string', default: '' } },
});

const file = new URL('generated.ts', import.meta.url);
const text = await clientTypes(operations);

const committed = (): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};

if (!values.check) {
  writeFileSync(file, text);
  const folder = values.out === '' ? fileURLToPath(new URL('../../dist/client', import.meta.url)) : values.out;
  const names = buildPackage(folder);
  process.stdout.write(`wrote openapi/client/generated.ts, and ${names.length} files to ${folder}\n`);
} else if (committed() === text) {
  process.stdout.write('openapi/client/generated.ts is up to date\n');
} else {
  process.stderr.write('openapi/client/generated.ts has drifted from the routes: run "npm run client" and commit it\n');
  process.exitCode = 1;
}
