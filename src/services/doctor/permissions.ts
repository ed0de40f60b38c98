import type { Attempt } from './attempts.ts';
import { type Check, fine, wrong } from './check.ts';

/** One check for each permission that the gateway uses. */
export const checkPermission = ({ probe, outcome }: Attempt): Check => {
  const name = `permission ${probe.permission}`;
  const needed = `needed for ${probe.neededFor}`;
  switch (outcome.kind) {
    case 'granted':
      return fine(name, `granted; ${needed}`);
    case 'untried':
      return fine(name, `not tried: ${outcome.because}; ${needed}`);
    case 'skipped':
      return wrong(
        name,
        `not tried, because the vendor could not be asked any more; ${needed}`,
        'Mend the rest first.',
      );
    case 'failed': {
      const { kind, details } = outcome.failure;
      // The check of the quotas says whether that is a fault.
      if (kind === 'quota-exhausted') return fine(name, `not tried, to save what is left: ${details.public}`);
      const mend = kind === 'permission-missing' ? probe.mend : 'Mend what the sentence says, and run it again.';
      return wrong(name, `${details.public} It is ${needed}.`, mend);
    }
  }
};
