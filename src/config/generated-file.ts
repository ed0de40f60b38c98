import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Provider } from '../vendor/contract/provider.ts';

const projectRoot = new URL('../../', import.meta.url);

const isProvider = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'settings' in value && 'settingsJsonSchema' in value;

const registrySchema = z.object({ providers: z.array(z.custom<Provider>(isProvider)) });

/** Loaded by path, because only `src/main.ts` may import providers. */
const loadRegistry = async (): Promise<readonly Provider[]> => {
  const registry: unknown = await import(new URL('providers/index.ts', projectRoot).href);
  return registrySchema.parse(registry).providers;
};

const current = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
};

/** Writes a file that is derived from the registry; with `--check` only compares it. Returns the exit code. */
export const generateFile = async (
  name: string,
  script: string,
  textOf: (providers: readonly Provider[]) => string,
  options: readonly string[],
): Promise<0 | 1> => {
  const path = fileURLToPath(new URL(name, projectRoot));
  const text = textOf(await loadRegistry());
  if (!options.includes('--check')) {
    writeFileSync(path, text);
    return 0;
  }
  if (current(path) === text) return 0;
  process.stderr.write(`${name} is out of date: run node ${script}\n`);
  return 1;
};
