import type { ConfigFault } from './faults.ts';
import type { Variable } from './variables.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Access to files. Throws the errors of `node:fs`. */
export interface Files {
  read(path: string): string;
}

export interface Sources {
  readonly environment: Environment;
  readonly files: Files;
}

/** The text of one setting; `text` is null if it is not set or cannot be used. */
export interface SourceText {
  readonly text: string | null;
  readonly faults: readonly ConfigFault[];
}

export const fileNameOf = (name: string): string => `${name}_FILE`;

const isBlank = (text: string): boolean => text.trim() === '';

/** Null for a missing or blank value. `blankFaults` reports blank ones. */
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

/** Reads a secret or a configuration file. A fault never contains the path, which may be a misplaced secret. */
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

/** Reads a variable. For a secret also the file that its `_FILE` variable names. */
export const readVariable = ({ environment, files }: Sources, name: string, secret: boolean): SourceText => {
  const direct = givenText(environment, name);
  const fileName = fileNameOf(name);
  const path = secret ? givenText(environment, fileName) : null;
  if (path === null) return { text: direct, faults: [] };
  if (direct === null) return readFile(files, path, fileName);
  return { text: null, faults: [{ name, message: `and ${fileName} are both set; keep one of them` }] };
};

/** Adds faults to the list and returns the default for an invalid value, so that all faults are found. */
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
