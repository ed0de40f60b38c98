import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { graphOf } from '../architecture/module.ts';
import { readRepositoryFile, readTree, root } from '../architecture/tree.ts';
import { closureOf, copiedPaths, isLetThrough } from './image.ts';

const dockerfile = readRepositoryFile('Dockerfile');
const ignore = readRepositoryFile('.dockerignore');
const copied = copiedPaths(dockerfile);
const isCopied = (path: string): boolean => copied.some((each) => path === each || path.startsWith(`${each}/`));

test('every path that the image copies exists and is not ignored', () => {
  expect(copied.length).toBeGreaterThan(5);
  expect(copied.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  expect(copied.filter((path) => !isLetThrough(ignore, path))).toEqual([]);
});

test('everything that the gateway loads is in the image', () => {
  const loaded = [...closureOf('src/main.ts', readTree())];
  expect(loaded.length).toBeGreaterThan(150);
  expect(loaded).toContain('package.json');
  expect(loaded).toContain('web/style.css');
  expect(loaded.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  expect(loaded.filter((path) => !isCopied(path) || !isLetThrough(ignore, path))).toEqual([]);
});

test('a file that would be missing is found', () => {
  const graph = graphOf({
    'src/main.ts': "import './a.ts';\nimport type { B } from '../bench/b.ts';",
    'src/a.ts': "import '../bench/c.ts';\nconst page = new URL('../bench/page.html', import.meta.url);",
  });
  expect([...closureOf('src/main.ts', graph)].filter((path) => !isCopied(path)).sort()).toEqual([
    'bench/c.ts',
    'bench/page.html',
  ]);
  expect(isLetThrough(ignore, 'src/a.test.ts')).toBe(false);
  expect(isLetThrough(ignore, 'providers/acme/fixtures/costs.json')).toBe(false);
});

test('the image runs the gateway as it is meant to run', () => {
  const lines = dockerfile.split('\n');
  expect(lines).toContain('USER node');
  expect(lines).toContain('VOLUME /data');
  expect(lines).toContain('CMD ["node", "src/main.ts"]');
  for (const setting of ['NODE_ENV=production', 'HOST=0.0.0.0', 'DATA_DIR=/data'])
    expect(dockerfile).toContain(setting);
});

test('the composition shows simulated vendors to everybody on this machine, and says so', () => {
  const { services } = parse(readRepositoryFile('compose.yaml'));
  expect(services.gateway).toMatchObject({
    build: '.',
    ports: ['127.0.0.1:8080:8080'],
    environment: { SANDBOX: 'on', AUTH: 'none' },
  });
  expect(services.redis.profiles).toEqual(['redis']);
});
