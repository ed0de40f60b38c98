/** W3C Trace Context: a later version may have more fields after the flags, version 00 may not. */
const pattern = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-.*)?$/;
const zeros = /^0+$/;

/** The trace id of a `traceparent`; null if it is missing or malformed. */
export const traceIdOf = (header: string | readonly string[] | undefined): string | null => {
  const [, version, trace = '', parent = '', more] = typeof header === 'string' ? (pattern.exec(header) ?? []) : [];
  if (version === undefined || version === 'ff' || (version === '00' && more !== undefined)) return null;
  return zeros.test(trace) || zeros.test(parent) ? null : trace;
};
