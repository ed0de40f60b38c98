import type { z } from 'zod';

export type ParameterForm = 'one' | 'many' | 'comma-list';

/** How the values of a parameter are written; read by the OpenAPI document. */
export interface ParameterShape {
  readonly form: ParameterForm;
  /** Reads one value. */
  readonly value: z.core.$ZodType;
}

const shapes = new WeakMap<z.core.$ZodType, ParameterShape>();

export const rememberShape = (schema: z.core.$ZodType, shape: ParameterShape): void => {
  shapes.set(schema, shape);
};

/** Found through `.describe()`, `.meta()` and refinements of the schema as well. */
export const shapeOf = (schema: z.core.$ZodType): ParameterShape | null => {
  for (let at: z.core.$ZodType | undefined = schema; at !== undefined; at = at._zod.parent) {
    const shape = shapes.get(at);
    if (shape !== undefined) return shape;
  }
  return null;
};
