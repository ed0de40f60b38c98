import { describe, expect, it } from 'vitest';
import { readConnectWords } from '../../../commands/connect/arguments.ts';
import { providers } from '../../../providers/index.ts';

const read = (...words: string[]) => readConnectWords(words, providers);

describe('the words of connect', () => {
  it.each([
    ['no vendor', [], 'name one vendor'],
    ['a vendor without flows', ['elastic'], 'name one vendor'],
    ['two words', ['cloudspend', 'now'], 'name one vendor'],
    ['an unknown flow', ['cloudspend', '--flow', 'magic'], 'self-client, server, device, instance, enhance, revoke'],
    ['an unknown option', ['cloudspend', '--colour', 'red'], '--colour'],
    ['an option of another flow', ['cloudspend', '--scopes', 'x'], 'has no effect with --flow self-client'],
    ['a file and the terminal', ['cloudspend', '--out', 'f', '--print'], 'not both'],
    ['a file where nothing is granted', ['cloudspend', '--flow', 'revoke', '--out', 'f'], 'gives no credential'],
  ])('are refused with a hint: %s', (_name, words, hint) => {
    const answer = read(...words);
    expect(answer).toMatchObject({ kind: 'fault', text: expect.stringContaining(hint) });
  });

  it.each(['--client-secret=hidden', '--refresh-token', '--code'])(
    'take no secret, and do not repeat it: %s',
    (word) => {
      const answer = read('cloudspend', word, 'hidden');
      expect(answer).toMatchObject({ kind: 'fault', text: expect.stringContaining('_FILE') });
      expect(JSON.stringify(answer)).not.toContain('hidden');
    },
  );

  it('name every flow with all it needs in the help', () => {
    const answer = read('--help');
    const flows = providers.flatMap(({ connecting }) => connecting?.flows ?? []);
    expect(flows.map(({ id }) => id)).toEqual(['self-client', 'server', 'device', 'instance', 'enhance', 'revoke']);
    for (const { id, needs } of flows) {
      expect(answer).toMatchObject({ kind: 'help', text: expect.stringContaining(`--flow ${id}`) });
      for (const { environment } of needs) expect(answer).toMatchObject({ text: expect.stringContaining(environment) });
    }
  });
});
