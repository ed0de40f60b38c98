import { describe, expect, it } from 'vitest';
import { answerAll } from '../../../commands/connect/answers.ts';
import type { Terminal } from '../../../commands/connect/terminal.ts';
import type { Question } from '../../../src/vendor/contract/connecting.ts';

const question = (name: string, more: Partial<Question> = {}): Question => ({
  name,
  environment: name.toUpperCase(),
  secret: false,
  description: `the ${name}`,
  fallback: null,
  fault: (text) => (text === 'bad' ? 'is not usable' : null),
  ...more,
});
const place = question('place', { fallback: 'here' });
const user = question('user');
const key = question('key', { secret: true });
const nobody = new Map<string, string>();
const files = { read: () => 'of a file\n' };

const typing = (...lines: string[]): Terminal & { readonly asked: (readonly [string, boolean])[] } => {
  const asked: (readonly [string, boolean])[] = [];
  return {
    asked,
    ask: async (prompt, hidden) => {
      asked.push([prompt, hidden]);
      return lines.shift() ?? '';
    },
  };
};

describe('answers', () => {
  it('come from the command line before the environment, and from neither where there is a fallback', async () => {
    const environment = { USER: 'of the environment', KEY_FILE: '/a/path' };
    const answered = await answerAll([place, user, key], new Map([['user', 'given']]), { environment, files }, null);
    if (!answered.ok) throw new TypeError(answered.faults.join());
    const { text, secret } = answered.answers;
    expect([text(place), text(user), secret(key).reveal()]).toEqual(['here', 'given', 'of a file']);
    expect(JSON.stringify(secret(key))).not.toContain('of a file');
  });

  it('are asked for on a terminal where nothing else gives them, hidden where they are secret', async () => {
    const terminal = typing('me', 's3cret');
    const answered = await answerAll([place, user, key], nobody, { environment: {}, files }, terminal);
    expect(answered.ok && [answered.answers.text(user), answered.answers.secret(key).reveal()]).toEqual([
      'me',
      's3cret',
    ]);
    expect(terminal.asked).toEqual([
      ['the user: ', false],
      ['the key: ', true],
    ]);
  });

  it('are asked for again, three times, when they are of no use', async () => {
    const terminal = typing('bad', 'good');
    expect(await answerAll([user], nobody, { environment: {}, files }, terminal)).toMatchObject({ ok: true });
    expect(terminal.asked[1]?.[0]).toContain('It is not usable.');
    const stubborn = typing('bad', 'bad', 'bad', 'good');
    expect(await answerAll([user], nobody, { environment: {}, files }, stubborn)).toMatchObject({ ok: false });
    expect(stubborn.asked).toHaveLength(3);
  });

  it('that are missing or wrong are all named without a terminal, and no value is repeated', async () => {
    const environment = { KEY: 'one', KEY_FILE: 'two' };
    const answered = await answerAll([place, user, key], new Map([['place', 'bad']]), { environment, files }, null);
    expect(answered).toEqual({
      ok: false,
      faults: [
        '--place or PLACE is not usable',
        'KEY and KEY_FILE are both set; keep one of them',
        '--user or USER is missing: the user',
      ],
    });
  });

  it('that are wrong are not replaced by asking', async () => {
    const terminal = typing('good');
    const answered = await answerAll([user], new Map([['user', 'bad']]), { environment: {}, files }, terminal);
    expect(answered).toMatchObject({ ok: false });
    expect(terminal.asked).toEqual([]);
  });
});
