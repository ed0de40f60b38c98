import { decimal, decimalText } from '../../domain/decimal.ts';

/**
 * A decimal that stands in a request's JSON as a bare number with every digit it has, where a JavaScript number
 * would round it.
 */
export const exactNumber = (amount: string): unknown => {
  const rawJson: unknown = Reflect.get(JSON, 'rawJSON');
  if (typeof rawJson !== 'function') throw new TypeError('this runtime has no JSON.rawJSON');
  return rawJson(decimalText(decimal(amount)));
};
