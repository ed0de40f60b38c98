import { readFileSync, writeFileSync } from 'node:fs';
import { operations } from '../routes/index.ts';
import { breakingChanges, namedBreaks } from './breaking.ts';
import { buildDocument, documentText } from './document.ts';
import { type Json, toJson } from './json.ts';

/** Compares with the document of the last release. `--release` replaces it by the present one. */

const file = new URL('released.json', import.meta.url);
const document = buildDocument(operations);

if (process.argv.includes('--release')) {
  writeFileSync(file, documentText(document));
  process.stdout.write('wrote openapi/released.json: from now on this is what callers rely on\n');
} else {
  const released: Json = JSON.parse(readFileSync(file, 'utf8'));
  const named = namedBreaks(readFileSync(new URL('../CHANGELOG.md', import.meta.url), 'utf8'));
  const changes = breakingChanges(released, toJson(document));
  const silent = changes.filter((change) => !named.has(change));
  for (const change of silent) {
    process.stderr.write(
      `${change}\n  callers break: take it back, or name it in CHANGELOG.md under "### Breaking" as \`${change}\`\n`,
    );
  }
  process.stdout.write(`${changes.length} breaking changes since the last release, ${silent.length} of them unnamed\n`);
  if (silent.length > 0) process.exitCode = 1;
}
