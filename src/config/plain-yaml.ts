import { isMap, isScalar, isSeq, LineCounter, type ParsedNode, parseDocument } from 'yaml';
import { illegal, legal, type Parsed } from './parse.ts';

/**
 * The subset of YAML that a configuration needs: maps, lists and texts. Every scalar stays text, so no digit of an
 * amount is lost. Aliases, anchors, tags, merge keys and duplicate keys are rejected.
 */
export type Plain = string | readonly Plain[] | { readonly [key: string]: Plain };

/** The name of an unknown field for a fault. Hidden unless it looks like a field name: it may be a misplaced secret. */
export const shownKey = (key: string): string =>
  /^(\d{1,6}|(tag:)?[A-Za-z][A-Za-z_-]{0,40})$/.test(key) ? key : '(name not shown)';

const yamlCharactersMax = 256 * 1024;
const yamlDepthMax = 16;
const yamlFaultsMax = 10;

const yamlSentences: Readonly<Record<string, string>> = {
  MULTIPLE_DOCS: 'must hold one document only',
  TAB_AS_INDENT: 'is indented with a tab; use blanks',
  BAD_INDENT: 'has a faulty indentation or an unclosed bracket',
  NON_STRING_KEY: 'has a key that is no plain text',
  MULTILINE_IMPLICIT_KEY: 'has a key over several lines',
  BLOCK_AS_IMPLICIT_KEY: 'has two keys on one line',
  MISSING_CHAR: 'is missing a closing quote, a colon or a comma',
  RESOURCE_EXHAUSTION: 'is nested too deeply',
};

/** Reports all faults. Messages give the line and never repeat its content. */
export const plainYaml = (text: string): Parsed<Plain> => {
  if (text.length > yamlCharactersMax) return illegal(`must not be longer than ${yamlCharactersMax} characters`);
  const lines = new LineCounter();
  const document = parseDocument(text, {
    schema: 'failsafe',
    merge: false,
    stringKeys: true,
    // Checked below in linear time; the library compares every pair.
    uniqueKeys: false,
    prettyErrors: false,
    // At `silent`, a second document would be ignored.
    logLevel: 'error',
    lineCounter: lines,
  });
  const messages: string[] = [];
  const refuse = (offset: number | undefined, message: string) => {
    if (messages.length < yamlFaultsMax) messages.push(`line ${lines.linePos(offset ?? 0).line} ${message}`);
  };
  for (const error of document.errors) refuse(error.pos[0], yamlSentences[error.code] ?? 'is not valid YAML');

  const plain = (node: ParsedNode | null | undefined, depth: number): Plain => {
    if (node === null || node === undefined) return '';
    const offset = node.range?.[0];
    if (depth > yamlDepthMax) {
      refuse(offset, `is nested deeper than ${yamlDepthMax}`);
      return '';
    }
    if (!isScalar(node) && !isMap(node) && !isSeq(node)) {
      refuse(offset, 'has an alias; write the value out');
      return '';
    }
    if (node.anchor !== undefined) refuse(offset, 'has an anchor; write the value out');
    if (node.tag !== undefined) refuse(offset, 'has a tag; values are plain text here');
    if (isSeq(node)) return node.items.map((item) => plain(item, depth + 1));
    if (isScalar(node)) return typeof node.value === 'string' ? node.value : '';
    const keys = new Set<string>();
    return Object.fromEntries(
      node.items.map((pair) => {
        const key = plain(pair.key, depth + 1);
        const name = typeof key === 'string' ? key : '';
        if (name === '<<') refuse(pair.key.range?.[0], 'has a merge key; write the fields out');
        else if (name === '__proto__') refuse(pair.key.range?.[0], 'has a key that is not allowed');
        else if (keys.has(name)) refuse(pair.key.range?.[0], 'names a key for the second time');
        keys.add(name);
        return [name, plain(pair.value, depth + 1)];
      }),
    );
  };
  if (messages.length === 0) {
    const value = plain(document.contents, 0);
    if (messages.length === 0) return legal(value);
  }
  return illegal(...new Set(messages));
};
