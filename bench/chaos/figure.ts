/** A promise and the measured value. */
export interface Figure {
  readonly name: string;
  readonly found: number;
  readonly most?: number;
  readonly least?: number;
  /** True for a ratio of times, which is unreliable on a shared machine. */
  readonly timing?: boolean;
}

export const isMet = ({ found, most, least }: Figure): boolean =>
  found <= (most ?? Number.POSITIVE_INFINITY) && found >= (least ?? Number.NEGATIVE_INFINITY);

const goalOf = ({ most, least }: Figure): string => (most === undefined ? `>= ${least}` : `<= ${most}`);

export const tableOf = (figures: readonly Figure[]): string => {
  const rows = [
    ['figure', 'found', 'goal', 'met'],
    ...figures.map((figure) => [
      figure.name,
      String(Number(figure.found.toFixed(3))),
      goalOf(figure),
      isMet(figure) ? 'yes' : 'NO',
    ]),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};
