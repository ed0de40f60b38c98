import type { Operation, VendorDocument } from '../../src/vendor/document/document.ts';
import { documentSchema } from '../../src/vendor/document/document.ts';
import { exampleOf } from '../../src/vendor/document/example.ts';
import { described } from '../documents/described.ts';

export interface DescribedCall {
  readonly operation: Operation;
  /** With nothing but what is required; `values` by name where a schema does not say enough. */
  readonly query: URLSearchParams;
  readonly body: { readonly type: string; readonly content: unknown } | null;
  /** The status of a success. */
  readonly status: number;
}

const callOf = (
  operation: Operation,
  { schemas }: VendorDocument,
  values: Readonly<Record<string, unknown>>,
): DescribedCall => {
  const example = (schema: Record<string, unknown>) => exampleOf(schema, schemas, { extent: 'bare', values });
  const required = operation.parameters.filter((each) => each.in === 'query' && each.required);
  const [type, schema] = Object.entries(operation.body?.content ?? {})[0] ?? [];
  return {
    operation,
    query: new URLSearchParams(required.map(({ name, schema: each }) => [name, String(example(each))])),
    body: type === undefined || schema === undefined ? null : { type, content: example(schema) },
    status: Number(Object.keys(operation.answers).find((each) => each.startsWith('2'))),
  };
};

/** One call of each operation that the documents of a dialect describe, deletions last. */
export const describedCalls = (
  provider: string,
  dialect: string,
  values: Readonly<Record<string, unknown>> = {},
): readonly DescribedCall[] => {
  const documents = described.find((each) => each.provider === provider)?.documents ?? [];
  const calls = documents
    .filter((each) => each.dialect === dialect)
    .map(({ read }) => documentSchema.parse(read()))
    .flatMap((document) => document.operations.map((operation) => callOf(operation, document, values)));
  if (calls.length === 0) throw new TypeError(`${provider} has no document of the dialect ${dialect}`);
  const isDeletion = ({ operation }: DescribedCall): number => Number(operation.method === 'DELETE');
  return calls.toSorted((left, right) => isDeletion(left) - isDeletion(right));
};
