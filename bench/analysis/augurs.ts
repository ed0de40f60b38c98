import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The part of `@bsull/augurs/mstl` that is used here. */
interface Model {
  fit(values: readonly number[]): void;
  predict(horizon: number, level: number): Prediction;
  free(): void;
}
interface Prediction {
  readonly point: readonly number[];
  readonly intervals?: { readonly lower: readonly number[]; readonly upper: readonly number[] };
}
interface MstlModule {
  initSync(options: { module: Uint8Array }): void;
  readonly MSTL: { ets(periods: readonly number[], options: { impute: boolean }): Model };
}

export type Augurs = (values: readonly number[], horizon: number) => Prediction | null;

/** The library is not a dependency of this project. It is compared only if its package folder is given. */
export const loadAugurs = async (packageFolder: string): Promise<Augurs> => {
  const mstl: MstlModule = await import(join(packageFolder, 'mstl.js'));
  mstl.initSync({ module: readFileSync(join(packageFolder, 'mstl_bg.wasm')) });
  return (values, horizon) => {
    if (values.length < 15) return null;
    const model = mstl.MSTL.ets([7], { impute: true });
    try {
      model.fit(values);
      return model.predict(horizon, 0.8);
    } catch {
      return null;
    } finally {
      model.free();
    }
  };
};
