import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileCache } from '../compile-cache.ts';

/** A gateway as `npm start` runs it, in a process of its own. */
export interface GatewayProcess {
  readonly url: string;
  readonly pid: number;
  /** What its log says so far. */
  log(): string;
  /** Closes its standard output on the reader's side. */
  stopReading(): void;
  kill(signal: NodeJS.Signals): void;
  /** Its exit code, or null after a signal. */
  readonly ended: Promise<number | null>;
  /** Kills it and removes its folder, but for a DATA_DIR that was given. */
  close(): Promise<void>;
}

export interface GatewayOptions {
  readonly environment?: Readonly<Record<string, string>>;
  /** Its connections file. Absent: sandboxes in its own process. */
  readonly file?: { readonly connections: readonly object[]; readonly [part: string]: unknown };
  /** Its DATA_DIR, if it is to outlive the process. */
  readonly folder?: string;
  /** Options of Node, such as a limit of its memory. */
  readonly nodeOptions?: readonly string[];
}

export interface Caller {
  readonly name: string;
  readonly key: string;
  readonly scopes: readonly string[];
  readonly connections?: readonly string[];
}

/** The variables that let these callers in, and nobody else. */
export const callersOf = (callers: readonly Caller[]): Record<string, string> => ({
  AUTH: 'keys',
  API_KEYS: JSON.stringify(
    callers.map(({ key, ...caller }) => ({
      ...caller,
      key: `sha256:${createHash('sha256').update(key).digest('hex')}`,
    })),
  ),
});

export const startGateway = async (options: GatewayOptions = {}): Promise<GatewayProcess> => {
  const own = await mkdtemp(join(tmpdir(), 'gateway-'));
  const file = join(own, 'connections.yaml');
  if (options.file !== undefined) await writeFile(file, JSON.stringify(options.file));
  const main = new URL('../../../src/main.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [...(options.nodeOptions ?? []), main], {
    env: {
      PATH: process.env.PATH,
      ...compileCache,
      PORT: '0',
      DATA_DIR: options.folder ?? join(own, 'data'),
      ...(options.file === undefined ? {} : { CONNECTIONS_FILE: file }),
      ...options.environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    output += String(chunk);
  });
  const ended = once(child, 'exit').then(([code]): number | null => code);
  const close = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
    await rm(own, { recursive: true, force: true });
  };

  for (;;) {
    const url = /answers on (http:\/\/[\d.:]+)/.exec(output)?.[1];
    if (url !== undefined) {
      return {
        url,
        pid: child.pid ?? 0,
        log: () => output,
        stopReading: () => void child.stdout.destroy(),
        kill: (signal) => void child.kill(signal),
        ended,
        close,
      };
    }
    const more = await Promise.race([once(child.stdout, 'data').then(() => true), ended.then(() => false)]);
    if (!more) throw new TypeError(`the gateway ended before it answered: ${output}`);
  }
};
