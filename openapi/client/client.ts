import createFetchClient, { type Client, removeTrailingSlash } from 'openapi-fetch';
import type { paths } from './generated.ts';
import { type ItemOf, type ListOptions, type ListPath, type PageOf, pagesOf } from './paging.ts';
import { retrying, type Send } from './retry.ts';
import { realTiming, type Timing } from './timing.ts';

export interface ClientOptions {
  /** Where the gateway answers, such as `https://costs.example.com`. */
  readonly baseUrl: string;
  /** An API key or an access token, or where to get one for each request. */
  readonly apiKey?: string | (() => string | Promise<string>);
  /** In place of the global one. */
  readonly fetch?: Send;
  /** How often a request that failed in passing is sent again: reads, and writes with an `Idempotency-Key`. 2 when absent. */
  readonly retries?: number;
  /** A wait longer than this is not waited for; you get the answer that asked for it. A minute when absent. */
  readonly waitMsMax?: number;
  /** For tests. */
  readonly timing?: Timing;
}

export interface GatewayClient extends Client<paths> {
  /** The pages of a list, one after the other, as you take them. */
  pages<Path extends ListPath>(path: Path, options?: ListOptions<Path>): AsyncGenerator<PageOf<Path>, void, undefined>;
  /** The items of a list, over all its pages. */
  items<Path extends ListPath>(path: Path, options?: ListOptions<Path>): AsyncGenerator<ItemOf<Path>, void, undefined>;
}

const retriesDefault = 2;
const waitMsMaxDefault = 60_000;

/** The gateway, with a typed method for each operation of its document. */
export const createClient = (options: ClientOptions): GatewayClient => {
  const { apiKey } = options;
  const baseUrl = removeTrailingSlash(options.baseUrl);
  const send = retrying({
    send: options.fetch ?? ((request) => globalThis.fetch(request)),
    retries: options.retries ?? retriesDefault,
    waitMsMax: options.waitMsMax ?? waitMsMaxDefault,
    timing: options.timing ?? realTiming,
  });
  const credential = async (): Promise<Headers> => {
    const key = typeof apiKey === 'function' ? await apiKey() : apiKey;
    return new Headers(key === undefined ? {} : { authorization: `Bearer ${key}` });
  };
  const client = createFetchClient<paths>({ baseUrl, fetch: send });
  client.use({
    onRequest: async ({ request }) => {
      for (const [name, value] of await credential()) if (!request.headers.has(name)) request.headers.set(name, value);
    },
  });
  const pager = { baseUrl, send, headers: credential };
  return {
    ...client,
    pages: (path, asked) => pagesOf(pager, path, asked),
    items: async function* (path, asked) {
      for await (const page of pagesOf(pager, path, asked)) yield* page.data;
    },
  };
};
