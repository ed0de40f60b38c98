import { Failure, invalid } from '../../domain/failure/failure.ts';

const parametersMax = 200;
const queryCharactersMax = 16 * 1024;

/** Other characters must be percent-encoded. */
const permitted = /^[!-~]*$/;

const decode = (text: string): string | null => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return null;
  }
};

/**
 * The parameters of a raw query string, with all values of a name in order. Names have no special meaning: `a[b]` and
 * `__proto__` are ordinary names. Throws a Failure if the text is not a query string.
 */
export const parseQueryString = (raw: string): Map<string, string[]> => {
  if (raw.length > queryCharactersMax) throw invalid('query', `is longer than ${queryCharactersMax} characters`);
  if (!permitted.test(raw) || raw.includes('#')) {
    throw invalid('query', 'holds a character that must be percent-encoded');
  }
  const parameters = new Map<string, string[]>();
  const faults = [];
  let count = 0;
  for (const pair of raw.split('&')) {
    if (pair === '') continue;
    count += 1;
    if (count > parametersMax) throw invalid('query', `has more than ${parametersMax} parameters`);
    const equals = pair.indexOf('=');
    const rawName = equals === -1 ? pair : pair.slice(0, equals);
    const name = decode(rawName);
    const value = equals === -1 ? '' : decode(pair.slice(equals + 1));
    if (name === null || value === null) {
      faults.push({ path: `query.${(name ?? rawName).slice(0, 80)}`, message: 'is not percent-encoded UTF-8' });
      continue;
    }
    const values = parameters.get(name);
    if (values === undefined) parameters.set(name, [value]);
    else values.push(value);
  }
  if (faults.length > 0) {
    throw new Failure('invalid-request', { public: 'The query string cannot be read.', errors: faults });
  }
  return parameters;
};
