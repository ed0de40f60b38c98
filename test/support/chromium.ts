import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { z } from 'zod';

/** A real Chromium without a window, driven over its own protocol. */
export interface Chromium {
  /** Opens a page. */
  open(url: string): Promise<Page>;
  close(): Promise<void>;
}

export interface Page {
  /** The value of an expression in the page. */
  evaluate(expression: string): Promise<unknown>;
  /** Resolves once the expression is true, whatever page the tab shows by then. */
  until(expression: string): Promise<void>;
}

const program = 'chromium';
const found = spawnSync(program, ['--version']).status === 0;
/** Null where one can be started. In CI its absence is a fault, not a reason to skip. */
export const chromiumAbsence = found || process.env.CI !== undefined ? null : 'no chromium on this machine';

const messageSchema = z.object({ id: z.number().optional(), result: z.unknown().optional() });
const targetSchema = z.object({ targetId: z.string() });
const sessionSchema = z.object({ sessionId: z.string() });
const evaluatedSchema = z.object({ result: z.object({ value: z.unknown() }) });
const triesMax = 400;

export const startChromium = async (): Promise<Chromium> => {
  const profile = await mkdtemp(join(tmpdir(), 'chromium-'));
  const child = spawn(
    program,
    [
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--remote-debugging-pipe',
      `--user-data-dir=${profile}`,
      'about:blank',
    ],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] },
  );
  const ended = once(child, 'exit');
  // It ends by itself when these two are closed, so a test process that is killed leaves none behind.
  const [, , , commands, answers] = child.stdio;
  if (!(commands instanceof Writable) || !(answers instanceof Readable)) throw new TypeError('chromium has no pipes');
  const waiting = new Map<number, (message: z.output<typeof messageSchema>) => void>();
  let rest = '';
  answers.on('data', (chunk) => {
    const messages = `${rest}${String(chunk)}`.split('\0');
    rest = messages.pop() ?? '';
    for (const text of messages) {
      const message = messageSchema.parse(JSON.parse(text));
      if (message.id !== undefined) waiting.get(message.id)?.(message);
    }
  });
  let sent = 0;
  const send = (method: string, parameters: object, sessionId?: string): Promise<unknown> =>
    new Promise((resolve) => {
      sent += 1;
      waiting.set(sent, ({ result }) => resolve(result));
      const message = { id: sent, method, params: parameters, ...(sessionId === undefined ? {} : { sessionId }) };
      commands.write(`${JSON.stringify(message)}\0`);
    });

  return {
    open: async (url) => {
      const { targetId } = targetSchema.parse(await send('Target.createTarget', { url }));
      const { sessionId } = sessionSchema.parse(await send('Target.attachToTarget', { targetId, flatten: true }));
      const evaluate = async (expression: string): Promise<unknown> => {
        const answer = await send('Runtime.evaluate', { expression, returnByValue: true }, sessionId);
        // A page that is just being left has no answer.
        const parsed = evaluatedSchema.safeParse(answer);
        return parsed.success ? parsed.data.result.value : undefined;
      };
      return {
        evaluate,
        until: async (expression) => {
          for (let attempt = 0; attempt < triesMax; attempt += 1) {
            if ((await evaluate(expression)) === true) return;
            await new Promise((resolve) => setTimeout(resolve, 25));
          }
          throw new TypeError(`the page never showed: ${expression}`);
        },
      };
    },
    close: async () => {
      child.kill('SIGKILL');
      await ended;
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
};
