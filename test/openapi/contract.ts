import { z } from 'zod';
import type { OpenApiDocument } from '../../openapi/document.ts';
import { type ParsedDocument, type ParsedOperation, parseDocument, type Response } from './parsed-document.ts';

/** One request and what came back, as far as a document speaks of them. */
export interface Exchange {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

export interface Contract extends ParsedDocument {
  /** The operation that a request is for; null where there is none. */
  operationOf(method: string, url: string): ParsedOperation | null;
  /** What the document has against an answer, in sentences; empty if nothing. */
  faultsOf(exchange: Exchange): string[];
  /** What a schema of the document has against a value. */
  schemaFaults(schema: object, value: unknown): string[];
}

/** Of the protocol, of its security, and of whoever carries it: no operation speaks of these. */
const everywhere =
  /^(allow|connection|content-(encoding|length|security-policy|type)|cross-origin-.*|date|keep-alive|origin-agent-cluster|referrer-policy|transfer-encoding|x-(content-type-options|dns-prefetch-control|download-options|frame-options|permitted-cross-domain-policies|xss-protection))$/;

const decoded = (text: string): string | null => {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
};

/** As the router has it: an empty parameter is one. */
const fits = (template: readonly string[], path: readonly string[]): boolean =>
  template.length === path.length &&
  template.every((segment, index) => segment.startsWith('{') || decoded(path[index] ?? '') === segment);

const typeOf = (headers: Exchange['headers']): string => String(headers['content-type'] ?? '').split(';')[0] ?? '';

/** What JSON would have said that NDJSON says: its last line is what stands beside the data. */
const listOf = (lines: string): object => {
  const read: unknown[] = lines
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  return { data: read.slice(0, -1), ...Object(read.at(-1)) };
};

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** The gateway as its document has it, to hold answers against. */
export const openContract = (document: OpenApiDocument): Contract => {
  const parsed = parseDocument(document);
  const components = JSON.stringify(parsed.schemas).replaceAll('#/components/schemas/', '#/$defs/');
  const definitions = JSON.parse(components);
  /** By its text: a document says `Problem` hundreds of times, and each schema carries all definitions. */
  const compiled = new Map<string, z.ZodType>();
  /** Writing a schema out takes longer than checking most values. */
  const met = new WeakMap<object, z.ZodType>();

  const compile = (schema: object): z.ZodType => {
    const before = met.get(schema);
    if (before !== undefined) return before;
    const made = compileText(schema);
    met.set(schema, made);
    return made;
  };

  const compileText = (schema: object): z.ZodType => {
    const text = JSON.stringify(schema).replaceAll('#/components/schemas/', '#/$defs/');
    const known = compiled.get(text);
    if (known !== undefined) return known;
    const made = z.fromJSONSchema({ ...JSON.parse(text), $defs: definitions });
    compiled.set(text, made);
    return made;
  };

  const schemaFaults = (schema: object, value: unknown): string[] => {
    const result = compile(schema).safeParse(value);
    return result.success ? [] : result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  };

  const operationOf = (method: string, url: string): ParsedOperation | null => {
    const path = (url.split('?')[0] ?? '').split('/');
    const wanted = method === 'HEAD' ? 'GET' : method;
    return parsed.operations.find((each) => each.method === wanted && fits(each.path.split('/'), path)) ?? null;
  };

  const headerFaults = (response: Response, headers: Exchange['headers']): string[] => {
    const documented = Object.entries(response.headers ?? {});
    const names = new Set(documented.map(([name]) => name.toLowerCase()));
    const strangers = Object.keys(headers).filter((name) => !names.has(name) && !everywhere.test(name));
    const faults = strangers.map((name) => `the header ${name} is not documented`);
    for (const [name, { required, schema }] of documented) {
      const value = headers[name.toLowerCase()];
      if (value === undefined) {
        if (required === true) faults.push(`the header ${name} is not there`);
        continue;
      }
      const text = String(value);
      const read = schema.type === 'integer' ? Number(text) : text;
      faults.push(...schemaFaults(schema, read).map((fault) => `the header ${name} is ${text} ${fault}`));
    }
    return faults;
  };

  const bodyFaults = (exchange: Exchange, content: Response['content']): string[] => {
    const type = typeOf(exchange.headers);
    if (content === undefined) return exchange.body === '' ? [] : ['there is a body where none is documented'];
    const media = content[type];
    if (media === undefined) return [`${type} is not documented`];
    if (exchange.method === 'HEAD') return exchange.body === '' ? [] : ['HEAD has a body'];
    if (/[/+]json$/.test(type)) return schemaFaults(media.schema, JSON.parse(exchange.body));
    // The same list, line by line.
    const list = content['application/json'];
    return type === 'application/x-ndjson' && list !== undefined
      ? schemaFaults(list.schema, listOf(exchange.body))
      : [];
  };

  /** What was no operation's to answer. */
  const unroutedFaults = (exchange: Exchange): string[] => {
    const { status, headers, method, body } = exchange;
    if (method === 'OPTIONS' && status === 204) return isText(headers.allow) ? [] : ['OPTIONS says no methods'];
    if (![400, 404, 405, 431].includes(status)) return [`${status} where nothing is documented`];
    if (status === 405 && !isText(headers.allow)) return ['a 405 says no methods'];
    if (typeOf(headers) !== 'application/problem+json') return ['there is no problem'];
    return method === 'HEAD' ? [] : schemaFaults(parsed.schemas.Problem ?? {}, JSON.parse(body));
  };

  const faultsOf = (exchange: Exchange): string[] => {
    const operation = operationOf(exchange.method, exchange.url);
    const faults = isText(exchange.headers['x-request-id']) ? [] : ['there is no X-Request-Id'];
    if (operation === null) return [...faults, ...unroutedFaults(exchange)];
    const response = operation.responses[String(exchange.status)];
    if (response === undefined) return [...faults, `${exchange.status} is not documented`];
    return [...faults, ...headerFaults(response, exchange.headers), ...bodyFaults(exchange, response.content)];
  };

  return { ...parsed, operationOf, faultsOf, schemaFaults };
};
