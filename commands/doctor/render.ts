import type { Check } from '../../src/services/doctor/check.ts';
import type { Examination } from '../../src/services/doctor/examine.ts';

const lineOf = ({ name, ok, detail, mend }: Check): string =>
  `  ${ok ? 'ok   ' : 'WRONG'}  ${name}: ${detail}${mend === null ? '' : `\n         ${mend}`}`;

/** The examinations for a person. */
export const renderExaminations = (examinations: readonly Examination[]): string =>
  examinations
    .map(({ connection, provider, checks }) =>
      [connection === provider ? connection : `${connection} (${provider})`, ...checks.map(lineOf), ''].join('\n'),
    )
    .join('\n');
