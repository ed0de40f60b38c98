/** W3C Trace Context: a later version may go on behind the flags, the present one may not. */
const pattern = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-.*)?$/;
const zeros = /^0+$/;

/** The trace that a `traceparent` names; null for one that is not well-formed, as if none had come. */
export const traceIdOf = (header: string | readonly string[] | undefined): string | null => {
  const [, version, trace = '', parent = '', more] = typeof header === 'string' ? (pattern.exec(header) ?? []) : [];
  if (version === undefined || version === 'ff' || (version === '00' && more !== undefined)) return null;
  return zeros.test(trace) || zeros.test(parent) ? null : trace;
};
