import { readFileSync, writeFileSync } from 'node:fs';
import { providers } from '../providers/index.ts';
import { operations } from '../routes/index.ts';
import { buildDocument, documentText } from './document.ts';
import { guidesText, readGuides } from './guides.ts';
import { buildNativeDocument } from './native-document.ts';

const fileOf = (path: string): URL => new URL(path, import.meta.url);

const committed = (path: string): string => {
  try {
    return readFileSync(fileOf(path), 'utf8');
  } catch {
    return '';
  }
};

const chapters = readGuides((name) => readFileSync(fileOf(`../docs/guides/${name}.md`), 'utf8'));
const written: Readonly<Record<string, string>> = {
  'guides.json': guidesText(chapters),
  'openapi.json': documentText(buildDocument(operations, chapters)),
  'native.json': documentText(
    buildNativeDocument(
      providers.map(({ id, title, operations: read }) => ({ id, title, operations: read?.() ?? [] })),
    ),
  ),
};

if (!process.argv.includes('--check')) {
  for (const [name, text] of Object.entries(written)) writeFileSync(fileOf(name), text);
  process.stdout.write(`wrote openapi/openapi.json: ${operations.length} operations\n`);
} else if (Object.entries(written).every(([name, text]) => committed(name) === text)) {
  process.stdout.write(`openapi/openapi.json is up to date: ${operations.length} operations\n`);
} else {
  process.stderr.write(
    'openapi/openapi.json has drifted from the routes or the guides: run "npm run openapi" and commit it\n',
  );
  process.exitCode = 1;
}
