import { z } from 'zod';
import { type GatewayProcess, startGateway } from '../../../test/support/whole-app/gateway-process.ts';
import type { VendorsProcess } from '../../../test/support/whole-app/vendors.ts';
import type { Figure } from '../../chaos/figure.ts';
import { places } from '../kill/places.ts';
import type { Disk } from './disks.ts';

const readySchema = z.object({
  storeState: z.string(),
  checks: z.array(z.object({ name: z.string(), state: z.string() })),
});
const costsSchema = z.object({
  totals: z.array(z.object({ amount: z.string() })),
  meta: z.object({
    complete: z.boolean(),
    providers: z.array(z.object({ notes: z.array(z.object({ code: z.string() })) })),
  }),
});
const problemSchema = z.object({ type: z.string() });

const costs = (month: string, grouping = ''): string =>
  `/v1/costs?granularity=monthly&start=2026-${month}-01&end=2026-${String(Number(month) + 1).padStart(2, '0')}-01&connection=elastic${grouping}`;

const stateOf = async (gateway: GatewayProcess): Promise<string> => {
  const answer = await fetch(`${gateway.url}/health/ready`);
  const { storeState, checks } = readySchema.parse(await answer.json());
  return `${answer.status} ${storeState} ${checks.map(({ name, state }) => `${name} ${state}`).join()}`;
};

const until = async (holds: () => Promise<boolean>, withinMs: number): Promise<boolean> => {
  const end = performance.now() + withinMs;
  while (performance.now() < end) {
    if (await holds()) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
};

/** One gateway whose disk fails in the middle of its life, and is mended: what it says, sends and keeps. */
export const unwritable = async (disk: Disk, vendors: VendorsProcess, short: boolean): Promise<Figure[]> => {
  const wrong: string[] = [];
  const expectSame = (what: string, found: unknown, expected: unknown): void => {
    if (found !== expected) wrong.push(`${what}: ${String(found)}, not ${String(expected)}`);
  };
  const start = () => startGateway({ file: { connections: vendors.connections }, folder: disk.folder });
  let gateway = await start();
  const read = async (path: string) => {
    const answer = await fetch(`${gateway.url}${path}`);
    const { totals, meta } = costsSchema.parse(await answer.json());
    const noted = meta.providers.some(({ notes }) => notes.some(({ code }) => code === 'not-kept'));
    return { status: answer.status, totals: JSON.stringify(totals), complete: meta.complete, noted };
  };
  const post = async (at: number): Promise<string> => {
    const place = places[at];
    if (place === undefined) throw new TypeError(`there is no place ${at}`);
    const answer = await fetch(`${gateway.url}${place.path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': `${disk.name.replaceAll(' ', '-')}-${at}` },
      body: JSON.stringify(place.body(`${disk.name} ${at}`, '5000')),
    });
    const body = await answer.json();
    return answer.status === 201 ? '201' : `${answer.status} ${problemSchema.parse(body).type}`;
  };
  const costCalls = async (): Promise<number> =>
    (await vendors.calls('elastic')).filter(({ path }) => /\/(costs|charts)/.test(path)).length;
  const writesTo = async (vendor: string): Promise<number> => (await vendors.writes(vendor)).length;
  try {
    const warm = await read(costs('08'));
    expectSame('before', `${warm.complete} ${warm.noted}`, 'true false');
    expectSame('before, ready', await stateOf(gateway), '200 ok store ok');

    disk.fail(gateway);
    const cold = await read(costs('09'));
    expectSame('a cold read', `${cold.status} ${cold.complete}`, '200 true');
    const noted = (await read(costs('10'))).noted;
    expectSame('a cold read, noted', noted, true);
    expectSame('ready', await stateOf(gateway), '200 unwritable store degraded');
    const sentBefore = await writesTo('cloudspend');
    const refused = '503 /problems/storage-unavailable';
    expectSame('a budget that CloudSpend cannot protect', await post(3), refused);
    expectSame('what was sent for it', (await writesTo('cloudspend')) - sentBefore, 0);
    expectSame('a budget that the gateway keeps', await post(0), refused);
    expectSame('a monitor that the gateway keeps', await post(1), refused);
    expectSame('a budget that CloudZero protects', await post(2), '201');
    const asked = await costCalls();
    expectSame('what was paid for', (await read(costs('09', '&groupBy=account'))).totals, cold.totals);
    expectSame('calls for what was paid for', (await costCalls()) - asked, 0);

    disk.mend(gateway);
    expectSame('writable again', await until(async () => (await stateOf(gateway)) === '200 ok store ok', 10_000), true);
    for (const at of [3, 0, 1, 2]) expectSame(`place ${at} again`, await post(at), '201');
    if (!short) {
      await gateway.close();
      gateway = await start();
      const before = await costCalls();
      const kept = await read(costs('09'));
      expectSame('after a restart', `${kept.totals} ${kept.noted}`, `${cold.totals} false`);
      expectSame('calls after a restart for what was paid for', (await costCalls()) - before, 0);
    }
    const budgets = (await vendors.writes('cloudzero')).filter(({ sent }) => sent.includes(`${disk.name} 2`));
    expectSame('effects at CloudZero', new Set(budgets.map(({ answered }) => answered)).size, 1);
  } finally {
    await gateway.close();
  }
  for (const each of wrong) process.stderr.write(`${disk.name}: ${each}\n`);
  return [{ name: `${disk.name}: promises broken`, found: wrong.length, most: 0 }];
};
