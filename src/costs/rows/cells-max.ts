import { Failure } from '../../domain/failure/failure.ts';

/** How many sums (one for each period, group and currency) the answer to one question may have. */
export const cellsMax = 200_000;

export const questionTooLarge = (estimate: number, most: number): Failure =>
  new Failure('question-too-large', {
    public: `The answer would have about ${estimate} sums, one for each period, group and currency; at most ${most} can be computed for one question. Group by less, filter, ask for a shorter range, or for longer periods.`,
  });

export interface CellBound {
  readonly most: number;
  /** How many cells there will be, where that is known before they are counted; else 0. */
  readonly estimate: number;
}

/** Throws where so many cells are too many. */
export const checkCells = (cells: number, { most, estimate }: CellBound): void => {
  if (cells > most) throw questionTooLarge(Math.max(cells, estimate), most);
};
