import createFetchClient, { type Client, removeTrailingSlash } from 'openapi-fetch';
import type { paths } from './generated.ts';
import { type ItemOf, type ListOptions, type ListPath, type PageOf, pagesOf } from './paging.ts';
import { retrying, type Send } from './retry.ts';
import { realTiming, type Timing } from './timing.ts';

export interface ClientOptions {
  /** The URL of the gateway, such as `https://costs.example.com`. */
  readonly baseUrl: string;
  /** An API key or an access token, or a function that returns one for each request. */
  readonly apiKey?: string | (() => string | Promise<string>);
  /** Default: the global `fetch`. */
  readonly fetch?: Send;
  /** Maximum number of retries after a temporary failure, for reads and for writes with an `Idempotency-Key`. Default: 2. */
  readonly retries?: number;
  /** If the gateway asks for a longer wait, its answer is returned instead of retrying. Default: one minute. */
  readonly waitMsMax?: number;
  /** For tests. */
  readonly timing?: Timing;
}

export interface GatewayClient extends Client<paths> {
  /** The pages of a list. Each is requested when the iteration reaches it. */
  pages<Path extends ListPath>(path: Path, options?: ListOptions<Path>): AsyncGenerator<PageOf<Path>, void, undefined>;
  /** The items of all pages of a list. */
  items<Path extends ListPath>(path: Path, options?: ListOptions<Path>): AsyncGenerator<ItemOf<Path>, void, undefined>;
}

const retriesDefault = 2;
const waitMsMaxDefault = 60_000;

/** A client with a typed method for each operation of the gateway. */
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
