import { documentSchema, type WrittenDocument } from '../../../src/vendor/document/document.ts';

const lines = (entries: readonly string[], [open, close]: readonly [string, string]): string =>
  entries.length === 0 ? `${open}${close}` : `${open}\n${entries.join(',\n')}\n${close}`;

/** One operation a line. */
export const samplesText = (samples: Readonly<Record<string, readonly unknown[]>>): string =>
  `${lines(
    Object.entries(samples).map(([id, list]) => `${JSON.stringify(id)}: ${JSON.stringify(list)}`),
    ['{', '}'],
  )}\n`;

/** One schema and one operation a line, so that a new edition of a document is a readable difference. */
export const documentText = (document: WrittenDocument): string => {
  documentSchema.parse(document);
  const { schemas, operations, ...head } = document;
  const shared = Object.entries(schemas).map(([name, schema]) => `${JSON.stringify(name)}: ${JSON.stringify(schema)}`);
  const members = [
    ...Object.entries(head).map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`),
    `"schemas": ${lines(shared, ['{', '}'])}`,
    `"operations": ${lines(
      operations.map((operation) => JSON.stringify(operation)),
      ['[', ']'],
    )}`,
  ];
  return `${lines(members, ['{', '}'])}\n`;
};
