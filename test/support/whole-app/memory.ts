import { readFile, writeFile } from 'node:fs/promises';

const mebibyte = 1024 * 1024;

/** A size that the kernel keeps of a process: `VmRSS` is now, `VmHWM` the most since the start or since `forgetPeak`. */
const sizeOf = async (pid: number, name: 'VmRSS' | 'VmHWM'): Promise<number> => {
  const kilobytes = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1];
  if (kilobytes === undefined) throw new TypeError(`the kernel does not tell ${name}`);
  return Number(kilobytes) * 1024;
};

const forgetPeak = (pid: number): Promise<void> => writeFile(`/proc/${pid}/clear_refs`, '5');

export const residentBytes = (pid: number): Promise<number> => sizeOf(pid, 'VmRSS');

/** How much more memory than at its beginning the process held at the worst moment of the work, in mebibytes. */
export const peakGrowth = async (pid: number, work: () => Promise<unknown>): Promise<number> => {
  await forgetPeak(pid);
  const before = await residentBytes(pid);
  await work();
  return ((await sizeOf(pid, 'VmHWM')) - before) / mebibyte;
};
