import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { startVendors, type VendorsProcess } from '../../test/support/whole-app/vendors.ts';
import type { Figure } from '../chaos/figure.ts';
import type { Plan } from '../chaos/plan.ts';

/**
 * A file of telemetry records, sent by the command as a user runs it, in processes of its own, over SQLite and the
 * sandbox of the vendor in another process. The command is ended with SIGKILL again and again while it sends, and the
 * vendor fails some of its requests. Judged by what the vendor took.
 */

const recordsPerSecond = { short: 500, long: 4_000 } as const;
/** So that the command is often ended while a request is under way. */
const slow = { path: '/unit-cost', kind: 'latency', milliseconds: 500 } as const;

const toldSchema = z.object({
  state: z.enum(['running', 'done', 'failed']),
  unknown: z.array(z.object({ first: z.int(), last: z.int() })),
});
const sentSchema = z.object({ records: z.array(z.object({ value: z.union([z.number(), z.string()]) })) });
type Told = z.output<typeof toldSchema>;

const startCommand = (directory: string, file: string, operation: string) => {
  const words = ['--file', file, '--stream', 'orders', '--kind', 'unit-metric', '--operation', operation];
  const child = spawn(process.execPath, ['commands/telemetry.ts', ...words, '--json'], {
    env: {
      PATH: process.env.PATH ?? '',
      DATA_DIR: join(directory, 'data'),
      CONNECTIONS_FILE: join(directory, 'connections.yaml'),
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += String(chunk);
  });
  const ended = once(child, 'close').then((): Told | null =>
    output === '' ? null : toldSchema.parse(JSON.parse(output)),
  );
  return { kill: () => child.kill('SIGKILL'), ended };
};

const acceptedIn = async (vendors: VendorsProcess, operation: string): Promise<Map<number, number>> => {
  const counts = new Map<number, number>();
  for (const { path, status, sent } of await vendors.writes('cloudzero')) {
    if (!path.endsWith(`/orders/${operation}`) || status < 200 || status > 299) continue;
    for (const { value } of sentSchema.parse(JSON.parse(sent)).records)
      counts.set(Number(value), (counts.get(Number(value)) ?? 0) + 1);
  }
  return counts;
};

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Ends the command at some moment after it has sent more; resolves with what it told, if it ended by itself before. */
const killOnce = async (vendors: VendorsProcess, command: ReturnType<typeof startCommand>): Promise<Told | null> => {
  const before = (await vendors.calls('cloudzero')).length;
  let told: Told | null | undefined;
  void command.ended.then((result) => {
    told = result;
  });
  while (told === undefined && (await vendors.calls('cloudzero')).length < before + 3) await pause(20);
  await pause(Math.random() * 600);
  command.kill();
  await command.ended.catch(() => null);
  return told ?? null;
};

const campaign = async (
  vendors: VendorsProcess,
  directory: string,
  operation: 'replace' | 'sum',
  { records, kills, rate }: { readonly records: number; readonly kills: number; readonly rate: number },
): Promise<Figure[]> => {
  const file = join(directory, `${operation}.ndjson`);
  const lines = Array.from({ length: records }, (_, index) =>
    JSON.stringify({ timestamp: '2026-10-01', value: `${index + 1}` }),
  );
  await writeFile(file, `${lines.join('\n')}\n`);
  let told: Told | null = null;
  let killed = 0;
  await vendors.misbehave('cloudzero', [slow]);
  while (told === null && killed < kills) {
    told = await killOnce(vendors, startCommand(directory, file, operation));
    if (told === null) killed += 1;
    await vendors.misbehave('cloudzero', [slow, { path: '/unit-cost', kind: 'status', status: 503, times: 1 }]);
  }
  await vendors.misbehave('cloudzero', []);
  told = await startCommand(directory, file, operation).ended;
  const counts = await acceptedIn(vendors, operation);
  const uncertain = (line: number): boolean =>
    told?.unknown.some(({ first, last }) => first <= line && line <= last) === true;
  const all = Array.from({ length: records }, (_, index) => index + 1);
  const missing = all.filter((line) => !counts.has(line) && !uncertain(line)).length;
  const twice = all.filter((line) => (counts.get(line) ?? 0) > 1).length;
  const name = `telemetry, ${operation}`;
  return [
    { name: `${name}: SIGKILLs of ${records} records' command`, found: killed, least: kills },
    { name: `${name}: ended with all sent or told`, found: told?.state === 'done' ? 1 : 0, least: 1 },
    { name: `${name}: records missing and not told`, found: missing, most: 0 },
    ...(operation === 'sum' ? [{ name: `${name}: records counted twice`, found: twice, most: 0 }] : []),
    {
      name: `${name}: share of records told as not known`,
      found: all.filter(uncertain).length / records,
      // One request for each time that the command was ended.
      most: operation === 'sum' ? (kills * rate) / records : 0,
    },
  ];
};

export const telemetry = async ({ short }: Pick<Plan, 'short'>): Promise<Figure[]> => {
  const vendors = await startVendors({ cloudzero: 'live' });
  const directory = await mkdtemp(join(tmpdir(), 'telemetry-'));
  try {
    const rate = short ? recordsPerSecond.short : recordsPerSecond.long;
    const [cloudzero] = vendors.connections.filter(({ provider }) => provider === 'cloudzero');
    const connection = { ...cloudzero, telemetryRecordsPerSecond: String(rate) };
    await writeFile(join(directory, 'connections.yaml'), JSON.stringify({ connections: [connection] }));
    const size = short ? { records: 2_500, kills: 1, rate } : { records: 100_000, kills: 5, rate };
    return [
      // The vendor replaces only in a stream that there is.
      ...(await campaign(vendors, directory, 'sum', size)),
      ...(await campaign(vendors, directory, 'replace', size)),
    ];
  } finally {
    await vendors.close();
    await rm(directory, { recursive: true, force: true });
  }
};
