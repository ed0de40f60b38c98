import type { Clock } from '../../domain/clock.ts';
import { asFailure, type Failure, type FailureKind } from '../../domain/failure/failure.ts';
import type { Connection } from '../../vendor/connection.ts';
import type { PermissionProbe } from '../../vendor/contract/contract.ts';

/** What came of trying one permission. */
export interface Attempt {
  readonly probe: PermissionProbe;
  readonly outcome:
    | { readonly kind: 'granted' }
    | { readonly kind: 'untried'; readonly because: string }
    | { readonly kind: 'failed'; readonly failure: Failure }
    /** The vendor could not be asked any more. */
    | { readonly kind: 'skipped' };
}

const examinationMsMax = 60_000;

/** What concerns one permission; after any other failure the rest would fail in the same way, and is not tried. */
const ofOnePermission: readonly FailureKind[] = [
  'permission-missing',
  'quota-exhausted',
  'vendor-rejected',
  'vendor-not-found',
  'vendor-too-large',
];
const stopsAll = ({ kind, details }: Failure): boolean =>
  !ofOnePermission.includes(kind) && !(kind === 'vendor-throttled' && details.pauses === 'operation');

/** Where a provider has no probes, its cheapest call stands for all it may do. */
const probesOf = ({ connector }: Connection): readonly PermissionProbe[] => {
  const { probes, check } = connector;
  if (probes !== undefined) return probes.permissions();
  if (check === undefined) return [];
  const attempt: PermissionProbe['attempt'] = async (session) => {
    await check(session);
    return null;
  };
  return [{ permission: 'access', neededFor: 'everything', mend: 'Check what the credential may do.', attempt }];
};

/** Tries every permission once, one after the other. */
export const tryPermissions = async (connection: Connection, clock: Clock): Promise<Attempt[]> => {
  const session = connection.session({ purpose: 'refresh', deadline: clock.monotonic() + examinationMsMax });
  const attempts: Attempt[] = [];
  let stopped = false;
  for (const probe of probesOf(connection)) {
    if (probe.attempt === undefined) {
      const because = 'only a change at the vendor would show it';
      attempts.push({ probe, outcome: { kind: 'untried', because } });
      continue;
    }
    if (stopped) {
      attempts.push({ probe, outcome: { kind: 'skipped' } });
      continue;
    }
    try {
      const because = await probe.attempt(session);
      attempts.push({ probe, outcome: because === null ? { kind: 'granted' } : { kind: 'untried', because } });
    } catch (thrown) {
      const failure = asFailure(thrown);
      stopped = stopsAll(failure);
      attempts.push({ probe, outcome: { kind: 'failed', failure } });
    }
  }
  return attempts;
};

export const failuresIn = (attempts: readonly Attempt[]): Failure[] =>
  attempts.flatMap(({ outcome }) => (outcome.kind === 'failed' ? [outcome.failure] : []));
