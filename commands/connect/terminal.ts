import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/** Asks a person. */
export interface Terminal {
  /** The line that was typed; a hidden one is not shown. Rejects when the person ends the input. */
  ask(prompt: string, hidden: boolean): Promise<string>;
}

export class InputEnded extends Error {}

export const openTerminal = (input: NodeJS.ReadableStream, output: NodeJS.WritableStream): Terminal => ({
  ask: async (prompt, hidden) => {
    const echo = new Writable({
      write: (chunk, _encoding, done) => {
        if (!hidden) output.write(chunk);
        done();
      },
    });
    if (hidden) output.write(prompt);
    const lines = createInterface({ input, output: echo, terminal: true, historySize: 0 });
    try {
      return await new Promise<string>((resolve, reject) => {
        lines.once('close', () => reject(new InputEnded('the input has ended')));
        lines.once('SIGINT', () => reject(new InputEnded('interrupted')));
        lines.question(hidden ? '' : prompt).then(resolve, reject);
      });
    } finally {
      lines.close();
      if (hidden) output.write('\n');
    }
  },
});
