export interface CurlCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: string;
  readonly body: string | null;
  readonly headers: Readonly<Record<string, string>>;
}

const methods = ['GET', 'POST', 'PUT', 'DELETE'] as const;

const methodOf = (text: string): CurlCall['method'] => {
  const method = methods.find((each) => each === text);
  if (method === undefined) throw new TypeError(`the documents use no method ${text}`);
  return method;
};

/** The words of a command line, with their quotes taken off. */
const wordsOf = (command: string): string[] =>
  [...command.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, single, double, bare]) => single ?? double ?? bare ?? '');

/** Reads the few options that the documents use, and refuses others. */
export const parseCurl = (command: string): CurlCall => {
  const [name, ...words] = wordsOf(command);
  if (name !== 'curl') throw new TypeError(`no curl: ${command}`);
  let method: string | null = null;
  let url = '';
  let body: string | null = null;
  const headers: Record<string, string> = {};
  while (words.length > 0) {
    const word = words.shift() ?? '';
    if (word === '-X') method = words.shift() ?? '';
    else if (word === '-d') body = words.shift() ?? '';
    else if (word === '-H') {
      const [header = '', ...value] = (words.shift() ?? '').split(': ');
      headers[header] = value.join(': ');
    } else if (word.startsWith('-')) throw new TypeError(`the documents use no option ${word}`);
    else url = word;
  }
  return { method: methodOf(method ?? (body === null ? 'GET' : 'POST')), url, body, headers };
};
