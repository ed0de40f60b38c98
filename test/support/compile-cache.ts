/**
 * For a process that is given an environment of its own: where Node keeps compiled modules, which takes nearly half of
 * the processor time of a start. Empty outside the tests, so that measurements are of a start as users have it.
 */
export const compileCache: Readonly<Record<string, string>> =
  process.env.NODE_COMPILE_CACHE === undefined ? {} : { NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE };
