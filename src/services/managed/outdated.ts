import { Failure } from '../../domain/failure/failure.ts';
import type { Part } from '../../vendor/part.ts';

/** A list that was read before the store was lost: another replica may have changed it since. */
export const outdated = <T>(plural: string, part: Part<T>): Part<T> => {
  const reason = `The store of the ${plural} that the gateway keeps cannot be reached; changes that other replicas have made may be missing.`;
  const before = part.failure === null ? '' : `${part.failure.details.public} `;
  return {
    ...part,
    state: part.state === 'fresh' ? 'stale' : part.state,
    failure: new Failure('vendor-incomplete', { public: `${before}${reason}` }),
  };
};
