import type { z } from 'zod';

export type ParameterForm = 'one' | 'many' | 'comma-list';

/** How the values of a parameter are written. The OpenAPI document is built from it. */
export interface ParameterShape {
  readonly form: ParameterForm;
  /** How many values it may have. Absent: as many as a URL holds. */
  readonly max?: number;
  /** Reads one value. */
  readonly value: z.core.$ZodType;
}

const shapes = new WeakMap<z.core.$ZodType, ParameterShape>();

export const rememberShape = (schema: z.core.$ZodType, shape: ParameterShape): void => {
  shapes.set(schema, shape);
};

/** Also finds the shape of a schema with `.describe()`, `.meta()` or refinements added. Null if there is none. */
export const shapeOf = (schema: z.core.$ZodType): ParameterShape | null => {
  for (let at: z.core.$ZodType | undefined = schema; at !== undefined; at = at._zod.parent) {
    const shape = shapes.get(at);
    if (shape !== undefined) return shape;
  }
  return null;
};
