import { createFinalURL, createQuerySerializer, defaultPathSerializer } from 'openapi-fetch';
import type { paths } from './generated.ts';
import { ProblemError } from './problem-error.ts';
import type { Send } from './retry.ts';

type JsonOf<Path extends keyof paths> = paths[Path] extends {
  get: { responses: { 200: { content: { 'application/json': infer Body } } } };
}
  ? Body
  : never;

/** The paths with paged answers. */
export type ListPath = {
  [Path in keyof paths]: JsonOf<Path> extends { data: unknown[]; page: { nextCursor: string | null } } ? Path : never;
}[keyof paths];

/** One page of an answer. */
export type PageOf<Path extends ListPath> = JsonOf<Path>;
export type ItemOf<Path extends ListPath> = PageOf<Path> extends { data: (infer Item)[] } ? Item : never;

type ParametersOf<Path extends ListPath> = paths[Path] extends { get: { parameters: infer Parameters } }
  ? Parameters
  : never;
type QueryOf<Path extends ListPath> = ParametersOf<Path> extends { query?: infer Query } ? NonNullable<Query> : never;
type PathOf<Path extends ListPath> =
  ParametersOf<Path> extends { path: infer Parameters extends object } ? { path: Parameters } : { path?: never };

export type ListOptions<Path extends ListPath> = {
  readonly params?: { readonly query?: Omit<QueryOf<Path>, 'cursor'> } & PathOf<Path>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
};

export interface Pager {
  readonly baseUrl: string;
  readonly send: Send;
  readonly headers: () => Promise<Headers>;
}

const serializers = { querySerializer: createQuerySerializer(), pathSerializer: defaultPathSerializer };

/** A page of any list. The item types come from the document. */
interface AnyListOptions {
  readonly params?: { readonly query?: object; readonly path?: object };
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}
type FromDocument = ReturnType<typeof JSON.parse>;

/** Requests each page when the iteration reaches it. Throws a ProblemError for an answer that is an error. */
export async function* pagesOf(
  { baseUrl, send, headers }: Pager,
  path: string,
  { params = {}, headers: own = {}, signal }: AnyListOptions = {},
): AsyncGenerator<FromDocument, void, undefined> {
  const query: Record<string, unknown> = { ...params.query };
  for (let asked = query; ; ) {
    const url = createFinalURL(path, { baseUrl, params: { path: { ...params.path }, query: asked }, ...serializers });
    const sent = await headers();
    for (const [name, value] of Object.entries(own)) sent.set(name, value);
    const response = await send(new Request(url, { headers: sent, ...(signal === undefined ? {} : { signal }) }));
    if (!response.ok) throw new ProblemError(response, await response.json().catch(() => null));
    const page: FromDocument = JSON.parse(await response.text());
    yield page;
    const cursor: unknown = page.page.nextCursor;
    if (cursor === null) return;
    // The cursor contains the query, so only the page size is repeated.
    asked = { cursor, ...(query.limit === undefined ? {} : { limit: query.limit }) };
  }
}
