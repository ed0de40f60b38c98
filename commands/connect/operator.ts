import { createHash } from 'node:crypto';
import type { Clock } from '../../src/domain/clock.ts';
import { Secret } from '../../src/domain/secret.ts';
import type { Operator } from '../../src/vendor/contract/connecting.ts';
import { openBareCalls } from '../../src/vendor/upstream/bare-calls.ts';
import type { Answers } from './answers.ts';
import { type Loopback, listenOnLoopback } from './loopback.ts';

export interface OperatorOptions {
  readonly provider: string;
  readonly clock: Clock;
  readonly userAgent: string;
  readonly answers: Answers;
  readonly tell: (sentence: string) => void;
  readonly visit: (url: string) => void;
  /** Ends whatever is waited for. */
  readonly signal: AbortSignal;
}

export interface OpenOperator extends Operator {
  close(): Promise<void>;
}

const verifierBytes = 48;

export const openOperator = (options: OperatorOptions): OpenOperator => {
  const { clock, answers, signal, tell, visit } = options;
  const calls = openBareCalls(options.provider, options.userAgent, clock);
  const listening: Loopback[] = [];
  return {
    text: answers.text,
    secret: answers.secret,
    tell,
    visit,
    awaitReturn: async (uri, { stateless = false } = {}) => {
      const onStranger = () => tell('A browser came back that does not belong to this run; it was refused.');
      const loopback = await listenOnLoopback({ clock, uri, stateless, onStranger });
      listening.push(loopback);
      return loopback;
    },
    send: (baseUrl, request) => calls.send(baseUrl, request, signal),
    proof: () => {
      const verifier = clock.bytes(verifierBytes).toString('base64url');
      const challenge = createHash('sha256').update(verifier).digest('base64url');
      return { verifier: new Secret(verifier), challenge };
    },
    elapsed: () => clock.monotonic(),
    sleep: (milliseconds) => clock.sleep(milliseconds, signal),
    close: async () => {
      for (const loopback of listening) loopback.close();
      await calls.close();
    },
  };
};
