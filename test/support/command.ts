import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** A command as its npm script runs it, in a process of its own and without a terminal. */
export interface RunningCommand {
  /** What it has written to standard error so far. */
  said(): string;
  /** Resolves with the match once it has said something that fits. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  /** Ends it where it has not ended. */
  stop(): void;
  readonly ended: Promise<{ readonly code: number | null; readonly output: string; readonly said: string }>;
}

export const startCommand = (
  file: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): RunningCommand => {
  const child = spawn(process.execPath, [file, ...words], {
    env: { PATH: process.env.PATH ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let said = '';
  child.stdout.on('data', (chunk) => {
    output += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    said += String(chunk);
  });
  return {
    said: () => said,
    says: async (pattern) => {
      for (;;) {
        const match = pattern.exec(said);
        if (match !== null) return match;
        if (child.exitCode !== null) throw new TypeError(`it ended and said: ${said}`);
        await Promise.race([once(child.stderr, 'data'), once(child, 'close')]);
      }
    },
    stop: () => {
      child.kill();
    },
    ended: once(child, 'close').then(([code]) => ({ code, output, said })),
  };
};
