import type { ConnectFlow, Question } from '../../src/vendor/contract/connecting.ts';
import type { Provider } from '../../src/vendor/contract/provider.ts';

const answers = ({ name, environment, secret, description, fallback }: Question): string => {
  const how = secret ? `${environment} or ${environment}_FILE` : `--${name} or ${environment}`;
  const unset = fallback === null || fallback === '' ? '' : `; ${fallback} when unset`;
  return `      ${how}: ${description}${unset}`;
};

const flowHelp = ({ id, summary, needs }: ConnectFlow, index: number): string =>
  `  --flow ${id}${index === 0 ? ' (when none is named)' : ''}\n      ${summary}\n${needs.map(answers).join('\n')}`;

export const helpFor = (providers: readonly Provider[]): string => `Gets the credential of a connection from its vendor.

  npm run connect -- <vendor> [--flow <flow>] [--out <file> | --print] [--force] [--open]

  --out <file>  writes the credential to this file, which only its owner may read; --force replaces one that is there
  --print       prints the variable instead
  --open        opens the page of the vendor in a browser instead of only printing its address

What is not given is asked for on a terminal. A secret is never an argument. Exit code 0 when it is done, 1 when the
vendor refused, 64 when something is missing or wrong in what was given, 73 when the file cannot be written.
${providers
  .map(
    ({ id, title, connecting }) =>
      `\n${title}: npm run connect -- ${id}\n\n${connecting?.flows.map(flowHelp).join('\n\n')}\n`,
  )
  .join('')}`;
