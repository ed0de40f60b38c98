/**
 * JSON whose numbers keep every digit: a number of up to 15 significant digits stays a number, because a double
 * identifies it uniquely; any other becomes a string of its source text.
 */

/** May match a text whose numbers all fit into a double, but never misses one that does not fit. */
const mayHaveWideNumber = /[\d.]{16,}|\d[eE][+-]?\d{2,}/;

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

const fitsDouble = (token: string): boolean => {
  const exponentAt = token.search(/[eE]/);
  if (exponentAt !== -1) {
    const exponent = Number(token.slice(exponentAt + 1));
    if (Math.abs(exponent) > 200) return false;
    if (token.length > 60) return false;
  }
  const mantissa = exponentAt === -1 ? token : token.slice(0, exponentAt);
  const digits = mantissa.replace(/[-.]/g, '').replace(/^0+/, '');
  return digits.length <= 15 && mantissa.length <= 200;
};

const isNumber = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/** A number in the place of a key is invalid JSON; in quotes it would become valid. */
const isKey = (text: string, at: number): boolean => /^[ \t\r\n]*:/.test(text.slice(at, at + 64));

const quoteWideNumbers = (text: string): string => {
  const parts: string[] = [];
  let copied = 0;
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 34) {
      at += 1;
      while (at < text.length && text.charCodeAt(at) !== 34) at += text.charCodeAt(at) === 92 ? 2 : 1;
      at += 1;
    } else if (code === 45 || isDigit(code)) {
      const start = at;
      at += 1;
      for (let next = text.charCodeAt(at); ; next = text.charCodeAt(at)) {
        if (isDigit(next) || next === 46 || next === 101 || next === 69 || next === 43 || next === 45) at += 1;
        else break;
      }
      const token = text.slice(start, at);
      if (!fitsDouble(token) && isNumber.test(token) && !isKey(text, at)) {
        parts.push(text.slice(copied, start), '"', token, '"');
        copied = at;
      }
    } else at += 1;
  }
  parts.push(text.slice(copied));
  return parts.join('');
};

/** Like `JSON.parse`, with wide numbers as strings. Throws SyntaxError as `JSON.parse` does. */
export const parseLosslessly = (text: string): unknown => {
  const clean = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  return JSON.parse(mayHaveWideNumber.test(clean) ? quoteWideNumbers(clean) : clean);
};
