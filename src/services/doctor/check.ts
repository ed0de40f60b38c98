/** One thing that an operator has to know of a connection. */
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
  /** What to do; null where nothing is to be done. */
  readonly mend: string | null;
}

export const fine = (name: string, detail: string): Check => ({ name, ok: true, detail, mend: null });
export const wrong = (name: string, detail: string, mend: string): Check => ({ name, ok: false, detail, mend });
