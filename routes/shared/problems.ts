/** The kinds of problem that operations share, as their entries in the document name them. */

/** Of the vendors that are asked. */
const vendorProblems = [
  'vendor-unavailable',
  'vendor-timeout',
  'vendor-throttled',
  'vendor-malformed',
  'vendor-incomplete',
  'credentials-rejected',
  'permission-missing',
  'circuit-open',
  'quota-exhausted',
  'overloaded',
  'deadline-exceeded',
] as const;

/** Of every list. */
export const listProblems = ['invalid-request', 'cursor-expired', ...vendorProblems] as const;

/** Of reading one thing. */
export const readProblems = ['invalid-request', 'not-found', ...vendorProblems] as const;

/** Of every write. */
export const writeProblems = [
  ...readProblems,
  'conflict',
  'capability-unsupported',
  'idempotency-conflict',
  'idempotency-mismatch',
  'idempotency-unavailable',
  'storage-unavailable',
  'outcome-unknown',
  'vendor-rejected',
  'vendor-not-found',
  'unsupported-media-type',
  'payload-too-large',
] as const;

/** Ends the description of every write. */
export const writtenOnce =
  'It is sent to the vendor at most once. With an `Idempotency-Key` the same request may be repeated for 24 hours: the first answer is given again, and while it is not known yet the repetition is a 409. A key stands for one request of one consumer; with another body, path or operation it is a 422. Where the vendor never answers, the gateway looks for what was written: it says `outcome-unknown` while it cannot tell, and never sends it again.';
