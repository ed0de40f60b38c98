import type { ConfigFault } from './faults.ts';
import type { Variable } from './variables.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The only way to a file. Throws what `node:fs` would. */
export interface Files {
  read(path: string): string;
}

export interface Sources {
  readonly environment: Environment;
  readonly files: Files;
}

/** What stands under one name; `text` is null when nothing does, or nothing usable. */
export interface SourceText {
  readonly text: string | null;
  readonly faults: readonly ConfigFault[];
}

export const fileNameOf = (name: string): string => `${name}_FILE`;

const isBlank = (text: string): boolean => text.trim() === '';

/** Whether a value stands there. A blank one is none; `blankFaults` names it. */
const givenText = (environment: Environment, name: string): string | null => {
  const text = environment[name];
  return text === undefined || isBlank(text) ? null : text;
};

export const isSet = (environment: Environment, name: string, secret: boolean): boolean =>
  givenText(environment, name) !== null || (secret && givenText(environment, fileNameOf(name)) !== null);

export const blankFaults = (environment: Environment, names: Iterable<string>): ConfigFault[] =>
  [...names]
    .filter((name) => environment[name] !== undefined && givenText(environment, name) === null)
    .map((name) => ({ name, message: 'is empty; unset it or give a value' }));

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'no permission to read it',
  EPERM: 'no permission to read it',
  EISDIR: 'it is a folder',
};

/** Reads a file that holds one secret or a configuration. A fault never repeats the path: it may be the secret itself. */
export const readFile = (files: Files, path: string, name: string): SourceText => {
  try {
    const text = files.read(path);
    if (isBlank(text)) return { text: null, faults: [{ name, message: 'names a file that is empty' }] };
    return { text: text.replace(/[\r\n]+$/, ''), faults: [] };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const message = `names a file that cannot be read: ${reasons[code] ?? 'reading it failed'}`;
    return { text: null, faults: [{ name, message }] };
  }
};

/** A variable, or for a secret the file that its `_FILE` form names. */
export const readVariable = ({ environment, files }: Sources, name: string, secret: boolean): SourceText => {
  const direct = givenText(environment, name);
  const fileName = fileNameOf(name);
  const path = secret ? givenText(environment, fileName) : null;
  if (path === null) return { text: direct, faults: [] };
  if (direct === null) return readFile(files, path, fileName);
  return { text: null, faults: [{ name, message: `and ${fileName} are both set; keep one of them` }] };
};

/** Reads and parses; what is faulty is put on the list and stands as its default, so that every fault is found. */
export const createVariableReader =
  (sources: Sources, faults: ConfigFault[]) =>
  <Value>(variable: Variable<Value>): Value => {
    const reading = readVariable(sources, variable.name, variable.secret);
    faults.push(...reading.faults);
    if (reading.text === null) return variable.fallback;
    const parsed = variable.parse(reading.text);
    if (parsed.ok) return parsed.value;
    faults.push(...parsed.messages.map((message) => ({ name: variable.name, message })));
    return variable.fallback;
  };
