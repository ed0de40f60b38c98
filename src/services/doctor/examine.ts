import type { Clock } from '../../domain/clock.ts';
import type { Connection } from '../../vendor/connection.ts';
import type { UpstreamEvent } from '../../vendor/upstream/call/events.ts';
import type { Heard } from '../../vendor/upstream/hear.ts';
import { failuresIn, tryPermissions } from './attempts.ts';
import { type Check, fine } from './check.ts';
import { checkClock } from './clock-check.ts';
import { checkCredentials, checkDataCentre } from './credentials.ts';
import { checkPermission } from './permissions.ts';
import { checkQuotas } from './quotas.ts';
import { checkReachability } from './reachability.ts';

export interface Examination {
  readonly connection: string;
  readonly provider: string;
  readonly ok: boolean;
  readonly checks: readonly Check[];
}

/** What was observed of a connection while it was examined. */
export interface Observed {
  readonly heard: readonly Heard[];
  readonly events: readonly UpstreamEvent[];
}

const times = (count: number, thing: string): string =>
  `${count === 0 ? 'no' : count} ${thing}${count === 1 ? '' : 's'}`;

/** How often the vendor was asked, so that nobody has to trust that it was seldom. */
const countCalls = ({ connector }: Connection, { events }: Observed): Check => {
  const { credentials } = connector;
  const minting = credentials.kind === 'token' ? credentials.mint().operation : null;
  const called = events.flatMap((event) => (event.kind === 'call' ? [event.operation] : []));
  const tokens = called.filter((operation) => operation === minting).length;
  return fine('calls', `${times(called.length - tokens, 'call')} to the vendor and ${times(tokens, 'token request')}`);
};

/** Examines one connection with the least calls. `store` is the check of the store, which all connections share. */
export const examine = async (
  connection: Connection,
  observed: Observed,
  store: Check,
  clock: Clock,
): Promise<Examination> => {
  const attempts = await tryPermissions(connection, clock);
  const failures = failuresIn(attempts);
  const { token, quotas } = await connection.upstream.state();
  const credentials = checkCredentials(attempts, token);
  const place = connection.connector.probes?.dataCentre;
  const checks = [
    checkReachability(failures, observed.heard),
    checkClock(observed.heard),
    credentials,
    ...(place === undefined ? [] : [checkDataCentre(place, credentials)]),
    ...attempts.map(checkPermission),
    checkQuotas(quotas),
    store,
    countCalls(connection, observed),
  ];
  return { connection: connection.id, provider: connection.provider, ok: checks.every(({ ok }) => ok), checks };
};
