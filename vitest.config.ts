import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { SlowFirst } from './test/support/slow-first.ts';

/** The command line asks for a random order. */
const isShuffled = process.argv.some((word) => word.startsWith('--sequence.shuffle'));

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'providers/**/*.test.ts'],
    // Limits for what hangs; a busy machine takes many times as long as a quiet one.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // A worker evaluates a module once for all its files, so a file leaves nothing behind: no server, timer or variable.
    isolate: false,
    setupFiles: ['test/documents/setup.ts'],
    globalSetup: ['test/documents/whole-run.ts'],
    // Processes that tests start need not compile again what an earlier one has compiled.
    env: { NODE_COMPILE_CACHE: join(tmpdir(), 'cost-gateway-compiled') },
    maxWorkers: '100%',
    sequence: isShuffled ? {} : { sequencer: SlowFirst },
  },
});
