import { z } from 'zod';
import type { VendorsProcess } from '../../../test/support/whole-app/vendors.ts';
import type { Caller, Reply } from './caller.ts';
import { type Asked, complain, type History, type Thing } from './history.ts';
import { places } from './places.ts';

const amountSchema = z.object({ amount: z.string() }).nullable().optional();
const thingSchema = z.object({ id: z.string(), name: z.string(), limit: amountSchema, minImpact: amountSchema });
const listSchema = z.object({
  data: z.array(thingSchema),
  page: z.object({ nextCursor: z.string().nullable() }),
  meta: z.object({ complete: z.boolean() }),
});
type Listed = z.output<typeof thingSchema>;
const oneSchema = z.object({ data: thingSchema });

const attemptsMax = 40;
const againMs = 500;

/** The answer with 200 of a gateway that runs. */
const readWhole = async <T>(caller: Caller, url: string, path: string, schema: z.ZodType<T>): Promise<T> => {
  for (let attempt = 0; ; attempt += 1) {
    const reply = await caller.ask(url, 'GET', path);
    if (reply?.status === 200) return schema.parse(JSON.parse(reply.text));
    if (attempt === attemptsMax) throw new TypeError(`${path}: ${reply?.status} ${reply?.text}`);
    await caller.pause(againMs);
  }
};

const listOf = async (caller: Caller, url: string, path: string): Promise<Listed[]> => {
  const listed: Listed[] = [];
  let cursor: string | null = null;
  do {
    const query: string = cursor === null ? 'limit=1000' : `limit=1000&cursor=${encodeURIComponent(cursor)}`;
    const { data, page } = await readWhole(caller, url, `${path}?${query}`, listSchema);
    listed.push(...data);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return listed;
};

const judgeListed = async (history: History, caller: Caller, url: string, listed: readonly Listed[], thing: Thing) => {
  const found = listed.filter(({ name }) => name === thing.name);
  const [only] = found;
  if (found.length > 1) complain(history, thing, `there ${found.length} times`);
  if (thing.state === 'never' && only !== undefined) complain(history, thing, 'there, though it was refused');
  if (thing.state === 'gone' && only !== undefined) complain(history, thing, 'there, though it was removed');
  if (thing.state === 'there' && only === undefined) complain(history, thing, 'acknowledged, and not in the list');
  const amount = only?.[thing.place.amountIn]?.amount;
  if (amount !== undefined && !thing.amounts.includes(amount)) {
    complain(history, thing, `has ${amount}, not ${thing.amounts.join(' or ')}`);
  }
  if (thing.id === null || thing.state === 'maybe') return;
  const one = await caller.ask(url, 'GET', `${thing.place.path}/${encodeURIComponent(thing.id)}`);
  const expected = thing.state === 'there' ? 200 : 404;
  if (one?.status !== expected) complain(history, thing, `read by its id: ${one?.status}, not ${expected}`);
  else if (one.status === 200 && oneSchema.parse(JSON.parse(one.text)).data.name !== thing.name) {
    complain(history, thing, 'its id is that of another');
  }
};

/** What one gateway shows is what the callers were told. */
export const judgeGateway = async (history: History, caller: Caller, url: string): Promise<void> => {
  const byPath = new Map<string, Listed[]>();
  for (const path of new Set(places.map((place) => place.path))) byPath.set(path, await listOf(caller, url, path));
  for (const thing of history.things) {
    await judgeListed(history, caller, url, byPath.get(thing.place.path) ?? [], thing);
  }
};

const dataIn = (text: string): unknown => (text === '' ? null : oneSchema.parse(JSON.parse(text)).data.id);

/** The answer to a repetition; 409 and 503 say that it has to be asked again. */
const repeat = async (caller: Caller, asked: Asked): Promise<Reply | null> => {
  for (let attempt = 0; ; attempt += 1) {
    const reply = await caller.ask(caller.anyUrl(), asked.method, asked.path, asked);
    if ((reply?.status !== 409 && reply?.status !== 503) || attempt === attemptsMax) return reply;
    await caller.pause(againMs);
  }
};

/**
 * Whoever repeats a request gets its first answer: word for word, or at least the same status and thing. Resolves with
 * how many were repeated.
 */
export const judgeRepeats = async (history: History, caller: Caller, wordForWord: boolean): Promise<number> => {
  let repeated = 0;
  for (const thing of history.things) {
    for (const asked of thing.asked) {
      if (asked.key === null || asked.first === null) continue;
      const reply = await repeat(caller, asked);
      repeated += 1;
      const { status, text } = asked.first;
      // A removal that was not recorded finds nothing to remove.
      const isGone = !wordForWord && asked.method === 'DELETE' && reply?.status === 404;
      const same =
        isGone ||
        (reply?.status === status && (wordForWord ? reply.text === text : dataIn(reply.text) === dataIn(text)));
      if (!same) complain(history, thing, `${asked.method} again: ${reply?.status} ${reply?.text}, first ${text}`);
    }
  }
  return repeated;
};

/** The paths at which vendors create budgets. */
const creates = /(\/budgets|\/budget_details)$/;

/** The most effects of one request: a vendor creates each thing once. A repeated answer to one key is one effect. */
export const judgeVendor = async (history: History, vendors: VendorsProcess, vendor: string): Promise<number> => {
  const writes = await vendors.writes(vendor);
  const created = writes.filter(({ method, path, status }) => method === 'POST' && status < 300 && creates.test(path));
  let most = 0;
  for (const thing of history.things.filter(({ place }) => place.vendor === vendor)) {
    const quoted = JSON.stringify(thing.name);
    const effects = new Set(created.filter(({ sent }) => sent.includes(quoted)).map(({ answered }) => answered)).size;
    most = Math.max(most, effects);
    if (effects > 1) complain(history, thing, `created ${effects} times at the vendor`);
    if (thing.id !== null && effects === 0) complain(history, thing, 'acknowledged, and unknown to the vendor');
  }
  return most;
};
