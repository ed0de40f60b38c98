import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { graphOf, type ImportGraph } from './module.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export const readRepositoryFile = (path: string): string => readFileSync(join(root, path), 'utf8');

const folders = ['src', 'routes', 'providers', 'commands', 'openapi', 'web', 'bench', 'test'];
const kinds = /\.(ts|css|html|js)$/;

let tree: ImportGraph | null = null;

/** Every file of code in the repository, as the rules see it. Parsed once for all who ask. */
export const readTree = (): ImportGraph => {
  tree ??= parseTree();
  return tree;
};

const parseTree = (): ImportGraph => {
  const files: Record<string, string> = {};
  for (const folder of folders.filter((name) => existsSync(join(root, name)))) {
    for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !kinds.test(entry.name)) continue;
      const path = relative(root, join(entry.parentPath, entry.name)).split(sep).join('/');
      files[path] = readRepositoryFile(path);
    }
  }
  return graphOf(files);
};
