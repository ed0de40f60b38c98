import { channel } from 'node:diagnostics_channel';
import { z } from 'zod';

/** An answer that a simulated vendor gave by itself, with the request that it answers. */
export const sandboxAnswerSchema = z.object({
  provider: z.string(),
  /** Which of the vendor's dialects the sandbox speaks; null where there is one. */
  dialect: z.string().nullable(),
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

/** `describe` runs only where somebody listens. */
export const publishAnswer = (describe: () => SandboxAnswer): void => {
  if (answers.hasSubscribers) answers.publish(describe());
};
