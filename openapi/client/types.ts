import openapiTypescript, { astToString } from 'openapi-typescript';
import type { OperationEntry } from '../../src/server/operation/operation.ts';
import { buildDocument, documentText } from '../document.ts';

const head = `// Written from the routes by "npm run client". Do not change it by hand.
// biome-ignore-all format: as the generator writes it
// biome-ignore-all lint: as the generator writes it
`;

/** The text of the committed client types. */
export const clientTypes = async (operations: readonly OperationEntry[]): Promise<string> => {
  const nodes = await openapiTypescript(documentText(buildDocument(operations)), { silent: true });
  return `${head}${astToString(nodes)}`;
};
