import { invalid } from '../../domain/failure/failure.ts';

/** Visible ASCII. No quotation marks, so that a key with and without quotes are not two keys. */
const keyPattern = /^[!#-~]{1,255}$/;

/** Reads the raw list, because Node joins repeated headers. Null if the header is missing. */
export const readIdempotencyKey = (rawHeaders: readonly string[]): string | null => {
  const values = rawHeaders.filter((_, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === 'idempotency-key');
  const [value] = values;
  if (value === undefined) return null;
  if (values.length > 1) throw invalid('header.idempotency-key', 'may be given only once');
  if (keyPattern.test(value)) return value;
  throw invalid('header.idempotency-key', 'must be 1 to 255 visible ASCII characters, without quotation marks');
};
