/** Gives each value a code: its position in `values`. */
export class Interner {
  readonly values: (string | null)[];
  readonly #codes = new Map<string | null, number>();
  constructor(values: readonly (string | null)[]) {
    this.values = [...values];
    this.values.forEach((value, code) => {
      this.#codes.set(value, code);
    });
  }
  code(value: string | null): number {
    const known = this.#codes.get(value);
    if (known !== undefined) return known;
    this.#codes.set(value, this.values.length);
    return this.values.push(value) - 1;
  }
}
