import type { Clock } from '../../domain/clock.ts';
import { asFailure, Failure, type FailureKind } from '../../domain/failure/failure.ts';
import type { Policy, VendorCall } from './call/call.ts';
import type { CircuitState, Observe } from './call/events.ts';
import { type Circuit, createCircuit, type Verdict } from './circuit.ts';

const failedKinds: readonly FailureKind[] = [
  'vendor-unavailable',
  'vendor-timeout',
  'vendor-malformed',
  'vendor-too-large',
];
/** The vendor answered, even if it refused the request. */
const answeredKinds: readonly FailureKind[] = [
  'vendor-rejected',
  'vendor-not-found',
  'vendor-redirected',
  'vendor-incomplete',
  'credentials-rejected',
  'permission-missing',
];

export interface Breaker {
  readonly policy: Policy;
  /** The worst of all origins. */
  state(): CircuitState;
  reset(): void;
}

/** Stops calls to an origin that keeps failing; one probe at a time finds out whether it works again. */
export const createBreaker = (clock: Clock, observe: Observe): Breaker => {
  const circuits = new Map<string, Circuit>();
  const circuitFor = (origin: string): Circuit => {
    const known = circuits.get(origin);
    if (known !== undefined) return known;
    const circuit = createCircuit(clock, (state) => observe({ kind: 'circuit', origin, state }));
    circuits.set(origin, circuit);
    return circuit;
  };

  const verdictOn = (failure: Failure, call: VendorCall, probing: boolean): Verdict => {
    if (failure.details.source === 'token-endpoint') return 'unknown';
    if (failedKinds.includes(failure.kind)) return 'failed';
    if (answeredKinds.includes(failure.kind)) return 'answered';
    // A probe that hangs until its deadline has failed; one that its caller cancelled before says nothing.
    const hung = probing && failure.kind === 'deadline-exceeded' && clock.monotonic() >= call.deadline;
    return hung ? 'failed' : 'unknown';
  };

  const policy: Policy = (next) => async (call) => {
    const circuit = circuitFor(call.request.origin ?? 'api');
    const admission = circuit.admit();
    if (!admission.admitted) {
      throw new Failure('circuit-open', {
        public: 'The vendor has failed repeatedly; no requests are sent to it for a while.',
        retryAfterMs: admission.waitMs,
      });
    }
    try {
      const reply = await next(call);
      admission.settle('answered');
      return reply;
    } catch (thrown) {
      admission.settle(verdictOn(asFailure(thrown), call, admission.probing));
      throw thrown;
    }
  };

  return {
    policy,
    state: () => {
      const states = [...circuits.values()].map((circuit) => circuit.state());
      if (states.includes('open')) return 'open';
      return states.includes('half-open') ? 'half-open' : 'closed';
    },
    reset: () => {
      for (const circuit of circuits.values()) circuit.reset();
    },
  };
};
