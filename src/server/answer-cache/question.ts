import { z } from 'zod';
import type { OperationEntry, RawInput } from '../operation/operation.ts';
import { type ParameterForm, shapeOf } from '../operation/parameter-shapes.ts';

/** A request in canonical form. */
export interface Question {
  readonly query: RawInput['query'];
  /** Equal for requests with the same answer. Contains the visible connections, not the consumer. */
  readonly key: string;
  /** Cursors are signed for one consumer, so the answer is not shared. */
  readonly hasCursor: boolean;
}

const formOf = (schema: z.core.$ZodType): ParameterForm => {
  let core = schema;
  while (core instanceof z.ZodOptional || core instanceof z.ZodDefault || core instanceof z.ZodPrefault) {
    core = core.def.innerType;
  }
  // Without a shape the order may matter, so the values stay as they are.
  return shapeOf(core)?.form ?? 'one';
};

const formsOf = (operation: OperationEntry): ReadonlyMap<string, ParameterForm> =>
  new Map(Object.entries(operation.query.shape).map(([name, schema]) => [name, formOf(schema)]));

const compareText = (left: string, right: string): number => (left < right ? -1 : Number(left > right));

/** Sorts filters, which are sets. Keeps the order of comma lists. Leaves single values to their own check. */
const canonical = (values: readonly string[], form: ParameterForm): readonly string[] => {
  if (form === 'many') return [...new Set(values)].sort(compareText);
  if (form === 'comma-list') return [...new Set(values.flatMap((value) => value.split(',')))];
  return values;
};

/** The reader returns null for a query with unknown names: that problem lists its faults in request order. */
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
    entries.sort(([left], [right]) => compareText(left, right));
    const { connections } = input.consumer;
    const visible = connections === null ? null : [...connections].sort(compareText);
    const params = Object.entries(input.params).sort(([left], [right]) => compareText(left, right));
    return {
      query: new Map(entries),
      key: JSON.stringify([operation.id, params, entries, input.accept, visible]),
      hasCursor: input.query.has('cursor'),
    };
  };
};
