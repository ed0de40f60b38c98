import fc from 'fast-check';

const beforeSurrogates = 0xd800;
const surrogates = 0x800;
const last = 0x10_ffff;

/** The texts of `unit: 'binary'`, from the same seeds. That unit first fills a table of every code point: six seconds. */
const codePoint = fc.nat(last - surrogates).map(
  (index) => String.fromCodePoint(index < beforeSurrogates ? index : index + surrogates),
  (text) => {
    const point = typeof text === 'string' ? (text.codePointAt(0) ?? -1) : -1;
    if (point < 0 || text !== String.fromCodePoint(point)) throw new TypeError('not one code point');
    return point < beforeSurrogates ? point : point - surrogates;
  },
);

/** Text of any code points that there are, control characters included. */
export const anyText = (size: { readonly maxLength?: number } = {}): fc.Arbitrary<string> =>
  fc.string({ ...size, unit: codePoint });
