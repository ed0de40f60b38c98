import type { Consumer } from '../../../src/domain/consumer.ts';
import { Failure } from '../../../src/domain/failure/failure.ts';

export const problem = (kind: string, more: object = {}) => ({ type: `/problems/${kind}`, ...more });

/** An authenticator for which every caller is this consumer. */
export const everybodyIs = (more: Partial<Consumer>) => async (): Promise<Consumer> => ({
  name: 'somebody',
  scopes: new Set(['read', 'write'] as const),
  connections: null,
  ...more,
});

/** An authenticator that knows nobody. */
export const refuseEverybody = async (): Promise<Consumer> => {
  throw new Failure('unauthenticated', { public: 'Send one valid credential.' });
};
