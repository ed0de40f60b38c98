import { z } from 'zod';
import type { SandboxFault, SandboxFaults } from '../contract/sandbox.ts';

const faultSchema = z.strictObject({
  path: z.string().startsWith('/').optional(),
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).optional(),
  times: z.int().min(1).optional(),
  kind: z.enum([
    'status',
    'latency',
    'hang',
    'cut',
    'garbage',
    'empty',
    'throttle',
    'invalidate-tokens',
    'body',
    'reset',
  ]),
  status: z.int().min(200).max(599).optional(),
  milliseconds: z.int().min(0).max(600_000).optional(),
  retryAfter: z.string().optional(),
  body: z.string().optional(),
  contentType: z.string().optional(),
});
/** The body of `PUT /_sandbox/faults`: the whole list, which replaces the previous one; `[]` removes all faults. */
export const faultListSchema = z.strictObject({ faults: z.array(faultSchema).max(100) });

export class FaultBoard implements SandboxFaults {
  #active: { readonly fault: SandboxFault; left: number }[] = [];

  set(faults: readonly SandboxFault[]): void {
    this.#active = faults.map((fault) => ({ fault, left: fault.times ?? Number.POSITIVE_INFINITY }));
  }
  clear(): void {
    this.#active = [];
  }
  list(): SandboxFault[] {
    return this.#active.filter((entry) => entry.left > 0).map((entry) => entry.fault);
  }
  /** The faults for this request: every latency, and the first of the other kinds. */
  take(method: string, path: string): SandboxFault[] {
    const taken: SandboxFault[] = [];
    for (const entry of this.#active) {
      const { fault } = entry;
      const matches =
        entry.left > 0 &&
        (fault.method === undefined || fault.method === method) &&
        (fault.path === undefined || path.startsWith(fault.path));
      if (!matches || (fault.kind !== 'latency' && taken.some((other) => other.kind !== 'latency'))) continue;
      entry.left -= 1;
      taken.push(fault);
    }
    return taken;
  }
}
