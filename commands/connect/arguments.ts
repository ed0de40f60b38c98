import { parseArgs } from 'node:util';
import type { ConnectFlow, Question } from '../../src/vendor/contract/connecting.ts';
import type { Provider } from '../../src/vendor/contract/provider.ts';
import { helpFor } from './help.ts';

/** What a command line asks for. */
export type ConnectWords =
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'fault'; readonly text: string }
  | { readonly kind: 'run'; readonly wanted: Wanted };

export interface Wanted {
  readonly provider: Provider;
  readonly flow: ConnectFlow;
  /** Answers by the names of their questions. */
  readonly given: ReadonlyMap<string, string>;
  /** Where the credential is written; null where none is named. */
  readonly out: string | null;
  readonly print: boolean;
  readonly force: boolean;
  readonly open: boolean;
}

const fixed = {
  flow: { type: 'string' },
  out: { type: 'string' },
  print: { type: 'boolean' },
  force: { type: 'boolean' },
  open: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

export const questionsOf = (provider: Provider): Question[] => [
  ...new Map(
    (provider.connecting?.flows ?? []).flatMap(({ needs }) => needs).map((each) => [each.name, each]),
  ).values(),
];

const fault = (text: string): ConnectWords => ({ kind: 'fault', text: `${text}\n` });

const secretFault = (word: string, questions: readonly Question[]): string | null => {
  const found = questions.find(({ name, secret }) => secret && (word === `--${name}` || word.startsWith(`--${name}=`)));
  return found === undefined
    ? null
    : `--${found.name} is a secret, and an argument would stay in the history of the shell: set ${found.environment} or ${found.environment}_FILE, or let the command ask for it`;
};

const parse = (words: readonly string[], questions: readonly Question[]) => {
  const open = questions.filter(({ secret }) => !secret);
  const options = { ...Object.fromEntries(open.map(({ name }) => [name, { type: 'string' as const }])), ...fixed };
  const { values, positionals } = parseArgs({ args: [...words], options, allowPositionals: true });
  const text = (name: string): string | null => {
    const value: unknown = Reflect.get(values, name);
    return typeof value === 'string' ? value : null;
  };
  return { text, has: (name: keyof typeof fixed) => Reflect.get(values, name) === true, positionals, open };
};

/** Reads the words behind `npm run connect --`. */
export const readConnectWords = (words: readonly string[], providers: readonly Provider[]): ConnectWords => {
  const offering = providers.filter(({ connecting }) => connecting !== undefined);
  const ids = offering.map(({ id }) => id).join(', ');
  const provider = offering.find(({ id }) => words.includes(id));
  const all = (provider === undefined ? offering : [provider]).flatMap(questionsOf);
  if (words.includes('--help')) return { kind: 'help', text: helpFor(offering) };
  for (const word of words) {
    const secret = secretFault(word, all);
    if (secret !== null) return fault(secret);
  }
  try {
    const { text, has, positionals, open } = parse(words, all);
    const [named, ...more] = positionals;
    if (provider === undefined || named !== provider.id || more.length > 0) {
      return fault(`name one vendor: npm run connect -- <${ids}>; --help names the flows`);
    }
    const flows = provider.connecting?.flows ?? [];
    const flow = flows.find(({ id }) => id === (text('flow') ?? flows[0]?.id));
    if (flow === undefined) return fault(`--flow takes ${flows.map(({ id }) => id).join(', ')}`);
    const given = new Map(open.flatMap(({ name }) => (text(name) === null ? [] : [[name, text(name) ?? ''] as const])));
    const idle = [...given.keys()].filter((name) => !flow.needs.some((each) => each.name === name));
    if (idle.length > 0) return fault(`--${idle.join(', --')} has no effect with --flow ${flow.id}`);
    const out = text('out');
    if (!flow.grants && (out !== null || has('print') || has('force'))) {
      return fault(`--flow ${flow.id} gives no credential: --out, --print and --force have no effect`);
    }
    if (out !== null && has('print')) return fault('take --out or --print, not both');
    const wanted = { provider, flow, given, out, print: has('print'), force: has('force'), open: has('open') };
    return { kind: 'run', wanted };
  } catch (cause) {
    return fault(cause instanceof Error ? cause.message : 'wrong arguments');
  }
};
