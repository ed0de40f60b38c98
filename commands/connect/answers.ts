import { readVariable, type Sources } from '../../src/config/environment.ts';
import { Secret } from '../../src/domain/secret.ts';
import type { Question } from '../../src/vendor/contract/connecting.ts';
import type { Terminal } from './terminal.ts';

export interface Answers {
  text(question: Question): string;
  secret(question: Question): Secret;
}

export type Answered =
  | { readonly ok: true; readonly answers: Answers }
  /** A sentence for each that is missing or wrong. */
  | { readonly ok: false; readonly faults: readonly string[] };

const attemptsMax = 3;

const namesOf = ({ name, environment, secret }: Question): string =>
  secret ? `${environment} or ${environment}_FILE` : `--${name} or ${environment}`;

const ask = async (question: Question, terminal: Terminal): Promise<string | null> => {
  let remark = '';
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    const typed = (await terminal.ask(`${remark}${question.description}: `, question.secret)).trim();
    const fault = question.fault(typed);
    if (fault === null) return typed;
    remark = `It ${fault}.\n`;
  }
  return null;
};

/** What is known without asking: the command line comes before the environment. */
const known = (question: Question, given: ReadonlyMap<string, string>, sources: Sources) => {
  const argument = given.get(question.name);
  if (argument !== undefined) return { text: argument.trim(), faults: [] };
  const { text, faults } = readVariable(sources, question.environment, question.secret);
  return { text: text?.trim() ?? null, faults };
};

/** Answers every question, on the terminal where nothing else does. Without a terminal it names all that is missing. */
export const answerAll = async (
  questions: readonly Question[],
  given: ReadonlyMap<string, string>,
  sources: Sources,
  terminal: Terminal | null,
): Promise<Answered> => {
  const answers = new Map<string, string>();
  const faults: string[] = [];
  const open: Question[] = [];
  for (const question of questions) {
    const { text, faults: unreadable } = known(question, given, sources);
    const value = text ?? question.fallback;
    const fault = value === null ? null : question.fault(value);
    if (unreadable.length > 0) faults.push(...unreadable.map(({ name, message }) => `${name} ${message}`));
    else if (fault !== null) faults.push(`${namesOf(question)} ${fault}`);
    else if (value === null) open.push(question);
    else answers.set(question.name, value);
  }
  if (terminal === null) faults.push(...open.map((each) => `${namesOf(each)} is missing: ${each.description}`));
  if (faults.length > 0 || terminal === null) {
    if (faults.length > 0) return { ok: false, faults };
  } else {
    for (const question of open) {
      const typed = await ask(question, terminal);
      if (typed === null) return { ok: false, faults: [`${question.description}: no usable answer was given`] };
      answers.set(question.name, typed);
    }
  }
  const text = ({ name }: Question): string => {
    const answer = answers.get(name);
    if (answer === undefined) throw new TypeError(`the flow does not need ${name}`);
    return answer;
  };
  return { ok: true, answers: { text, secret: (question) => new Secret(text(question)) } };
};
