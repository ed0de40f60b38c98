import { readFileSync, writeFileSync } from 'node:fs';
import { operations } from '../routes/index.ts';
import { buildDocument, documentText } from './document.ts';

const file = new URL('openapi.json', import.meta.url);
const text = documentText(buildDocument(operations));

const committed = (): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};

if (!process.argv.includes('--check')) {
  writeFileSync(file, text);
  process.stdout.write(`wrote openapi/openapi.json: ${operations.length} operations\n`);
} else if (committed() === text) {
  process.stdout.write(`openapi/openapi.json is up to date: ${operations.length} operations\n`);
} else {
  process.stderr.write('openapi/openapi.json has drifted from the routes: run "npm run openapi" and commit it\n');
  process.exitCode = 1;
}
