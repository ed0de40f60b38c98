import type { NativeOperation } from '../../vendor/contract/contract.ts';

type Part = { readonly literal: string } | { readonly parameter: string };

interface Template {
  readonly operation: NativeOperation;
  readonly parts: readonly Part[];
  readonly parameters: number;
}

export interface Matched {
  readonly operation: NativeOperation;
  /** Made from the template, with the values of its parameters encoded. */
  readonly path: string;
}

export interface Matcher {
  find(method: string, segments: readonly string[]): Matched | null;
  /** The methods that a path takes; empty for one that is in no catalogue. */
  methodsOf(segments: readonly string[]): readonly string[];
}

const partOf = (text: string): Part => {
  const parameter = /^\{([^{}]+)\}$/.exec(text)?.[1];
  if (parameter === undefined && /[{}]/.test(text)) throw new TypeError(`${text} is neither a name nor a parameter`);
  return parameter === undefined ? { literal: decodeURIComponent(text) } : { parameter };
};

const templateOf = (operation: NativeOperation): Template => {
  const parts = operation.path.split('/').slice(1).map(partOf);
  return { operation, parts, parameters: parts.filter((part) => 'parameter' in part).length };
};

const fits = ({ parts }: Template, segments: readonly string[]): boolean =>
  parts.length === segments.length &&
  parts.every((part, at) => ('literal' in part ? part.literal === segments[at] : segments[at] !== ''));

const encoded = (segments: readonly string[]): string =>
  segments.map((segment) => `/${encodeURIComponent(segment.toWellFormed())}`).join('');

/** Finds the operation that a path means. Where several templates fit, the one with fewer parameters is meant. */
export const createMatcher = (operations: readonly NativeOperation[]): Matcher => {
  const byLength = Map.groupBy(
    operations.map(templateOf).sort((left, right) => left.parameters - right.parameters),
    ({ parts }) => parts.length,
  );
  const fitting = (segments: readonly string[]): Template[] =>
    (byLength.get(segments.length) ?? []).filter((template) => fits(template, segments));
  return {
    find: (method, segments) => {
      const found = fitting(segments).find(({ operation }) => operation.method === method);
      return found === undefined ? null : { operation: found.operation, path: encoded(segments) };
    },
    methodsOf: (segments) => [...new Set(fitting(segments).map(({ operation }) => operation.method))].sort(),
  };
};
