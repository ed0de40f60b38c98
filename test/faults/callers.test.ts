import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { callersOf, type GatewayProcess, startGateway } from '../support/whole-app/gateway-process.ts';
import { startVendors, type VendorsProcess } from '../support/whole-app/vendors.ts';

const answerSchema = z.object({
  data: z.array(z.object({ group: z.object({ connection: z.string() }) })),
  meta: z.object({ providers: z.array(z.object({ connection: z.string() })) }),
});

const keys = { all: 'a'.repeat(40), elastic: 'e'.repeat(40), others: 'o'.repeat(40) };
type Who = keyof typeof keys;

let vendors: VendorsProcess;
let gateway: GatewayProcess;
beforeAll(async () => {
  vendors = await startVendors();
  const environment = callersOf([
    { name: 'all', key: keys.all, scopes: ['read'] },
    { name: 'elastic', key: keys.elastic, scopes: ['read'], connections: ['elastic'] },
    { name: 'others', key: keys.others, scopes: ['read'], connections: ['cloudzero', 'cloudspend'] },
  ]);
  gateway = await startGateway({ file: { connections: vendors.connections }, environment });
});
afterAll(async () => {
  await gateway.close();
  await vendors.close();
});

const ask = (who: Who, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${gateway.url}/v1/costs?granularity=monthly&groupBy=connection&start=2026-09-01&end=2026-11-01`, {
    headers: { authorization: `Bearer ${keys[who]}`, ...headers },
  });

const visible = {
  all: ['cloudspend', 'cloudzero', 'elastic'],
  elastic: ['elastic'],
  others: ['cloudspend', 'cloudzero'],
};

test('F4 callers with other connections who ask the same at once each read their own, and no ETag passes between them', async () => {
  const who: Who[] = ['all', 'elastic', 'others'];
  const tags = new Map<Who, string>();
  for (let round = 0; round < 3; round += 1) {
    const asked = [...who, ...who].map(async (each) => {
      const answer = await ask(each);
      tags.set(each, answer.headers.get('etag') ?? '');
      const { data, meta } = answerSchema.parse(await answer.json());
      expect([...new Set(data.map(({ group }) => group.connection))].sort()).toEqual(visible[each]);
      expect(meta.providers.map(({ connection }) => connection).sort()).toEqual(visible[each]);
    });
    await Promise.all(asked);
  }
  for (const each of who) {
    for (const other of who) {
      const { status } = await ask(each, { 'if-none-match': tags.get(other) ?? '' });
      expect([each, other, status]).toEqual([each, other, each === other ? 304 : 200]);
    }
  }
});
