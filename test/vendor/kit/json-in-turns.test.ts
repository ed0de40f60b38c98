import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { takeTurns } from '../../../src/domain/turns.ts';
import { NestingTooDeep, parseInTurns } from '../../../src/vendor/kit/json-in-turns.ts';
import { parseLosslessly } from '../../../src/vendor/kit/lossless-json.ts';
import { anyText } from '../../support/any-text.ts';
import { VirtualClock } from '../../support/clock.ts';
import { SteppingClock } from '../../support/stepping-clock.ts';

const turns = takeTurns(new VirtualClock());
const parse = (text: string): Promise<unknown> => parseInTurns(Buffer.from(text), 200, turns);
const seed = 20261121;

/** A list of so many characters of items like this one. */
const listOf = (item: string, characters = 120_000): string =>
  `[${Array.from({ length: Math.ceil(characters / (item.length + 1)) }, () => item).join(',')}]`;

const large = {
  list: listOf('{"cost":1.5,"name":"a \\"b\\" [c] {d}, é"}'),
  'list of lists': `[${[1, 2, 3].map(() => listOf('[1,[2,{"a":[]}]]', 50_000)).join(' , ')}]`,
  'list among small members': `{"a":1,"costs":${listOf('{"x":null}')},"after":{"b":[true,false]}}`,
  'object of many members': `{${Array.from({ length: 9_000 }, (_, at) => `"key ${at}":{"v":${at}}`).join(',')}}`,
  'list with large and small items': `[1,${listOf('2')},3,${listOf('"x"')},{"y":${listOf('4')}}]`,
  'text with blanks around everything': `\n { "a" : \t${listOf(' 1 ')} , "b" : [ ] } \r\n`,
  'list of wide numbers': listOf('12345678901234567890.123456789'),
  'object with a member twice': `{"a":1,"b":${listOf('1')},"a":2,"b":3}`,
  'object with odd names': `{"__proto__":${listOf('1')},"constructor":{"__proto__":2},"toString":${listOf('3')}}`,
  'blank list': `[${' '.repeat(100_000)}]`,
  'long text': `["${'x'.repeat(100_000)}",1]`,
};

describe('a large text parsed in turns', () => {
  it.each(Object.entries(large))('has the value of the whole: %s', async (_what, text) => {
    expect(text.length).toBeGreaterThan(90_000);
    expect(await parse(text)).toEqual(parseLosslessly(text));
  });

  it('has the value of the whole, whatever it is', async () => {
    const key = anyText({ maxLength: 5 });
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3, depthIdentifier: 'value' },
        fc.oneof(
          fc.boolean(),
          fc.integer(),
          fc.double({ noNaN: true, noDefaultInfinity: true }),
          anyText(),
          fc.constant(null),
        ),
        fc.array(tie('value'), { depthIdentifier: 'value' }),
        fc.dictionary(anyText(), tie('value'), { depthIdentifier: 'value' }),
      ),
    }));
    const part = fc.oneof(value, fc.dictionary(key, value), fc.array(value, { maxLength: 20 }));
    await fc.assert(
      fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 12 }), fc.boolean(), async (parts, isObject) => {
        const many = Array.from({ length: 4_000 }, (_, at) => parts[at % parts.length]);
        const text = JSON.stringify(isObject ? { first: parts, many, last: parts } : [many, ...parts]);
        expect(isDeepStrictEqual(await parse(text), parseLosslessly(text))).toBe(true);
      }),
      { seed, numRuns: 30 },
    );
  });

  it('is refused wherever the whole would be, and nowhere else', async () => {
    const text = `{"a":[1,2],"costs":${listOf('{"x":[1.5,"y"],"z":{}}', 70_000)},"b":{"c":null}}`;
    const change = fc.record({
      at: fc.nat({ max: text.length - 1 }),
      by: fc.constantFrom('', ',', '[', ']', '{', '}', '"', ':', '1', ' ', '\\', 'null'),
      length: fc.constantFrom(0, 1),
    });
    await fc.assert(
      fc.asyncProperty(change, async ({ at, by, length }) => {
        const changed = text.slice(0, at) + by + text.slice(at + length);
        let due: unknown = SyntaxError;
        try {
          due = parseLosslessly(changed);
        } catch {}
        const found = await parse(changed).catch((thrown: unknown) =>
          thrown instanceof SyntaxError ? SyntaxError : thrown,
        );
        expect(found).toEqual(due);
      }),
      { seed, numRuns: 120 },
    );
  });

  it.each([
    ['a comma behind the last item', `[${listOf('1')},]`],
    ['a comma before the first', `[,${listOf('1')}]`],
    ['two commas', `[1,,${listOf('1')}]`],
    ['no comma', `[1 ${listOf('1')}]`],
    ['no key', `{${listOf('1')}}`],
    ['a key that is no text', `{1:${listOf('1')}}`],
    ['two keys', `{"a":"b":${listOf('1')}}`],
    ['something behind its end', `${listOf('1')} 2`],
    ['a second list behind its end', `${listOf('1')}${listOf('1')}`],
    ['something before its start', `x${listOf('1')}`],
    ['another bracket at its end', `${listOf('1').slice(0, -1)}}`],
    ['no end', listOf('1').slice(0, -1)],
    ['a text without an end', `[${'1,'.repeat(50_000)}"x]`],
  ])('is refused with %s', async (_what, text) => {
    expect(() => parseLosslessly(text)).toThrow(SyntaxError);
    await expect(parse(text)).rejects.toThrow(SyntaxError);
  });

  it('may begin with a byte order mark', async () => {
    expect(await parse(`\ufeff${large.list}`)).toEqual(parseLosslessly(large.list));
  });

  it('is refused where it nests deeper than allowed', async () => {
    const text = (depth: number): string => `[${listOf('1')},${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}]`;
    await expect(parse(text(200))).resolves.toBeDefined();
    await expect(parse(text(201))).rejects.toThrow(NestingTooDeep);
  });

  it('gives others their turn, the more often the longer it is', async () => {
    const roundsFor = async (characters: number): Promise<number> => {
      let rounds = 0;
      let isDone = false;
      const parsing = parseInTurns(Buffer.from(listOf('1', characters)), 200, takeTurns(new SteppingClock())).finally(
        () => {
          isDone = true;
        },
      );
      while (!isDone) {
        await new Promise((resolve) => setImmediate(resolve));
        rounds += 1;
      }
      await parsing;
      return rounds;
    };
    expect(await roundsFor(2_000_000)).toBeGreaterThan(3 * (await roundsFor(500_000)));
  });
});
