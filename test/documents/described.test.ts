import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { providers } from '../../providers/index.ts';
import { documentSchema } from '../../src/vendor/document/document.ts';
import { described, documentUrl, sources } from './described.ts';
import { createCompiler } from './validator.ts';

const files = sources.flatMap(({ provider, documents }) => documents.map(({ file }) => ({ provider, file })));
const textOf = (provider: string, file: string): string => readFileSync(documentUrl(provider, file), 'utf8');

test('every registered provider has documents', () => {
  expect(sources.map(({ provider }) => provider).toSorted()).toEqual(providers.map(({ id }) => id).toSorted());
});

test('every exception has a name of its own, and a reason', () => {
  for (const { exceptions } of described) {
    expect(new Set(exceptions.map(({ name }) => name)).size).toBe(exceptions.length);
    for (const { reason } of exceptions) expect(reason.length).toBeGreaterThan(30);
  }
});

describe.each(files)('$provider/$file', ({ provider, file }) => {
  test('has only schemas that can be checked', () => {
    const document = documentSchema.parse(JSON.parse(textOf(provider, file)));
    const compile = createCompiler(document.schemas);
    const contents = document.operations.flatMap(({ body, answers }) => [
      ...Object.values(body?.content ?? {}),
      ...Object.values(answers).flatMap((content) => Object.values(content)),
    ]);
    const parameters = document.operations.flatMap((each) => each.parameters.map(({ schema, json }) => json ?? schema));
    const schemas = [...contents, ...parameters, ...Object.values(document.schemas)];
    expect(schemas.length).toBeGreaterThan(0);
    // A reference is resolved when it is met, so each is given something to refuse.
    for (const schema of schemas) expect(() => compile(schema)(Number.NaN)).not.toThrow();
  });

  test('has no operation twice, and no sentences', () => {
    const document = documentSchema.parse(JSON.parse(textOf(provider, file)));
    const places = document.operations.map(({ method, path }) => `${method} ${path.replace(/\{\w+\}/g, '{}')}`);
    expect(new Set(places).size).toBe(places.length);
    // Words in a row stand in no structure but in names of data, such as a header of two words.
    const texts = [...textOf(provider, file).matchAll(/"([^"]*)"/g)].map((match) => match[1] ?? '');
    const spoken = texts.filter((text) => /([A-Za-z]{2,} ){4}/.test(text) && text !== document.source.document);
    expect(spoken).toEqual([]);
  });
});
