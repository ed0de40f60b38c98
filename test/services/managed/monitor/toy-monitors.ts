import { Failure } from '../../../../src/domain/failure/failure.ts';
import type { Monitor, MonitorInput } from '../../../../src/domain/nouns.ts';
import { canonicalJson } from '../../../../src/services/writes/fingerprint.ts';
import type { MonitorSource } from '../../../../src/vendor/contract/contract.ts';

type Act = 'create' | 'replace' | 'remove';

const wanted = ({ name, description, filters, groupBy, sensitivity, minImpact }: MonitorInput): string =>
  canonicalJson({ name, description, filters, groupBy, sensitivity, minImpact });

/** A vendor of monitors inside the process; it counts what it is sent. */
export class ToyMonitors {
  readonly monitors = new Map<string, Monitor>();
  readonly sends: Act[] = [];
  /** Set: everything it is sent, or asked, is refused with it. */
  failure: Failure | null = null;
  /** Carries a write out and lets the connection break off before it says so. */
  breaksOff = false;
  cannotHold: (input: MonitorInput) => string | null = () => null;
  #made = 0;

  readonly #carryOut = <Result>(act: Act, apply: () => Result): Result => {
    this.sends.push(act);
    if (this.failure !== null) throw this.failure;
    const result = apply();
    if (this.breaksOff) throw new Failure('vendor-unavailable', { public: 'The connection broke off.' });
    return result;
  };

  readonly #put = (nativeId: string, input: MonitorInput): Monitor => {
    const monitor = { ...input, nativeId, createdAt: '2026-11-01T00:00:00Z', updatedAt: null };
    this.monitors.set(nativeId, monitor);
    return monitor;
  };

  source(acts: readonly Act[] = ['create', 'replace', 'remove']): MonitorSource {
    const all = {
      create: {
        deduplicates: false,
        send: async (_session: unknown, { input }: { readonly input: MonitorInput }) =>
          this.#carryOut('create', () => {
            this.#made += 1;
            return this.#put(`m-${this.#made}`, input);
          }),
      },
      replace: {
        deduplicates: false,
        send: async (_session: unknown, subject: { readonly nativeId: string; readonly input: MonitorInput }) =>
          this.#carryOut('replace', () => this.#put(subject.nativeId, subject.input)),
      },
      remove: {
        deduplicates: false,
        send: async (_session: unknown, { nativeId }: { readonly nativeId: string }) =>
          this.#carryOut('remove', () => {
            if (!this.monitors.delete(nativeId)) throw new Failure('vendor-not-found', { public: 'No such monitor.' });
            return null;
          }),
      },
    };
    return {
      list: async () => {
        if (this.failure !== null) throw this.failure;
        return { items: [...this.monitors.values()], notes: [], faults: [] };
      },
      writes: {
        cannotHold: (input) => this.cannotHold(input),
        matches: (monitor, input) => wanted(monitor) === wanted(input),
        ...(acts.includes('create') ? { create: all.create } : {}),
        ...(acts.includes('replace') ? { replace: all.replace } : {}),
        ...(acts.includes('remove') ? { remove: all.remove } : {}),
      },
    };
  }
}
