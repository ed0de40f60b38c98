/** A decimal as it was written, in parts: `whole.fraction × 10^exponent`. */
export interface DecimalNotation {
  readonly negative: boolean;
  readonly whole: string;
  readonly fraction: string;
  readonly exponent: number;
}

/** Beyond this many digits a text is no amount of money but an attack or a fault. */
const digitsMax = 160;
const pattern = /^([+-]?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/;

/** Reads any notation a JSON number or a vendor's string may have; `null` for everything else. */
export const readNotation = (text: string): DecimalNotation | null => {
  if (text.length > digitsMax * 2) return null;
  const match = pattern.exec(text);
  if (match === null) return null;
  const [, sign, whole = '', fraction = '', exponentText = '0'] = match;
  const exponent = Number(exponentText);
  if (Math.abs(exponent) + whole.length + fraction.length > digitsMax) return null;
  return { negative: sign === '-', whole, fraction, exponent };
};

export const isDecimal = (text: string): boolean => readNotation(text) !== null;
