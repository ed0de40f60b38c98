import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'providers/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // A worker evaluates a module once for all its files, so a file leaves nothing behind: no server, timer or variable.
    isolate: false,
    maxWorkers: '100%',
  },
});
