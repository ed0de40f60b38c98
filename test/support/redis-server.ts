import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';

/** A real Redis of our own on a free port; it ends with this process, however that ends. */
export interface RedisServer {
  readonly url: string;
  readonly port: number;
  /** One raw command, past everything of ours, over one line that stays. */
  command(...words: readonly [string, ...string[]]): Promise<unknown>;
  freeze(): void;
  thaw(): void;
  /** Gone at once, as with a crash. */
  kill(): Promise<void>;
  /** On the same port again: empty, or with what its append-only file holds. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

const found = spawnSync('redis-server', ['--version']).status === 0;
/** Null where one can be started. In CI its absence is a fault, not a reason to skip. */
export const redisAbsence = found || process.env.CI !== undefined ? null : 'no redis-server on this machine';

const freePort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new TypeError('a server listens on a port');
  return address.port;
};

/** The shell ends its Redis when its own input ends: even a test process that was killed leaves none behind. */
const shellScript =
  'redis-server "$@" >/dev/null & pid=$!; echo $pid; cat >/dev/null; kill -CONT $pid; kill -KILL $pid; wait $pid';

const pidFrom = (shell: ChildProcess): Promise<number> =>
  new Promise((resolve, reject) => {
    shell.stdout?.once('data', (bytes: Buffer) => resolve(Number(bytes.toString())));
    shell.once('error', reject);
  });

export interface RedisServerOptions {
  /** Every write is on disk before it is answered, and read again at a restart. Absent: nothing is on disk. */
  readonly appendOnly?: boolean;
}

export const startRedisServer = async ({ appendOnly = false }: RedisServerOptions = {}): Promise<RedisServer> => {
  const folder = await mkdtemp(join(tmpdir(), 'redis-'));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  let pid = 0;
  let shell: ChildProcess | null = null;

  let line: Redis | null = null;
  const command = async (...[name, ...values]: readonly [string, ...string[]]): Promise<unknown> => {
    if (line === null) {
      const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 });
      client.on('error', () => {});
      client.on('close', () => {
        if (line === client) line = null;
      });
      await client.connect();
      line = client;
    }
    return line.call(name, values);
  };

  const start = async (): Promise<void> => {
    const settings = [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--appendonly',
      appendOnly ? 'yes' : 'no',
      '--appendfsync',
      'always',
      '--dir',
      folder,
    ];
    shell = spawn('sh', ['-c', shellScript, 'sh', ...settings], { stdio: ['pipe', 'pipe', 'ignore'] });
    pid = await pidFrom(shell);
    for (let attempt = 0; ; attempt += 1) {
      try {
        await command('PING');
        return;
      } catch (thrown) {
        if (attempt === 200) throw thrown;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
  };
  const kill = async (): Promise<void> => {
    const ended = new Promise((resolve) => shell?.once('exit', resolve));
    shell?.stdin?.end();
    await ended;
  };

  await start();
  return {
    url,
    port,
    command,
    freeze: () => process.kill(pid, 'SIGSTOP'),
    thaw: () => process.kill(pid, 'SIGCONT'),
    kill,
    restart: async () => {
      if (shell?.exitCode === null) await kill();
      await start();
    },
    close: async () => {
      line?.disconnect();
      if (shell?.exitCode === null) await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
