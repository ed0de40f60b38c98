import { posix } from 'node:path';
import ts from 'typescript';
import { type ImportGraph, type Module, nodesOf } from '../architecture/module.ts';

/** The paths that a Dockerfile copies from the repository; those from an earlier stage do not count. */
export const copiedPaths = (dockerfile: string): readonly string[] =>
  dockerfile
    .split('\n')
    .filter((line) => /^COPY (?!--from)/.test(line))
    .flatMap((line) => line.split(/\s+/).slice(1, -1))
    .map((path) => path.replace(/^\.\//, ''));

/** What of these paths a `.dockerignore` that begins with `*` lets through. */
export const isLetThrough = (ignore: string, path: string): boolean => {
  const lines = ignore.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const included = lines.some((line) => line === `!${path.split('/')[0]}`);
  const excluded = lines.some((line) => {
    const pattern = line.startsWith('**/') ? line.slice(3) : null;
    return pattern !== null && posix.matchesGlob(path, `**/${pattern}{,/**}`);
  });
  return included && !excluded;
};

/** Files that are read as they are: `new URL('../web/style.css', import.meta.url)`. */
const filesRead = ({ path, source }: Module): string[] =>
  [...nodesOf(source)].flatMap((node) => {
    if (!ts.isNewExpression(node) || node.expression.getText() !== 'URL') return [];
    const [file, base] = node.arguments ?? [];
    const beside = base?.getText() === 'import.meta.url';
    return beside && file !== undefined && ts.isStringLiteralLike(file) && /\.\w+$/.test(file.text)
      ? [posix.join(posix.dirname(path), file.text)]
      : [];
  });

/** Everything in the repository that is loaded when this file runs, itself included. */
export const closureOf = (start: string, graph: ImportGraph): ReadonlySet<string> => {
  const reached = new Set<string>();
  const waiting = [start];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    const module = graph.get(path);
    if (module === undefined) continue;
    waiting.push(...filesRead(module));
    for (const { target, typeOnly } of module.imports) {
      if (target.kind === 'file' && !typeOnly) waiting.push(target.path);
    }
  }
  return reached;
};
