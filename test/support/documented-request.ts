import type { NativeOperation, NativeParameter } from '../../src/vendor/contract/native-operation.ts';
import { exampleOf } from '../../src/vendor/document/example.ts';

export interface DocumentedRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly body: string | null;
}

const json = 'application/json';

const textOf = ({ name, json: isJson, schema }: NativeParameter, values: Readonly<Record<string, unknown>>): string => {
  const value = Object.hasOwn(values, name) ? values[name] : exampleOf(schema, {}, { extent: 'bare', values }, name);
  return isJson ? JSON.stringify(value) : String(value);
};

/** A request with all that an operation requires and nothing else; `values` by name where a schema does not say enough. */
export const documentedRequest = (
  { method, path, parameters, body }: NativeOperation,
  values: Readonly<Record<string, unknown>> = {},
): DocumentedRequest => {
  const query = new URLSearchParams();
  let filled = path;
  for (const parameter of parameters.filter(({ required }) => required)) {
    const text = textOf(parameter, values);
    if (parameter.in === 'query') query.set(parameter.name, text);
    else filled = filled.replace(`{${parameter.name}}`, encodeURIComponent(text));
  }
  const schema = body?.required === true ? body.content[json] : undefined;
  return {
    method,
    path: query.size === 0 ? filled : `${filled}?${query}`,
    body: schema === undefined ? null : JSON.stringify(exampleOf(schema, {}, { extent: 'bare', values })),
  };
};
