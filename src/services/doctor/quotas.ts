import type { QuotaState } from '../../vendor/quota/ledger.ts';
import { type Check, fine, wrong } from './check.ts';

const name = 'quota';

const lineOf = ({ name: quota, operation, left, limit, window }: QuotaState): string =>
  `${left} of ${limit} left of ${quota}${operation === undefined ? '' : ` for ${operation}`} (${window})`;

/** What is left of the quotas, over all gateways that share the store. Nothing is spent for it. */
export const checkQuotas = (quotas: readonly QuotaState[]): Check => {
  const spent = quotas.filter(({ left }) => left === 0);
  if (spent.length > 0) {
    const until = spent.map((quota) => `${lineOf(quota)}, more at ${quota.resetsAt}`).join('; ');
    return wrong(name, until, 'Wait until then. Stored data are served meanwhile; fewer sets of dimensions cost less.');
  }
  const scarcest = [...quotas].sort((one, other) => one.left * other.limit - other.left * one.limit)[0];
  return fine(name, scarcest === undefined ? 'the vendor states none' : lineOf(scarcest));
};
