/** Prints progress: one line that is rewritten on a terminal, and lines of their own elsewhere. */
export interface ProgressLine {
  show(text: string): void;
  /** Ends the rewritten line. */
  end(): void;
}

const clearLine = '\r\u001b[2K';

export const openProgressLine = (output: NodeJS.WriteStream): ProgressLine => {
  let last = '';
  return {
    show: (text) => {
      if (text === last) return;
      last = text;
      output.write(output.isTTY ? `${clearLine}${text.slice(0, (output.columns ?? 80) - 1)}` : `${text}\n`);
    },
    end: () => {
      if (output.isTTY && last !== '') output.write('\n');
    },
  };
};

const barWidth = 24;

export const barOf = (share: number): string => {
  const filled = Math.round(Math.min(1, Math.max(0, share)) * barWidth);
  return `[${'#'.repeat(filled)}${'.'.repeat(barWidth - filled)}]`;
};
