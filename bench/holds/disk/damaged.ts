import { mkdtemp, open, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { startGateway } from '../../../test/support/whole-app/gateway-process.ts';
import type { VendorsProcess } from '../../../test/support/whole-app/vendors.ts';
import type { Figure } from '../../chaos/figure.ts';
import { places } from '../kill/places.ts';

const pageBytes = 4_096;
const listSchema = z.object({
  data: z.array(z.object({ name: z.string() })),
  meta: z.object({ complete: z.boolean() }),
});
const createdSchema = z.object({ data: z.object({ id: z.string() }) });
const readySchema = z.object({ checks: z.array(z.object({ detail: z.string().nullable() })) });
const budgetsWritten = 800;
const attemptsMax = 40;

/** Every second page of the file but the first, as by a broken disk or another program. */
const writeOver = async (path: string): Promise<number> => {
  const pages = Math.floor((await stat(path)).size / pageBytes);
  const file = await open(path, 'r+');
  let damaged = 0;
  for (let page = Math.floor(pages / 3); page < Math.floor((pages * 2) / 3); page += 2) {
    await file.write(new Uint8Array(pageBytes).fill(0xa5), 0, pageBytes, page * pageBytes);
    damaged += 1;
  }
  await file.close();
  return damaged;
};

/** Pages are written over while the gateway runs: nothing that it acknowledged in its life is lost. */
export const damaged = async (vendors: VendorsProcess): Promise<Figure[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'damaged-'));
  const environment = { RATE_LIMIT_MAX: '1000000' };
  const gateway = await startGateway({ file: { connections: vendors.connections }, folder, environment });
  const [place] = places.slice(1);
  /** Asks again where the machine is too busy. */
  const ask = async (path: string, init: RequestInit = {}): Promise<{ status: number; text: string }> => {
    for (let attempt = 0; ; attempt += 1) {
      const answer = await fetch(`${gateway.url}${path}`, init);
      const text = await answer.text();
      if (!text.includes('/problems/overloaded') || attempt === attemptsMax) return { status: answer.status, text };
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  };
  const post = (index: number): Promise<{ status: number; text: string }> =>
    ask(place?.path ?? '', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': `damaged-${index}` },
      body: JSON.stringify(place?.body(`damaged ${index}`, '5000')),
    });
  try {
    const first: { status: number; text: string }[] = [];
    for (let index = 0; index < budgetsWritten; index += 1) first.push(await post(index));
    const pages = await writeOver(join(folder, 'store.sqlite'));
    let errors = 0;
    for (const month of ['06', '07', '08']) {
      const range = `start=2026-${month}-01&end=2026-${month}-28`;
      const { status } = await ask(`/v1/costs?granularity=daily&${range}&connection=elastic`);
      if (status !== 200) errors += 1;
    }
    let repeatedWrong = 0;
    let notFound = 0;
    for (const [index, { status, text }] of first.entries()) {
      const again = await post(index);
      if (again.status !== status || again.text !== text) repeatedWrong += 1;
      const { id } = createdSchema.parse(JSON.parse(text)).data;
      const one = await ask(`${place?.path}/${encodeURIComponent(id)}`);
      if (one.status !== 200) notFound += 1;
    }
    const list = await ask(`${place?.path}?limit=1000`, { headers: { 'cache-control': 'no-cache' } });
    const { data } = listSchema.parse(JSON.parse(list.text));
    const ready = readySchema.parse(JSON.parse((await ask('/health/ready')).text));
    const aside = (await readdir(folder)).filter((name) => name.endsWith('.unreadable-1'));
    return [
      { name: 'damaged: pages written over', found: pages, least: 1 },
      { name: 'damaged: files kept aside', found: aside.length, least: 1 },
      { name: 'damaged: reads that failed', found: errors, most: 0 },
      { name: 'damaged: acknowledged and not found', found: notFound, most: 0 },
      { name: 'damaged: repeated with another answer', found: repeatedWrong, most: 0 },
      { name: 'damaged: twice in the list', found: data.length - new Set(data.map(({ name }) => name)).size, most: 0 },
      { name: 'damaged: said in readiness', found: ready.checks[0]?.detail?.includes('damaged') ? 1 : 0, least: 1 },
    ];
  } finally {
    await gateway.close();
    await rm(folder, { recursive: true, force: true });
  }
};
