import { isJsonObject, type Json, type JsonObject } from './json.ts';

/**
 * Finds changes between two documents that break callers of the old one. Callers send what the old document allows and
 * read what it promises: no answer may be removed, no new input may be required, no enum value may be removed.
 */

const methods = ['get', 'post', 'put', 'delete'] as const;

/** The direction of a schema: a request may require less than before, an answer may contain more. */
type Way = 'sent' | 'answered';

const member = (value: Json | undefined, name: string): Json | undefined =>
  isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;

const objectIn = (value: Json | undefined, name: string): JsonObject => {
  const found = member(value, name);
  return isJsonObject(found) ? found : {};
};

const listIn = (value: Json | undefined, name: string): readonly Json[] => {
  const found = member(value, name);
  return Array.isArray(found) ? found : [];
};

const at = (document: Json, reference: string): Json | undefined =>
  reference
    .slice(2)
    .split('/')
    .reduce<Json | undefined>((value, name) => member(value, name), document);

const followed = (document: Json, value: Json | undefined): Json | undefined => {
  const reference = member(value, '$ref');
  return typeof reference === 'string' ? at(document, reference) : value;
};

const text = (value: Json | undefined): string => JSON.stringify(value ?? null);
const words = (list: readonly Json[]): Set<string> => new Set(list.map(text));

interface Sides {
  readonly before: Json;
  readonly after: Json;
}

/** The types that a schema allows; all if it names none. */
const typesOf = (schema: Json | undefined): Set<string> | null => {
  const type = member(schema, 'type');
  if (type === undefined) return null;
  return words(Array.isArray(type) ? type : [type]);
};

const inWords = (types: ReadonlySet<string> | null): string => (types === null ? 'anything' : [...types].join(' or '));

/** Limits that allow less than before. */
const tightened = (before: Json | undefined, after: Json | undefined): string[] =>
  (['minimum', 'minLength', 'minItems', 'maximum', 'maxLength', 'maxItems'] as const).filter((name) => {
    const old = member(before, name);
    const now = member(after, name);
    if (typeof now !== 'number') return false;
    if (typeof old !== 'number') return true;
    return name.startsWith('min') ? now > old : now < old;
  });

const schemaBreaks = (
  documents: Sides,
  way: Way,
  old: Json | undefined,
  now: Json | undefined,
  seen: ReadonlySet<string>,
): string[] => {
  const pair = text([member(old, '$ref') ?? null, member(now, '$ref') ?? null, way]);
  if (member(old, '$ref') !== undefined && seen.has(pair)) return [];
  const deeper = new Set([...seen, pair]);
  const before = followed(documents.before, old);
  const after = followed(documents.after, now);
  const breaks: string[] = [];
  const inner = (name: string, left: Json | undefined, right: Json | undefined) =>
    schemaBreaks(documents, way, left, right, deeper).map((fault) => `${name}${fault}`);

  const oldTypes = typesOf(before);
  const newTypes = typesOf(after);
  const lost = way === 'sent' ? missing(oldTypes, newTypes) : missing(newTypes, oldTypes);
  if (lost.length > 0) breaks.push(` is ${inWords(newTypes)}, no longer ${inWords(oldTypes)}`);

  const newWords = words(listIn(after, 'enum'));
  if (newWords.size > 0)
    for (const word of missing(words(listIn(before, 'enum')), newWords))
      breaks.push(` no longer has the value ${word}`);

  if (way === 'sent') for (const name of tightened(before, after)) breaks.push(` has a stricter ${name}`);

  const oldFields = objectIn(before, 'properties');
  const newFields = objectIn(after, 'properties');
  for (const [name, field] of Object.entries(oldFields)) {
    const kept = member(newFields, name);
    if (kept === undefined) breaks.push(`.${name} is gone`);
    else breaks.push(...inner(`.${name}`, field, kept));
  }
  const oldRequired = words(listIn(before, 'required'));
  const newRequired = words(listIn(after, 'required'));
  if (way === 'sent')
    for (const name of missing(newRequired, oldRequired)) breaks.push(`.${JSON.parse(name)} is now required`);
  if (way === 'answered')
    for (const name of missing(oldRequired, newRequired))
      if (member(newFields, JSON.parse(name)) !== undefined) breaks.push(`.${JSON.parse(name)} may now be absent`);

  if (member(before, 'items') !== undefined)
    breaks.push(...inner('[]', member(before, 'items'), member(after, 'items')));
  for (const join of ['anyOf', 'allOf'] as const)
    for (const [index, part] of listIn(before, join).entries())
      breaks.push(...inner('', part, listIn(after, join)[index] ?? after));
  return breaks;
};

/** The items of the first list that are missing in the second; null stands for a list of everything. */
const missing = (left: ReadonlySet<string> | null, right: ReadonlySet<string> | null): string[] => {
  if (right === null) return [];
  return left === null ? ['everything'] : [...left].filter((each) => !right.has(each));
};

const parametersOf = (document: Json, operation: JsonObject): Map<string, JsonObject> => {
  const parameters = new Map<string, JsonObject>();
  for (const each of listIn(operation, 'parameters')) {
    const parameter = followed(document, each);
    if (isJsonObject(parameter)) parameters.set(`${parameter.in} parameter ${parameter.name}`, parameter);
  }
  return parameters;
};

const parameterBreaks = (documents: Sides, old: JsonObject, now: JsonObject): string[] => {
  const before = parametersOf(documents.before, old);
  const after = parametersOf(documents.after, now);
  const breaks: string[] = [];
  for (const [name, parameter] of before) {
    const kept = after.get(name);
    if (kept === undefined) breaks.push(`${name} is gone`);
    else
      breaks.push(
        ...schemaBreaks(documents, 'sent', parameter.schema, kept.schema, new Set()).map((fault) => `${name}${fault}`),
      );
    if (kept?.required === true && parameter.required !== true) breaks.push(`${name} is now required`);
  }
  for (const [name, parameter] of after)
    if (!before.has(name) && parameter.required === true) breaks.push(`${name} is new and required`);
  return breaks;
};

const contentBreaks = (
  documents: Sides,
  way: Way,
  old: Json | undefined,
  now: Json | undefined,
  where: string,
): string[] =>
  Object.entries(objectIn(old, 'content')).flatMap(([type, media]) => {
    const kept = member(objectIn(now, 'content'), type);
    if (kept === undefined) return [`${where} is no longer ${type}`];
    const faults = schemaBreaks(documents, way, member(media, 'schema'), member(kept, 'schema'), new Set());
    return faults.map((fault) => `${where}${fault}`);
  });

const operationBreaks = (documents: Sides, old: JsonObject, now: JsonObject): string[] => {
  const breaks = parameterBreaks(documents, old, now);
  if (old.operationId !== now.operationId)
    breaks.push(`is called ${text(now.operationId)}, no longer ${text(old.operationId)}`);
  if (old['x-scope'] !== now['x-scope'])
    breaks.push(`needs the scope ${text(now['x-scope'])}, no longer ${text(old['x-scope'])}`);
  breaks.push(...contentBreaks(documents, 'sent', old.requestBody, now.requestBody, 'body'));
  const due = member(now.requestBody, 'required') === true && member(old.requestBody, 'required') !== true;
  if (due) breaks.push('body is now required');
  for (const [status, response] of Object.entries(objectIn(old, 'responses'))) {
    const kept = member(now.responses, status);
    if (kept === undefined) {
      // Callers are not affected by a problem that no longer occurs.
      if (status < '400') breaks.push(`answer ${status} is gone`);
      continue;
    }
    if (status >= '400') continue;
    breaks.push(...contentBreaks(documents, 'answered', response, kept, `answer ${status}`));
    for (const name of Object.keys(objectIn(response, 'headers')))
      if (member(objectIn(kept, 'headers'), name) === undefined)
        breaks.push(`answer ${status} no longer has the header ${name}`);
  }
  return breaks;
};

/** In the order of the old document; empty if nothing breaks. */
export const breakingChanges = (before: Json, after: Json): string[] =>
  Object.entries(objectIn(before, 'paths')).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const old = member(item, method);
      if (!isJsonObject(old)) return [];
      const name = `${method.toUpperCase()} ${path}`;
      const now = member(objectIn(objectIn(after, 'paths'), path), method);
      if (!isJsonObject(now)) return [`${name} is gone`];
      return [...new Set(operationBreaks({ before, after }, old, now))].map((fault) => `${name}: ${fault}`);
    }),
  );

/** Reads the "Breaking" entries since the last release. An entry quotes the text of the change in backticks. */
export const namedBreaks = (changelog: string): ReadonlySet<string> => {
  const [, unreleased = ''] = /^## Unreleased\n([\s\S]*?)(?=^## |(?![\s\S]))/m.exec(changelog) ?? [];
  const [, breaking = ''] = /^### Breaking\n([\s\S]*?)(?=^### |(?![\s\S]))/m.exec(unreleased) ?? [];
  return new Set([...breaking.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name));
};
