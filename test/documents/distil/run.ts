import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Schema, WrittenDocument } from '../../../src/vendor/document/document.ts';
import { documentUrl, sources } from '../described.ts';
import { readCatalogue } from './catalogue.ts';
import { readOpenApi } from './openapi.ts';
import { readReference } from './reference.ts';
import { readSamples } from './samples.ts';
import { documentText, samplesText } from './write.ts';

/** `npm run vendor-documents -- --from <folder>`: takes the structure of the vendors' documents out of that folder. */

const readers = { openapi: readOpenApi, reference: readReference, catalogue: readCatalogue } as const;

const withStated = (schemas: Readonly<Record<string, Schema>>, stated: Readonly<Record<string, Schema>> = {}) =>
  Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, { ...schema, ...stated[name] }]));

const { values } = parseArgs({ options: { from: { type: 'string' } } });
if (values.from === undefined) throw new TypeError('say where the documents are: --from <folder>');

for (const { provider, documents } of sources) {
  for (const { file, taken } of documents) {
    if (taken === undefined) continue;
    const text = readFileSync(join(values.from, taken.from), 'utf8');
    const { version, ...structure }: Omit<WrittenDocument, 'source' | 'authorization'> & { version?: string } =
      readers[taken.form](text);
    const target = documentUrl(provider, file);
    const written = documentText({
      source: { document: taken.from, taken: 'script', ...(version === undefined ? {} : { version }) },
      authorization: [...taken.authorization],
      ...(taken.answers === undefined ? {} : { answers: taken.answers }),
      ...structure,
      schemas: withStated(structure.schemas, taken.stated),
    });
    writeFileSync(target, written);
    process.stdout.write(`${target.pathname}: ${written.length} characters\n`);
    if (taken.samples === undefined) continue;
    writeFileSync(
      documentUrl(provider, taken.samples.file),
      samplesText(readSamples(text, new Set(taken.samples.operations))),
    );
  }
}
