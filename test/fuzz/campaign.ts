import fc from 'fast-check';
import { z } from 'zod';
import { buildDocument } from '../../openapi/document.ts';
import { operations } from '../../routes/index.ts';
import { type Exchange, openContract } from '../openapi/contract.ts';
import { illMeant } from './mutations.ts';
import { type Draft, wellMeant } from './requests.ts';
import type { Target } from './target.ts';

export interface CampaignOptions {
  readonly requests: number;
  /** Equal seeds ask the same questions. */
  readonly seed: number;
  /** Starts a gateway. */
  readonly open: () => Promise<Target>;
  readonly onProgress?: (done: number) => void;
}

export interface Finding {
  readonly seed: number;
  readonly request: string;
  readonly faults: readonly string[];
}

export interface Verdict {
  readonly requests: number;
  readonly findings: readonly Finding[];
  /** How often each operation gave each status, as `listCosts 200`. */
  readonly seen: ReadonlyMap<string, number>;
}

const contract = openContract(buildDocument(operations));

/** A gateway fills up with what it was told to keep; each of these gets a new one. */
const requestsPerGateway = 5000;
const findingsMax = 20;

const drafts = fc.oneof(
  ...contract.operations.map((operation) => {
    const good = wellMeant(operation, contract);
    return fc.oneof(good, illMeant(good));
  }),
);

const name = z.string().optional();
const item = z.object({ id: name, key: name, connection: name }).loose();
const spoken = z.object({
  data: z.union([z.array(item), item.transform((one) => [one])]),
  page: z.object({ nextCursor: z.string().nullable() }).optional(),
});

/** `/v1/budgets` of everything that stands under it. */
const listOf = (url: string): string => /^\/v1\/[\w-]+/.exec(url)?.[0] ?? '';
const heldMax = 32;

/** The latest cursors, and ids by list, for later requests. */
class Harvest {
  readonly #held = new Map<string, string[]>();

  fill(url: string): string {
    return url.replaceAll(/harvested-(cursor|id)-(\d+)/g, (_match, what: string, index: string) => {
      const list = this.#held.get(what === 'id' ? listOf(url) : what) ?? [];
      return encodeURIComponent(list[Number(index) % Math.max(1, list.length)] ?? 'nothing');
    });
  }

  gather({ body, headers, url }: Exchange): void {
    if (body === '' || !String(headers['content-type']).startsWith('application/json')) return;
    const read = spoken.safeParse(JSON.parse(body)).data;
    if (read === undefined) return;
    this.#keep('cursor', read.page?.nextCursor ?? null);
    // A list holds its things, and the answer to a write the one that was written; what stands deeper is others'.
    const isStarted = read.data.some((one) => 'done' in one);
    if ((url.split('?')[0] ?? '') !== listOf(url) && !isStarted) return;
    for (const { id, key, connection } of read.data.slice(0, 5))
      this.#keep(listOf(url), id ?? key ?? connection ?? null);
  }

  #keep(what: string, value: string | null): void {
    if (value === null) return;
    const list = this.#held.get(what) ?? [];
    this.#held.set(what, [value, ...list.filter((held) => held !== value)].slice(0, heldMax));
  }
}

const lists = [
  ...new Set(
    contract.operations
      .map(({ path }) => path)
      .filter((path) => path.includes('{'))
      .map(listOf),
  ),
];

/** These say that the gateway or a vendor is not well, and all are. */
const neverFrom = (status: number): boolean => status >= 500 || status === 429;

const send = (target: Target, draft: Draft, harvest: Harvest): Promise<Exchange | null> => {
  const query = draft.query.map(([name, value]) => `${name}=${value}`).join('&');
  return target.send(draft, harvest.fill(query === '' ? draft.path : `${draft.path}?${query}`));
};

const judge = (target: Target, draft: Draft, exchange: Exchange): string[] => [
  ...(neverFrom(exchange.status) && !target.mayRefuse(draft, exchange)
    ? [`${exchange.status}, and everybody is well`]
    : []),
  ...contract.faultsOf(exchange),
];

interface Run {
  readonly target: Target;
  readonly seed: number;
  readonly count: number;
  readonly seen: Map<string, number>;
}

const gatewayRun = async ({ target, seed, count, seen }: Run): Promise<Finding[]> => {
  const harvest = new Harvest();
  const findings: Finding[] = [];
  for (const path of lists) {
    const exchange = await send(target, { method: 'GET', path, query: [], headers: {}, body: null }, harvest);
    if (exchange !== null) harvest.gather(exchange);
  }
  for (const draft of fc.sample(drafts, { seed, numRuns: count })) {
    const exchange = await send(target, draft, harvest);
    if (exchange === null) continue;
    const name = contract.operationOf(exchange.method, exchange.url)?.operationId ?? 'none';
    const key = `${name} ${exchange.status}`;
    seen.set(key, (seen.get(key) ?? 0) + 1);
    const faults = judge(target, draft, exchange);
    if (faults.length > 0) {
      const request = JSON.stringify({ ...draft, url: exchange.url });
      findings.push({ seed, request, faults: [...faults, exchange.body.slice(0, 500)] });
    } else harvest.gather(exchange);
  }
  return findings;
};

/** Asks the gateway everything that its document allows and much that it does not, and holds each answer against it. */
export const runCampaign = async ({ requests, seed, open, onProgress }: CampaignOptions): Promise<Verdict> => {
  const seen = new Map<string, number>();
  const findings: Finding[] = [];
  let done = 0;
  for (let part = 0; done < requests && findings.length < findingsMax; part += 1) {
    const count = Math.min(requestsPerGateway, requests - done);
    const target = await open();
    try {
      findings.push(...(await gatewayRun({ target, seed: seed + part, count, seen })));
    } finally {
      await target.close();
    }
    done += count;
    onProgress?.(done);
  }
  return { requests: done, findings, seen };
};
