import { channel } from 'node:diagnostics_channel';
import { z } from 'zod';

/** An answer that a simulated vendor gave by itself, with the request that it answers. */
export const sandboxAnswerSchema = z.object({
  provider: z.string(),
  /** Which of the vendor's dialects the sandbox speaks; null where there is one. */
  dialect: z.string().nullable(),
  /** How the sandbox was told to behave; null where it was told nothing. */
  variant: z.string().nullable(),
  request: z.object({
    method: z.string(),
    path: z.string(),
    query: z.array(z.tuple([z.string(), z.string()]).readonly()).readonly(),
    contentType: z.string().nullable(),
    body: z.string(),
  }),
  status: z.int(),
  contentType: z.string(),
  body: z.string(),
});
export type SandboxAnswer = z.output<typeof sandboxAnswerSchema>;

/** For whoever checks what sandboxes answer. An answer that a fault replaced is not published. */
export const sandboxAnswerChannel = 'cost-gateway:sandbox-answer';
const answers = channel(sandboxAnswerChannel);

export interface SimulatedVendor {
  readonly provider: string;
  readonly dialect?: string | null;
  readonly variant?: string | null | undefined;
}

/** `describe` runs only where somebody listens. */
export const publishAnswer = (
  { provider, dialect = null, variant = null }: SimulatedVendor,
  describe: () => Omit<SandboxAnswer, 'provider' | 'dialect' | 'variant'>,
): void => {
  if (!answers.hasSubscribers) return;
  const answer: SandboxAnswer = { provider, dialect, variant, ...describe() };
  answers.publish(answer);
};
