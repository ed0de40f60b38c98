import { z } from 'zod';
import { isJsonObject, type Json, type JsonObject, toJson } from './json.ts';

type Direction = 'input' | 'output';

const definitionPrefix = '#/$defs/';
const componentPrefix = '#/components/schemas/';

const mapReferences = (value: Json, rename: (reference: string) => string): Json => {
  if (Array.isArray(value)) return value.map((item) => mapReferences(item, rename));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      name === '$ref' && typeof item === 'string' ? rename(item) : mapReferences(item, rename),
    ]),
  );
};

const idOf = (reference: string): string => reference.slice(definitionPrefix.length);

const referencesIn = (value: Json): string[] => {
  const found: string[] = [];
  mapReferences(value, (reference) => {
    found.push(idOf(reference));
    return reference;
  });
  return found;
};

const equal = (left: Json, right: Json): boolean => JSON.stringify(left) === JSON.stringify(right);

const inOrder = (named: ReadonlyMap<string, Json>): JsonObject =>
  Object.fromEntries([...named].sort(([left], [right]) => (left < right ? -1 : 1)));

/**
 * The named schemas and responses of the document. A schema whose input differs from its output, or that contains such
 * a schema, is listed twice: the input has the suffix `Input`. Request outputs first.
 */
export class Components {
  readonly #outputs = new Map<string, Json>();
  readonly #schemas = new Map<string, Json>();
  readonly #responses = new Map<string, Json>();

  /** The schema to use inline: a reference if it has an id. */
  schema(schema: z.core.$ZodType, direction: Direction): JsonObject {
    const converted = toJson(z.toJSONSchema(schema, { io: direction, unrepresentable: 'any' }));
    if (!isJsonObject(converted)) return {};
    const { $schema: _dialect, $defs: definitions = {}, ...root } = converted;
    const definitionEntries = isJsonObject(definitions) ? Object.entries(definitions) : [];
    const changed = direction === 'output' ? new Set<string>() : this.#changed(definitionEntries);
    const nameOf = (id: string) => (changed.has(id) ? `${id}Input` : id);
    const rename = (reference: string) =>
      reference.startsWith(definitionPrefix) ? `${componentPrefix}${nameOf(idOf(reference))}` : reference;
    for (const [id, definition] of definitionEntries) {
      if (direction === 'output') this.#outputs.set(id, definition);
      this.#keep(nameOf(id), mapReferences(definition, rename));
    }
    const inline = mapReferences(root, rename);
    return isJsonObject(inline) ? inline : {};
  }

  /** A reference to this response. Equal responses are stored once; different ones are named `name`, `name-2` and so on. */
  response(name: string, response: JsonObject): JsonObject {
    for (let number = 1; ; number += 1) {
      const numbered = number === 1 ? name : `${name}-${number}`;
      const known = this.#responses.get(numbered);
      if (known !== undefined && !equal(known, response)) continue;
      this.#responses.set(numbered, response);
      return { $ref: `#/components/responses/${numbered}` };
    }
  }

  schemas(): JsonObject {
    return inOrder(this.#schemas);
  }

  responses(): JsonObject {
    return inOrder(this.#responses);
  }

  #changed(definitions: readonly (readonly [string, Json])[]): Set<string> {
    const changed = new Set<string>();
    for (const [id, definition] of definitions) {
      const output = this.#outputs.get(id);
      if (output !== undefined && !equal(output, definition)) changed.add(id);
    }
    for (let before = -1; before !== changed.size; ) {
      before = changed.size;
      for (const [id, definition] of definitions) {
        if (referencesIn(definition).some((reference) => changed.has(reference))) changed.add(id);
      }
    }
    return changed;
  }

  #keep(name: string, definition: Json): void {
    const known = this.#schemas.get(name);
    if (known !== undefined && !equal(known, definition)) {
      throw new TypeError(`two different schemas carry the id ${name}: give one of them another`);
    }
    this.#schemas.set(name, definition);
  }
}
