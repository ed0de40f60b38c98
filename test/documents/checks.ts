import type { SandboxAnswer } from '../../src/vendor/sandbox/answered.ts';
import type { SentRequest } from '../../src/vendor/upstream/transport/sent.ts';
import type { Check, Violation } from './validator.ts';
import { worded } from './validator.ts';
import type { CompiledOperation, Dialect } from './vendor.ts';

/** What a request or an answer has against the document of one dialect. */
export interface Finding {
  readonly dialect: string;
  /** Null where the document has no such operation. */
  readonly operation: string | null;
  readonly status: number | null;
  /** Of the sandbox that answers. */
  readonly variant: string | null;
  readonly violations: readonly Violation[];
}

type Pairs = readonly (readonly [name: string, value: string])[];

const json = 'application/json';
const form = 'application/x-www-form-urlencoded';
/** Sent with every request, whatever the vendor. */
const common = new Set(['content-type', 'authorization', 'accept', 'accept-encoding', 'user-agent']);

const prefixed = (step: string, found: readonly Violation[]): Violation[] =>
  found.map((each) => ({ ...each, at: `${step}${each.at}` }));

const mediaTypeOf = (header: string | null): string => (header ?? '').split(';')[0]?.trim().toLowerCase() ?? '';

const parameters = (operation: CompiledOperation, values: Readonly<Record<string, string>>, query: Pairs) => {
  const known = new Set(operation.parameters.filter((each) => each.in === 'query').map((each) => each.name));
  const found: Violation[] = query
    .filter(([name]) => !known.has(name))
    .map(([name, value]) => ({ at: `query.${name}`, rule: 'undocumented', expected: 'absent', found: worded(value) }));
  for (const parameter of operation.parameters) {
    const { name } = parameter;
    const at = `${parameter.in}.${name}`;
    const given =
      parameter.in === 'path'
        ? [values[name] ?? '']
        : query.filter(([each]) => each === name).map(([, value]) => value);
    if (given.length > 0) found.push(...prefixed(at, parameter.check(given)));
    else if (parameter.required) found.push({ at, rule: 'required', expected: 'present', found: 'absent' });
  }
  return found;
};

/** Undefined: no text is JSON of that kind. */
const parsed = (type: string, body: string): unknown => {
  if (type === form) return Object.fromEntries(new URLSearchParams(body));
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};

const contentViolations = (content: ReadonlyMap<string, Check>, type: string, body: string): readonly Violation[] => {
  const check = content.get(type);
  if (check === undefined) {
    return [{ at: 'body', rule: 'content', expected: [...content.keys()].join(' or '), found: type || 'no type' }];
  }
  if (type !== json && type !== form) return prefixed('body', check(body));
  const value = parsed(type, body);
  if (value === undefined) return [{ at: 'body', rule: 'type', expected: 'JSON', found: body.slice(0, 60) }];
  return prefixed('body', check(value));
};

const bodyViolations = (operation: CompiledOperation, type: string, body: string): readonly Violation[] => {
  if (operation.body === null) {
    return body === '' ? [] : [{ at: 'body', rule: 'undocumented', expected: 'absent', found: body.slice(0, 60) }];
  }
  if (body === '') {
    return operation.body.required ? [{ at: 'body', rule: 'required', expected: 'present', found: 'absent' }] : [];
  }
  return contentViolations(operation.body.content, type, body);
};

const headerViolations = (operation: CompiledOperation, headers: Readonly<Record<string, string>>) => {
  const found = Object.keys(headers)
    .filter((name) => !common.has(name) && !operation.headers.has(name))
    .map((name): Violation => ({ at: `header.${name}`, rule: 'header', expected: 'absent', found: 'present' }));
  const scheme = headers.authorization;
  const { authorization } = operation;
  const at = 'header.authorization';
  if (authorization === null) {
    if (scheme !== undefined) found.push({ at, rule: 'header', expected: 'absent', found: 'present' });
  } else if (scheme === undefined || !authorization.includes(scheme)) {
    const expected = authorization.map((each) => each || 'the bare key').join(' or ');
    found.push({ at, rule: 'header', expected, found: scheme === undefined ? 'absent' : `scheme "${scheme}"` });
  }
  return found;
};

const unknownOperation = (dialect: Dialect, method: string, path: string, status: number | null): Finding => ({
  dialect: dialect.name,
  operation: null,
  status,
  variant: null,
  violations: [{ at: 'path', rule: 'operation', expected: 'an operation of the document', found: `${method} ${path}` }],
});

export const checkRequest = (dialect: Dialect, request: SentRequest): Finding => {
  const found = dialect.find(request.method, request.path);
  if (found === null) return unknownOperation(dialect, request.method, request.path, null);
  const { operation, values } = found;
  const type = mediaTypeOf(request.headers['content-type'] ?? null);
  return {
    dialect: dialect.name,
    operation: operation.id,
    status: null,
    variant: null,
    violations: [
      ...parameters(operation, values, request.query),
      ...headerViolations(operation, request.headers),
      ...bodyViolations(operation, type, request.body ?? ''),
    ],
  };
};

/** What a sandbox accepts is held to the document like what the gateway sends; its headers are its caller's affair. */
export const checkAccepted = (dialect: Dialect, { request, status }: SandboxAnswer): Finding => {
  const found = dialect.find(request.method, request.path);
  if (found === null) return unknownOperation(dialect, request.method, request.path, status);
  const { operation, values } = found;
  return {
    dialect: dialect.name,
    operation: operation.id,
    status: null,
    variant: null,
    violations: [
      ...parameters(operation, values, request.query),
      ...bodyViolations(operation, mediaTypeOf(request.contentType), request.body),
    ],
  };
};

export const checkAnswer = (dialect: Dialect, answer: SandboxAnswer): Finding => {
  const { request, status, body } = answer;
  const found = dialect.find(request.method, request.path);
  if (found === null) {
    // To refuse what no document names is right, however it is worded.
    const { method, path } = request;
    return status >= 400
      ? { dialect: dialect.name, operation: null, status, variant: null, violations: [] }
      : unknownOperation(dialect, method, path, status);
  }
  const { operation } = found;
  const base = { dialect: dialect.name, operation: operation.id, status, variant: answer.variant };
  const content = operation.answers.get(String(status));
  if (content === undefined) {
    const expected = `one of ${[...operation.answers.keys()].join(', ')}`;
    return { ...base, violations: [{ at: 'status', rule: 'status', expected, found: String(status) }] };
  }
  return {
    ...base,
    violations: content.size === 0 ? [] : contentViolations(content, mediaTypeOf(answer.contentType), body),
  };
};
