import { decimal, decimalText } from '../../domain/decimal.ts';

/** A decimal that is written to a request's JSON as a number with all its digits; a JavaScript number would be rounded. */
export const exactNumber = (amount: string): unknown => {
  const rawJson: unknown = Reflect.get(JSON, 'rawJSON');
  if (typeof rawJson !== 'function') throw new TypeError('this runtime has no JSON.rawJSON');
  return rawJson(decimalText(decimal(amount)));
};
