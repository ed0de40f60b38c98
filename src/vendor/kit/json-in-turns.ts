import { longItem, type Turns } from '../../domain/turns.ts';
import { parseLosslessly } from './lossless-json.ts';

/** Larger lists and objects are parsed in pieces of about this length. */
const pieceBytes = 32 * 1024;
/** How far the scan goes before it looks whether its turn is over. */
const scanBytes = 64 * 1024;

/** Nested deeper than the reader allows. */
export class NestingTooDeep extends Error {
  constructor() {
    super('the text nests too deep');
  }
}

/** Complete items of a list, or members of an object, between two commas. With `child` it is one that contains a large one. */
interface Piece {
  readonly from: number;
  readonly to: number;
  readonly child: Container | null;
}

/** A list or an object that is larger than a piece. */
interface Container {
  readonly isList: boolean;
  readonly start: number;
  /** Behind its closing bracket. */
  readonly end: number;
  readonly pieces: readonly Piece[];
}

/** A list or an object whose end has not been reached. */
interface Open {
  isList: boolean;
  start: number;
  /** Where the piece begins that is not finished. */
  from: number;
  /** The last comma between its items. */
  comma: number;
  pieces: Piece[];
  child: Container | null;
}

const notJson = (): SyntaxError => new SyntaxError('not valid JSON');

const quote = 34;
const comma = 44;
const backslash = 92;
const openList = 91;
const closeList = 93;
const openObject = 123;
const closeObject = 125;

/** Ends a piece before `at`. An item that contains a large one is a piece of its own. */
const cut = (open: Open, at: number): void => {
  const { from, child } = open;
  if (child === null) open.pieces.push({ from, to: at, child });
  else {
    const item = Math.max(open.comma + 1, from);
    if (item > from) open.pieces.push({ from, to: item - 1, child: null });
    open.pieces.push({ from: item, to: at, child });
  }
  open.from = at + 1;
  open.child = null;
};

/** Finds where large lists and objects can be divided. Null: the text is neither. Brackets are checked, other grammar is not. */
const divide = async (bytes: Uint8Array, depthMax: number, turns: Turns): Promise<Container | null> => {
  const frames: Open[] = [];
  let depth = 0;
  let top: Open | null = null;
  let root: Container | null = null;
  let at = 0;
  while (at < bytes.length) {
    if (turns.due(longItem)) await turns.next();
    const stop = Math.min(bytes.length, at + scanBytes);
    for (; at < stop; at += 1) {
      const code = bytes[at] ?? 0;
      if (code === quote) {
        at += 1;
        for (let next = bytes[at]; next !== quote; next = bytes[at]) {
          if (next === undefined) throw notJson();
          at += next === backslash ? 2 : 1;
        }
      } else if (code === comma) {
        if (top === null) continue;
        if (top.child !== null || at - top.from > pieceBytes) cut(top, at);
        top.comma = at;
      } else if (code === openList || code === openObject) {
        if (depth === depthMax) throw new NestingTooDeep();
        top = frames[depth] ?? { isList: true, start: 0, from: 0, comma: 0, pieces: [], child: null };
        frames[depth] = top;
        depth += 1;
        top.isList = code === openList;
        top.start = at;
        top.from = at + 1;
        top.comma = at;
        if (top.pieces.length > 0) top.pieces = [];
        top.child = null;
      } else if (code === closeList || code === closeObject) {
        if (top === null || top.isList !== (code === closeList)) throw notJson();
        const { isList, start } = top;
        let container: Container | null = null;
        if (at - start > pieceBytes) {
          cut(top, at);
          container = { isList, start, end: at + 1, pieces: top.pieces };
        }
        depth -= 1;
        top = frames[depth - 1] ?? null;
        if (top === null) root ??= container;
        else if (container !== null) top.child = container;
      }
    }
  }
  if (depth > 0) throw notJson();
  return root;
};

const isBlank = (text: string): boolean => /^[ \t\r\n]*$/.test(text);

const put = (target: object, key: string, value: unknown): void => {
  Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
};

const membersOf = (text: string): object => Object(parseLosslessly(`{${text}}`));

const itemsOf = (text: string): readonly unknown[] => {
  const items = parseLosslessly(`[${text}]`);
  if (!Array.isArray(items)) throw notJson();
  return items;
};

class Builder {
  readonly #bytes: Buffer;
  readonly #turns: Turns;
  constructor(bytes: Buffer, turns: Turns) {
    this.#bytes = bytes;
    this.#turns = turns;
  }

  text(from: number, to: number): string {
    return this.#bytes.toString('utf8', from, to);
  }

  async build(container: Container): Promise<unknown> {
    return container.isList ? this.#list(container) : this.#object(container);
  }

  async #list({ pieces }: Container): Promise<unknown[]> {
    const list: unknown[] = [];
    for (const { from, to, child } of pieces) {
      if (child === null) {
        const items = itemsOf(this.text(from, to));
        // Nothing between two commas, or behind the last one.
        if (items.length === 0 && pieces.length > 1) throw notJson();
        for (const item of items) list.push(item);
      } else {
        if (!isBlank(this.text(from, child.start)) || !isBlank(this.text(child.end, to))) throw notJson();
        list.push(await this.build(child));
      }
      if (this.#turns.due(longItem)) await this.#turns.next();
    }
    return list;
  }

  async #object({ pieces }: Container): Promise<object> {
    const object = {};
    for (const { from, to, child } of pieces) {
      if (child === null) {
        const members = Object.entries(membersOf(this.text(from, to)));
        if (members.length === 0 && pieces.length > 1) throw notJson();
        for (const [key, value] of members) put(object, key, value);
      } else {
        if (!isBlank(this.text(child.end, to))) throw notJson();
        // What stands before the value has to be its key.
        const [key, ...more] = Object.keys(membersOf(`${this.text(from, child.start)}0`));
        if (key === undefined || more.length > 0) throw notJson();
        put(object, key, await this.build(child));
      }
      if (this.#turns.due(longItem)) await this.#turns.next();
    }
    return object;
  }
}

const byteOrderMark = [0xef, 0xbb, 0xbf];

/** As `parseLosslessly`, for large texts in UTF-8: between its pieces others get their turn. */
export const parseInTurns = async (given: Uint8Array, depthMax: number, turns: Turns): Promise<unknown> => {
  const whole = Buffer.from(given.buffer, given.byteOffset, given.byteLength);
  const bytes = byteOrderMark.every((byte, at) => whole[at] === byte) ? whole.subarray(byteOrderMark.length) : whole;
  const root = await divide(bytes, depthMax, turns);
  const builder = new Builder(bytes, turns);
  if (root === null) return parseLosslessly(builder.text(0, bytes.length));
  if (!isBlank(builder.text(0, root.start)) || !isBlank(builder.text(root.end, bytes.length))) throw notJson();
  return builder.build(root);
};
