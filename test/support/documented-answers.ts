import type { VendorRequest } from '../../src/vendor/kit/index.ts';
import { described } from '../documents/described.ts';
import { type ExampleOptions, exampleOf } from '../documents/example.ts';
import { openDialects } from '../documents/vendor.ts';

/** Answers every request with an example made from what the document of that dialect says of a success. */
export const documentedAnswers = (
  provider: string,
  dialect: string,
  options: ExampleOptions,
): ((request: VendorRequest) => unknown) => {
  const vendor = described.find((each) => each.provider === provider);
  const spoken = vendor && openDialects(vendor).find(({ name }) => name === dialect);
  if (spoken === undefined) throw new TypeError(`${provider} has no document of the dialect ${dialect}`);
  return ({ method, path }) => {
    const located = spoken.describe(method, path);
    if (located === null) return undefined;
    const { document, operation } = located;
    const [, content] = Object.entries(operation.answers).find(([status]) => status.startsWith('2')) ?? [];
    const schema = content?.['application/json'];
    return schema === undefined ? undefined : exampleOf(schema, document.schemas, options);
  };
};
