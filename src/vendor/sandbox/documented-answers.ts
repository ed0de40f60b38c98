import { documentSchema, type Operation, type VendorDocument } from '../document/document.ts';
import { type ExampleOptions, exampleOf } from '../document/example.ts';
import { readJson } from '../document/read-json.ts';
import type { SandboxReply, SandboxRequest } from './server.ts';

export interface DocumentedAnswers {
  /** The vendor's document, read when it is first needed. */
  readonly document: URL;
  /** What the examples are made with. */
  readonly example?: Partial<ExampleOptions>;
}

const patternOf = ({ path }: Operation): RegExp =>
  new RegExp(`^${path.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&').replaceAll(/\{[^/}]+\}/g, '[^/]+')}$`);

const parametersIn = ({ path }: Operation): number => path.split('{').length;

const replyOf = (operation: Operation, document: VendorDocument, example: Partial<ExampleOptions>): SandboxReply => {
  const [status, content] = Object.entries(operation.answers).find(([each]) => each.startsWith('2')) ?? ['200', {}];
  const schema = content['application/json'];
  if (schema === undefined) return status === '204' ? { status: 204 } : { status: Number(status), json: {} };
  return { status: Number(status), json: exampleOf(schema, document.schemas, { extent: 'whole', ...example }) };
};

/**
 * Answers a request with an example of what the vendor's document describes; null where it describes no such operation.
 * For what a sandbox simulates no further.
 */
export const documentedAnswers = ({ document, example = {} }: DocumentedAnswers) => {
  const open = () => {
    const read = documentSchema.parse(readJson(document));
    const operations = read.operations.toSorted((left, right) => parametersIn(left) - parametersIn(right));
    return { read, operations: operations.map((each) => ({ operation: each, pattern: patternOf(each) })) };
  };
  let opened: ReturnType<typeof open> | null = null;
  return ({ method, path }: SandboxRequest): SandboxReply | null => {
    opened ??= open();
    const found = opened.operations.find(({ operation, pattern }) => operation.method === method && pattern.test(path));
    return found === undefined ? null : replyOf(found.operation, opened.read, example);
  };
};
