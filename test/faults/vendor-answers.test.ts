import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SandboxFault } from '../../src/vendor/contract/sandbox.ts';
import { type Asker, askerOf, monthOf, oneCaller } from '../support/whole-app/asking.ts';
import { type GatewayProcess, startGateway } from '../support/whole-app/gateway-process.ts';
import { startVendors, type VendorsProcess } from '../support/whole-app/vendors.ts';

/** The gateway as `npm start` runs it (SQLite, shedder, keys), before vendors whose answers contradict themselves. */

let vendors: VendorsProcess;
let gateway: GatewayProcess;
let ask: Asker;
beforeAll(async () => {
  vendors = await startVendors();
  gateway = await startGateway({ file: { connections: vendors.connections }, environment: oneCaller });
  ask = askerOf(gateway);
});
afterAll(async () => {
  await gateway.close();
  await vendors.close();
});

const paths = {
  elastic: '/api/v2/billing/organizations/',
  cloudzero: '/v2/billing/costs',
  cloudspend: '/cs/api/cost/sankey_chart_data',
} as const;
type VendorName = keyof typeof paths;

const answers = (path: string, json: unknown, times?: number): SandboxFault => ({
  kind: 'body',
  path,
  body: typeof json === 'string' ? json : JSON.stringify(json),
  times,
});

/** Each case has a month of its own, so that nothing is held of it. */
const months = Temporal.PlainYearMonth.from('2025-12');
let used = 0;
const nextMonth = (): string => {
  used += 1;
  return months.add({ months: used % 11 }).toString();
};

const elastic = (...instances: object[]) => ({ instances });
const instance = (id: string, ecu: number) => ({
  id,
  name: id,
  total_ecu: ecu,
  product_line_items: [{ kind: 'elasticsearch', type: 'capacity', sku: 's', total_ecu: ecu }],
});
const row = (day: string, service: string, cost: number) => ({
  usage_date: `${day}T00:00:00+00:00`,
  cost,
  Account: '1',
  Service: service,
  Region: 'us-east-1',
});
const cloudzero = (...costs: object[]) => ({ costs });

const asked = async (name: VendorName, question: string, faults: readonly SandboxFault[]) => {
  const before = (await vendors.calls(name)).filter(({ path }) => path.startsWith(paths[name])).length;
  await vendors.misbehave(name, faults);
  const answer = await ask(question);
  await vendors.misbehave(name, []);
  const after = (await vendors.calls(name)).filter(({ path }) => path.startsWith(paths[name])).length;
  return { ...answer, calls: after - before };
};
const show = (x: Awaited<ReturnType<typeof asked>>) => console.log(x.status, x.problem, JSON.stringify(x.said), x.body.meta?.complete, JSON.stringify(x.body.totals), 'calls', x.calls, JSON.stringify(x.body.meta?.providers[0]?.notes), x.status===200?'':x.text);

const overall = (total: number) => answers('/cs/api/cost/cloud_overallcost', { code: 0, message: 'success', data: { overall_data: { total_cost: total } } });
const sankey = (rows: unknown[], total: number) => [answers(paths.cloudspend, { code: 0, message: 'success', data: rows }), overall(total)];
const currency = (c: unknown) => answers('/cs/api/cost/display_currency', { code: 0, message: 'success', data: c === null ? {} : { display_currency: c } });
const page = (rows: object[], next: string | null, more: object = {}) => ({ costs: rows, pagination: { page_count: 1, item_count: rows.length, cursor: { next_cursor: next, has_next: next !== null, has_previous: false }, ...more } });
test('explore', async () => {
  let m = '2026-01';
  const q = (v: string) => monthOf(v, m);
  console.log('C3 elastic equal'); show(await asked('elastic', q('elastic'), [answers(paths.elastic, elastic(instance('a', 5), instance('a', 5), instance('b', 1)))]));
  m='2026-02'; console.log('C3 elastic different'); show(await asked('elastic', q('elastic'), [answers(paths.elastic, elastic(instance('a', 5), instance('a', 6), instance('b', 1)))]));
  console.log('C7 el short'); m='2026-03'; show(await asked('elastic', q('elastic'), [answers(paths.elastic, {...elastic(instance('a', 5), instance('b', 1)), total_ecu: 10})]));
  console.log('C7 el above'); m='2026-04'; show(await asked('elastic', q('elastic'), [answers(paths.elastic, {...elastic(instance('a', 5), instance('b', 1)), total_ecu: 3})]));
  m='2026-01'; console.log('C3 cz equal'); show(await asked('cloudzero', q('cloudzero'), [answers(paths.cloudzero, cloudzero(row('2026-01-05','A',5),row('2026-01-05','A',5),row('2026-01-06','A',1)))]));
  m='2026-02'; console.log('C3 cz diff'); show(await asked('cloudzero', q('cloudzero'), [answers(paths.cloudzero, cloudzero(row('2026-02-05','A',5),row('2026-02-05','A',6),row('2026-02-06','A',1)))]));
  m='2026-01'; console.log('C3 cs equal'); show(await asked('cloudspend', q('cloudspend'), sankey([['AWS','Usage','r','S',5],['AWS','Usage','r','S',5],['AWS','Usage','r2','S',1]],6)));
  m='2026-02'; console.log('C3 cs diff'); show(await asked('cloudspend', q('cloudspend'), sankey([['AWS','Usage','r','S',5],['AWS','Usage','r','S',7],['AWS','Usage','r2','S',1]],6)));
  for (const [i,c] of ['EUR','eur','QQQ','$','euro',null,7].entries()) { m=`2026-0${3+i}`; console.log('C4 cs', c); show(await asked('cloudspend', q('cloudspend'), [...sankey([['AWS','Usage','r','S',5]],5), currency(c)])); }
  m='2026-03'; console.log('C5'); show(await asked('cloudzero', q('cloudzero'), [answers(paths.cloudzero, page([row('2026-03-05','A',5)],'n1'),1),answers(paths.cloudzero, page([],'n2'),1),answers(paths.cloudzero, page([row('2026-03-06','A',5)],null),1)]));
  let k=0; m='2026-04'; console.log('C5 endless'); show(await asked('cloudzero', q('cloudzero'), [answers(paths.cloudzero, page([row('2026-04-05','A',5)],'n1'),1),...Array.from({length:20},()=>answers(paths.cloudzero, page([],`e${k++}`),1))]));
  m='2026-05'; console.log('C6 same'); show(await asked('cloudzero', q('cloudzero'), [answers(paths.cloudzero, page([row('2026-05-05','A',5)],'n1'))]));
  m='2026-06'; console.log('C6 ABA'); show(await asked('cloudzero', q('cloudzero'), [...[1,2,3,4,5,6].map((i)=>answers(paths.cloudzero, page([row(`2026-06-0${i}`,'A',5)],i%2?'A':'B'),1))]));
  m='2026-07'; console.log('C7 short'); show(await asked('cloudzero', q('cloudzero'), [answers(paths.cloudzero, page([row('2026-07-05','A',5)],null,{total_count:9}))]));
  m='2026-08'; console.log('C7 long'); show(await asked('cloudzero', q('cloudzero'), [answers(paths.cloudzero, page([row('2026-08-05','A',5),row('2026-08-06','A',5)],null,{total_count:1}))]));
  for (const [i,t] of ['2026-09-05T23:30:00-02:00','1788652800','1788652800000',1788652800,'2026-02-30T00:00:00Z','0001-01-01T00:00:00Z','9999-12-31T00:00:00Z','2026-09-07'].entries()) { m='2026-09'; const [y,mm]=['2025',`0${i+1}`]; m=`${y}-${mm}`; console.log('C8', t, m); show(await asked('cloudzero', q('cloudzero')+'', [answers(paths.cloudzero, cloudzero({...row('2026-09-05','A',5), usage_date: typeof t==='string'?t.replace('2026-09',m):t}, row(`${m}-20`,'B',1)))])); }
});
