import { Failure } from '../../domain/failure/failure.ts';

/** Work that comes before a write is sent: where it fails, nothing has been changed, and the failure says so. */
export const beforeEffect = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown;
    throw new Failure(thrown.kind, { ...thrown.details, effect: 'never', cause: thrown });
  }
};

/** The vendor cannot hold what was asked for; the sentence says what it could hold. */
export const cannotBeHeld = (sentence: string): Failure =>
  new Failure('capability-unsupported', { public: sentence, effect: 'never' });
