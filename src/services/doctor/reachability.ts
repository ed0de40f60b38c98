import type { Failure } from '../../domain/failure/failure.ts';
import type { Heard } from '../../vendor/upstream/hear.ts';
import { type Check, fine, wrong } from './check.ts';

const name = 'reachability';

interface Obstacle {
  readonly codes: RegExp;
  readonly detail: string;
  readonly mend: string;
}

/** What stands in the way, by the code of the error. */
const obstacles: readonly Obstacle[] = [
  {
    codes: /^(ENOTFOUND|EAI_)/,
    detail: 'the name of its host cannot be resolved (DNS)',
    mend: 'Check the base URL, and that this machine can resolve names outside its own network.',
  },
  {
    codes: /^ECONNREFUSED$/,
    detail: 'its host refuses the connection',
    mend: 'Check the host and the port of the base URL. A firewall may refuse what leaves this machine.',
  },
  {
    codes:
      /^(ERR_TLS_|ERR_SSL_|CERT_|CRL_|SELF_SIGNED_|DEPTH_ZERO_|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_|PATH_LENGTH_|EPROTO)/,
    detail: 'no trusted connection (TLS): the certificate was not accepted',
    mend: 'A proxy that opens TLS needs its certificate in NODE_EXTRA_CA_CERTS. Otherwise check the host, and the date of this machine.',
  },
  {
    codes: /^(UND_ERR_CONNECT_TIMEOUT|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/,
    detail: 'no connection comes about: nothing answers at its address',
    mend: 'Check the network of this machine, and that its firewall lets HTTPS out to the vendor.',
  },
  {
    codes: /^(ECONNRESET|EPIPE|UND_ERR_SOCKET)$/,
    detail: 'the connection was closed before an answer was complete',
    mend: 'Try again. If it stays, something between this machine and the vendor closes connections.',
  },
];

/** A page for people where data were asked for: a sign-in page, a blocking notice, or a wrong host. */
const isPage = ({ contentType, status }: Heard): boolean => /^text\/html\b/i.test(contentType) && status < 500;

const unreachable: readonly string[] = [
  'vendor-unavailable',
  'vendor-timeout',
  'vendor-redirected',
  'vendor-malformed',
];

/** Whether the vendor answers at all, and what is in the way where it does not. */
export const checkReachability = (failures: readonly Failure[], heard: readonly Heard[]): Check => {
  const failure = failures.find(({ kind }) => unreachable.includes(kind));
  const code = failure?.details.transport;
  const obstacle = code === undefined ? undefined : obstacles.find(({ codes }) => codes.test(code));
  if (obstacle !== undefined) return wrong(name, `${obstacle.detail} (${code})`, obstacle.mend);
  const last = heard.at(-1);
  if (last !== undefined && failures.length > 0 && isPage(last)) {
    const detail = `a web page came instead of data (HTTP ${last.status}): a proxy or a sign-in page answers for the vendor`;
    return wrong(name, detail, 'Let this machine reach the vendor without that proxy, or correct the base URL.');
  }
  if (failure !== undefined) {
    const elsewhere = failure.kind === 'vendor-redirected';
    return wrong(
      name,
      failure.details.public,
      elsewhere ? 'Correct the base URL: redirects are not followed.' : 'Try again later; the vendor may be down.',
    );
  }
  if (last === undefined) {
    const why = failures[0]?.details.public ?? 'The provider names no call for it.';
    return wrong(name, `not known, because nothing was sent: ${why}`, 'Run it again when calls are possible.');
  }
  const slowest = Math.max(...heard.map(({ sentAt, receivedAt }) => receivedAt - sentAt));
  return fine(name, `answers within ${Math.round(slowest)} ms`);
};
