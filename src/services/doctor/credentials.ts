import type { Failure } from '../../domain/failure/failure.ts';
import type { Probes } from '../../vendor/contract/contract.ts';
import type { TokenState } from '../../vendor/upstream/tokens/tokens.ts';
import type { Attempt } from './attempts.ts';
import { failuresIn } from './attempts.ts';
import { type Check, fine, wrong } from './check.ts';

const name = 'credentials';

const waitText = ({ details }: Failure): string =>
  details.retryAfterMs === undefined
    ? ''
    : ` It is not tried again for ${Math.max(1, Math.ceil(details.retryAfterMs / 60_000))} min, by no gateway on this store.`;

const renew =
  'Renew the credential at the vendor and set it in the configuration; see the variables of this vendor in .env.example.';

/** Whether the vendor accepts the credential. */
export const checkCredentials = (attempts: readonly Attempt[], token: TokenState | null): Check => {
  const failures = failuresIn(attempts);
  const rejected = failures.find(({ kind }) => kind === 'credentials-rejected');
  if (rejected !== undefined) return wrong(name, `${rejected.details.public}${waitText(rejected)}`, renew);
  if (attempts.some(({ outcome }) => outcome.kind === 'granted')) {
    const lasts = token?.expiresAt ?? null;
    return fine(name, lasts === null ? 'accepted' : `accepted; the access token lasts until ${lasts}`);
  }
  const [first] = failures;
  if (first === undefined) return wrong(name, 'not known: the provider names no call for it', renew);
  if (failures.every(({ kind }) => kind === 'permission-missing')) {
    return wrong(name, `every permission that was tried is refused. ${first.details.public}`, renew);
  }
  return wrong(
    name,
    `not known: ${first.details.public}${waitText(first)}`,
    'Mend what is in the way, and run it again.',
  );
};

/** The data centre is right where the credential is accepted there; a rejected one may belong to another. */
export const checkDataCentre = (place: NonNullable<Probes['dataCentre']>, credentials: Check): Check =>
  credentials.ok
    ? fine('data-centre', `${place.name}: the credential belongs to it`)
    : wrong('data-centre', `${place.name}: not confirmed, because the credential was not accepted there`, place.mend);
