import { documentSchema, type Operation, type VendorDocument } from '../document/document.ts';
import { type ExampleOptions, exampleOf } from '../document/example.ts';
import { readJson } from '../document/read-json.ts';
import type { SandboxReply, SandboxRequest } from './server.ts';

export interface DocumentedAnswers {
  /** The vendor's document, read when it is first needed. */
  readonly document: URL;
  /** What the examples are made with. */
  readonly example?: Partial<ExampleOptions>;
  /** What an operation answers; its example where absent. */
  readonly reply?: (found: FoundOperation) => SandboxReply;
}

/** A request, and the operation of the document that it asks for. */
export interface FoundOperation {
  readonly operation: Operation;
  readonly request: SandboxRequest;
  /** The answer that the document describes. It has no `json` where the document describes none. */
  readonly example: SandboxReply;
}

const patternOf = ({ path }: Operation): RegExp =>
  new RegExp(`^${path.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&').replaceAll(/\{[^/}]+\}/g, '[^/]+')}$`);

const parametersIn = ({ path }: Operation): number => path.split('{').length;

const exampleReply = (
  operation: Operation,
  document: VendorDocument,
  example: Partial<ExampleOptions>,
): SandboxReply => {
  const [status, content] = Object.entries(operation.answers).find(([each]) => each.startsWith('2')) ?? ['200', {}];
  const schema = content['application/json'];
  if (schema === undefined) return { status: Number(status) };
  return { status: Number(status), json: exampleOf(schema, document.schemas, { extent: 'whole', ...example }) };
};

/** A success without a described body is an empty object, except where its status forbids a body. */
const emptyWhereSilent = ({ example }: FoundOperation): SandboxReply =>
  example.json === undefined && example.status !== 204 ? { ...example, json: {} } : example;

/**
 * Answers a request with an example of what the vendor's document describes; null where it describes no such operation.
 * For what a sandbox simulates no further.
 */
export const documentedAnswers = ({ document, example = {}, reply = emptyWhereSilent }: DocumentedAnswers) => {
  const open = () => {
    const read = documentSchema.parse(readJson(document));
    const operations = read.operations.toSorted((left, right) => parametersIn(left) - parametersIn(right));
    return { read, operations: operations.map((each) => ({ operation: each, pattern: patternOf(each) })) };
  };
  let opened: ReturnType<typeof open> | null = null;
  return (request: SandboxRequest): SandboxReply | null => {
    opened ??= open();
    const { method, path } = request;
    const found = opened.operations.find(({ operation, pattern }) => operation.method === method && pattern.test(path));
    if (found === undefined) return null;
    const { operation } = found;
    return reply({ operation, request, example: exampleReply(operation, opened.read, example) });
  };
};
