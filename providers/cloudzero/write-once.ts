import { Failure, type Session, type VendorReply, type VendorRequest } from '../../src/vendor/kit/index.ts';
import { forgetDialect } from './dialect.ts';

/** Failures that an outdated dialect would cause. */
const explainedByDialect: readonly string[] = ['vendor-not-found', 'vendor-rejected', 'vendor-malformed'];

/**
 * Sends a write once. An answer that the other dialect might explain makes the next call determine the dialect again;
 * the write itself is not repeated.
 */
export const writeOnce = async <Result>(
  session: Session,
  request: VendorRequest,
  read: (reply: VendorReply) => Result,
): Promise<Result> => {
  try {
    return read(await session.call(request));
  } catch (thrown) {
    if (thrown instanceof Failure && explainedByDialect.includes(thrown.kind)) await forgetDialect(session);
    throw thrown;
  }
};
