import { spawnSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GatewayProcess } from '../../../test/support/whole-app/gateway-process.ts';

/** A folder for DATA_DIR whose disk can be made to fail. */
export interface Disk {
  readonly name: string;
  readonly folder: string;
  fail(gateway: GatewayProcess): void;
  mend(gateway: GatewayProcess): void;
  close(): Promise<void>;
}

const run = (command: string, ...values: string[]): void => {
  const { status, stderr } = spawnSync(command, values, { encoding: 'utf8' });
  if (status !== 0) throw new TypeError(`${command}: ${stderr}`);
};

/** Every write of the process fails from then on; Node ignores the signal. It needs no rights. */
export const limitedProcess = async (): Promise<Disk> => {
  const folder = await mkdtemp(join(tmpdir(), 'limited-'));
  const limit = (gateway: GatewayProcess, bytes: string) =>
    run('prlimit', '--pid', String(gateway.pid), `--fsize=${bytes}:unlimited`);
  return {
    name: 'no file may grow',
    folder,
    fail: (gateway) => limit(gateway, '1'),
    mend: (gateway) => limit(gateway, 'unlimited'),
    close: () => rm(folder, { recursive: true, force: true }),
  };
};

const smallDisk = '3m';

/** A file system in memory that is filled to its last byte. It needs the right to mount. */
export const smallFileSystem = async (): Promise<Disk> => {
  const folder = await mkdtemp(join(tmpdir(), 'small-'));
  const ballast = join(folder, 'ballast');
  run('mount', '-t', 'tmpfs', '-o', `size=${smallDisk}`, 'tmpfs', folder);
  return {
    name: 'a full disk',
    folder,
    fail: () => {
      const file = openSync(ballast, 'w');
      for (const size of [65_536, 4_096, 1]) {
        try {
          for (;;) writeSync(file, Buffer.alloc(size));
        } catch {
          // Full at this size.
        }
      }
      closeSync(file);
    },
    mend: () => rmSync(ballast),
    close: async () => {
      run('umount', '-l', folder);
      await rm(folder, { recursive: true, force: true });
    },
  };
};

/** Files that nobody may change, as on a file system that was made read-only. It needs the right to set that. */
export const unchangeable = async (): Promise<Disk> => {
  const folder = await mkdtemp(join(tmpdir(), 'unchangeable-'));
  const names = ['store.sqlite', 'store.sqlite-wal'].map((name) => join(folder, name));
  return {
    name: 'a read-only file',
    folder,
    fail: () => run('chattr', '+i', ...names),
    mend: () => run('chattr', '-i', ...names),
    close: async () => {
      spawnSync('chattr', ['-i', ...names]);
      await rm(folder, { recursive: true, force: true });
    },
  };
};

/** Null where it is not allowed here. */
export const orNull = async (open: () => Promise<Disk>): Promise<Disk | null> => open().catch(() => null);
