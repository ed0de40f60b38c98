import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Failure, invalid } from '../../domain/failure/failure.ts';

const depthMax = 32;
const numberCharactersMax = 400;

const contentType = /^application\/json(?:[ \t]*;[ \t]*charset=(?:utf-8|"utf-8"))?[ \t]*$/i;

const unsupportedMediaType = (sentence: string): Failure => new Failure('unsupported-media-type', { public: sentence });

/** Reads the raw list, because Node keeps only the first of repeated headers. */
const occurrencesOf = (name: string, rawHeaders: readonly string[]): number =>
  rawHeaders.filter((header, index) => index % 2 === 0 && header.toLowerCase() === name).length;

const checkHeaders = (request: FastifyRequest): void => {
  const { 'content-type': type = '', 'content-encoding': encoding = 'identity' } = request.headers;
  if (!contentType.test(type) || occurrencesOf('content-type', request.raw.rawHeaders) > 1) {
    throw unsupportedMediaType('A body must be sent with one Content-Type, application/json.');
  }
  if (encoding.toLowerCase() !== 'identity')
    throw unsupportedMediaType('A body must be sent without a Content-Encoding.');
};

const endOfString = (text: string, start: number): number => {
  let at = start + 1;
  while (at < text.length && text.charCodeAt(at) !== 34) at += text.charCodeAt(at) === 92 ? 2 : 1;
  return at + 1;
};

const numberCharacter = /[-+.\deE]/;
const endOfNumber = (text: string, start: number): number => {
  let at = start + 1;
  while (at < text.length && numberCharacter.test(text.charAt(at))) at += 1;
  return at;
};

const keyOf = (token: string): string => {
  if (!token.includes('\\')) return token.slice(1, -1);
  const key: unknown = JSON.parse(token);
  return String(key);
};

const named = (key: string): string => JSON.stringify(key.slice(0, 80));

/**
 * Finds what `JSON.parse` accepts: deep nesting, repeated fields, `__proto__`, very long numbers. Null if there is
 * nothing of that kind. Does not check that the text is JSON.
 */
const faultOf = (text: string): string | null => {
  /** The fields of each open object so far; `null` for an array. */
  const open: (Set<string> | null)[] = [];
  let keyIsNext = false;
  let at = 0;
  while (at < text.length) {
    const character = text.charAt(at);
    let end = at + 1;
    if (character === '"') {
      end = endOfString(text, at);
      const fields = open.at(-1);
      if (keyIsNext && fields instanceof Set) {
        const key = keyOf(text.slice(at, end));
        if (key === '__proto__') return 'must not have a field "__proto__"';
        if (fields.has(key)) return `has the field ${named(key)} twice`;
        fields.add(key);
        keyIsNext = false;
      }
    } else if (character === '{' || character === '[') {
      open.push(character === '{' ? new Set() : null);
      keyIsNext = character === '{';
      if (open.length > depthMax) return `is nested more than ${depthMax} levels deep`;
    } else if (character === '}' || character === ']') {
      open.pop();
      keyIsNext = false;
    } else if (character === ',') {
      keyIsNext = open.at(-1) instanceof Set;
    } else if (numberCharacter.test(character)) {
      end = endOfNumber(text, at);
      if (end - at > numberCharactersMax) return `has a number of more than ${numberCharactersMax} characters`;
    }
    at = end;
  }
  return null;
};

const decoder = new TextDecoder('utf-8', { fatal: true });

/** Throws a Failure for anything but unambiguous JSON of limited depth. */
export const parseJsonBody = (bytes: Uint8Array): unknown => {
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    throw invalid('body', 'is not UTF-8');
  }
  let fault: string | null;
  let value: unknown;
  try {
    fault = faultOf(text);
    if (fault === null) value = JSON.parse(text);
  } catch {
    fault = 'is not JSON';
  }
  if (fault !== null) throw invalid('body', fault);
  return value;
};

/** Makes JSON the only accepted body. An empty body is `undefined`, whatever its content type. */
export const acceptJsonOnly = (app: FastifyInstance): void => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer) => {
    if (body.length === 0) return undefined;
    checkHeaders(request);
    return parseJsonBody(body);
  });
};
