import { Failure, type Session, type VendorReply, type VendorRequest } from '../../src/vendor/kit/index.ts';
import { forgetDialect } from './dialect.ts';

/** What a dialect that is no longer spoken would cause. */
const explainedByDialect: readonly string[] = ['vendor-not-found', 'vendor-rejected', 'vendor-malformed'];

/**
 * Sends a write, and that once: an answer that the other dialect might explain drops what is remembered of the
 * dialect, so that the next question finds out again, but nothing is sent again in it.
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
