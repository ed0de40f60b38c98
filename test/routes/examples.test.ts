import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { operations } from '../../routes/index.ts';
import { shapeOf } from '../../src/server/operation/parameter-shapes.ts';

const registered = z.object({ examples: z.array(z.union([z.string(), z.number(), z.boolean()])).min(1) });

describe('every example', () => {
  const answers = operations.flatMap((operation) =>
    Object.entries(operation.answers).flatMap(([status, { schema, example }]) =>
      schema === undefined ? [] : [[`${operation.method} ${operation.path} ${status}`, schema, example] as const],
    ),
  );
  it.each(answers)('answer of %s is there and fits', (_name, schema, example) => {
    expect(example).not.toBe(undefined);
    expect(schema.parse(example)).toEqual(example);
  });

  const parameters = operations.flatMap((operation) =>
    Object.entries(operation.query.shape).map(
      ([name, schema]) => [`${name} of ${operation.method} ${operation.path}`, schema] as const,
    ),
  );
  it.each(parameters)('value for %s is there and is taken', (_name, schema) => {
    const inner = schema instanceof z.ZodOptional ? schema.unwrap() : schema;
    const shape = shapeOf(inner);
    if (shape === null) throw new TypeError('a parameter has no shape');
    const { examples } = registered.parse(z.globalRegistry.get(shape.value));
    for (const example of examples)
      expect(inner._zod.run({ value: [String(example)], issues: [] }, {})).toMatchObject({ issues: [] });
  });
});
