import { z } from 'zod';
import type { OperationEntry, RawInput } from '../operation/operation.ts';
import { type ParameterForm, shapeOf } from '../operation/parameter-shapes.ts';

/** What was asked, in the one way in which it can be written. */
export interface Question {
  readonly query: RawInput['query'];
  /** Equal for requests with the same answer; holds what the caller may see, not who it is. */
  readonly key: string;
  /** A cursor belongs to one consumer. */
  readonly hasCursor: boolean;
}

const formOf = (schema: z.core.$ZodType): ParameterForm => {
  let core = schema;
  while (core instanceof z.ZodOptional || core instanceof z.ZodDefault || core instanceof z.ZodPrefault) {
    core = core.def.innerType;
  }
  // Nothing is known of the order of what has no shape, so none is changed.
  return shapeOf(core)?.form ?? 'one';
};

const formsOf = (operation: OperationEntry): ReadonlyMap<string, ParameterForm> =>
  new Map(Object.entries(operation.query.shape).map(([name, schema]) => [name, formOf(schema)]));

const inOrder = (left: string, right: string): number => (left < right ? -1 : Number(left > right));

/** Filters are sets; the order of a comma list is said; what may stand once is left for its own check. */
const canonical = (values: readonly string[], form: ParameterForm): readonly string[] => {
  if (form === 'many') return [...new Set(values)].sort(inOrder);
  if (form === 'comma-list') return [...new Set(values.flatMap((value) => value.split(',')))];
  return values;
};

/** Null for a query with unknown names: its answer is a problem, whose faults stand in the order they came in. */
export const questionReader = () => {
  const known = new WeakMap<OperationEntry, ReadonlyMap<string, ParameterForm>>();
  return (operation: OperationEntry, input: RawInput): Question | null => {
    const forms = known.get(operation) ?? formsOf(operation);
    known.set(operation, forms);
    const entries: [string, readonly string[]][] = [];
    for (const [name, values] of input.query) {
      const form = forms.get(name);
      if (form === undefined) return null;
      entries.push([name, canonical(values, form)]);
    }
    entries.sort(([left], [right]) => inOrder(left, right));
    const { connections } = input.consumer;
    const visible = connections === null ? null : [...connections].sort(inOrder);
    const params = Object.entries(input.params).sort(([left], [right]) => inOrder(left, right));
    return {
      query: new Map(entries),
      key: JSON.stringify([operation.id, params, entries, input.accept, visible]),
      hasCursor: input.query.has('cursor'),
    };
  };
};
