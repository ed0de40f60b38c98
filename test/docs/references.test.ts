import { existsSync, readdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { providers } from '../../providers/index.ts';
import { readRepositoryFile, root } from '../architecture/tree.ts';
import { type Document, documentPaths, parseDocument, readDocument, tableRows } from './document.ts';

const documents = documentPaths.map(readDocument);
const topLevel = new Set(readdirSync(root));
const exists = (path: string): boolean => existsSync(join(root, path));

/** The vendor of the instructions, which does not exist, is judged by one that does. */
const real = (path: string): string => path.replace(/^providers\/acme\b/, 'providers/elastic');

const looksLikePath = (text: string): boolean =>
  /^[\w.@-][\w./@-]*$/.test(text) &&
  (topLevel.has(text.split('/')[0] ?? '') || /\/$|\.(ts|json|md|ya?ml|example)$/.test(text));

const pathResolves = (document: Document, text: string): boolean => {
  const folder = posix.dirname(document.path);
  return [text, posix.join(folder, text), posix.join(folder, 'elastic', text)].map(real).some(exists);
};

const deadPaths = (document: Document): string[] =>
  document.spans.filter((span) => looksLikePath(span) && !pathResolves(document, span));

const linkResolves = (document: Document, link: string): boolean => {
  const [file = '', anchor] = link.split('#');
  const path = file === '' ? document.path : posix.join(posix.dirname(document.path), file);
  return exists(path) && (anchor === undefined || readDocument(path).anchors.includes(anchor));
};

const deadLinks = (document: Document): string[] =>
  document.links.filter((link) => !/^https?:/.test(link) && !linkResolves(document, link));

const codeOf = ({ spans, fences }: Document): readonly string[] => [...spans, ...fences.map(({ text }) => text)];

const unknownScripts = (document: Document): string[] =>
  codeOf(document)
    .flatMap((code) => [...code.matchAll(/\bnpm (?:run (?:-s )?)?([a-z][\w:-]*)/g)])
    .map(([, name = '']) => name)
    .filter((name) => name !== 'ci' && !Object.hasOwn(packageJson.scripts, name));

const deadArguments = (document: Document): string[] =>
  codeOf(document)
    .flatMap((code) => [...code.matchAll(/npm test -- (\S+)/g)])
    .map(([, path = '']) => path)
    .filter((path) => !exists(real(path)));

/** Vendor variables and those of the gateway; the image adds some of Node's own. */
const known = new Set(
  [...readRepositoryFile('.env.example').matchAll(/\b[A-Z][A-Z0-9]*(_[A-Z0-9]+)+\b/g)].map(([name]) => name),
);
const invented = new Set(['SANDBOX_URL', 'CHAOS_SEED']);
const unknownVariables = ({ spans }: Document): string[] =>
  spans
    .map((span) => span.split('=')[0] ?? '')
    .filter((name) => /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/.test(name) && !known.has(name) && !invented.has(name));

describe.each(documents)('$path', (document) => {
  test('has no dead link', () => expect(deadLinks(document)).toEqual([]));
  test('names no path that does not exist', () => expect(deadPaths(document)).toEqual([]));
  test('names no script that does not exist', () => {
    expect(unknownScripts(document)).toEqual([]);
    expect(deadArguments(document)).toEqual([]);
  });
  test('names no variable that nobody reads', () => expect(unknownVariables(document)).toEqual([]));
});

test('what leads nowhere is found', () => {
  const lying = parseDocument(
    'README.md',
    '[a](nowhere.md) [b](#nothing) `src/nowhere.ts` `npm run nothing` `npm test -- test/nowhere` `NO_SUCH_VARIABLE`\n',
  );
  expect(deadLinks(lying)).toEqual(['nowhere.md', '#nothing']);
  expect(deadPaths(lying)).toEqual(['src/nowhere.ts']);
  expect(unknownScripts(lying)).toEqual(['nothing']);
  expect(deadArguments(lying)).toEqual(['test/nowhere']);
  expect(unknownVariables(lying)).toEqual(['NO_SUCH_VARIABLE']);
});

test('the pages have something to resolve', () => {
  const count = (what: (document: Document) => readonly string[]) => documents.flatMap(what).length;
  expect(count(({ links }) => links)).toBeGreaterThan(20);
  expect(count(({ spans }) => spans.filter(looksLikePath))).toBeGreaterThan(40);
});

test('the map names every folder of the middle', () => {
  const named = tableRows(readDocument('ARCHITECTURE.md')).map(([first = '']) => first);
  const folders = readdirSync(join(root, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.length).toBeGreaterThan(5);
  const unnamed = folders.filter(({ name }) => !named.some((cell) => cell.includes(`\`src/${name}/\``)));
  expect(unnamed.map(({ name }) => `src/${name}/: give it a row in the map`)).toEqual([]);
});

test('every package for development is explained', () => {
  const named = tableRows(readDocument('ARCHITECTURE.md')).map(([first]) => first);
  const unnamed = Object.keys(packageJson.devDependencies).filter((name) => !named.includes(`\`${name}\``));
  expect(unnamed).toEqual([]);
});

test('the README names every variable that a vendor reads', () => {
  const { spans } = readDocument('README.md');
  const names = providers.flatMap(({ settings }) => settings.flatMap(({ environment }) => environment ?? []));
  expect(names.length).toBeGreaterThan(5);
  expect(names.filter((name) => !spans.includes(name))).toEqual([]);
});

test('every script has a row in the commands', () => {
  const commands = tableRows(readDocument('CONTRIBUTING.md')).map(([first = '']) => first);
  const unnamed = Object.keys(packageJson.scripts).filter(
    (name) => !commands.includes(`\`npm run ${name}\``) && !commands.includes(`\`npm ${name}\``),
  );
  expect(unnamed).toEqual([]);
});
