import { StringDecoder } from 'node:string_decoder';
import { Failure } from './failure/failure.ts';

const lineCharactersMax = 256 * 1024;

const tooLong = (place: number): Failure =>
  new Failure('invalid-request', {
    public: 'The lines cannot be read: see errors.',
    errors: [{ path: `line ${place}`, message: `is longer than ${lineCharactersMax} characters` }],
    effect: 'never',
  });

/** The lines of a text that comes in chunks, counted from 1, without their ends. Fails where the chunks fail. */
export async function* linesOf(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<readonly [place: number, line: string]> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let place = 0;
  for await (const chunk of chunks) {
    const lines = `${rest}${decoder.write(Buffer.from(chunk))}`.split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > lineCharactersMax) throw tooLong(place + lines.length + 1);
    for (const line of lines) {
      place += 1;
      if (line.length > lineCharactersMax) throw tooLong(place);
      yield [place, line.replace(/\r$/, '')];
    }
  }
  rest += decoder.end();
  if (rest !== '') yield [place + 1, rest];
}
