import { providers as registry } from '../../providers/index.ts';
import type { Provider, StartSandbox } from '../../src/vendor/contract/provider.ts';
import { toy } from '../support/toy-provider.ts';
import { hourlyAnswers, hourlyToy } from '../support/toys/hourly.ts';
import { pagedToy } from '../support/toys/paged.ts';
import { signedToy } from '../support/toys/signed.ts';

/** Vendors that nobody has heard of: adding one takes one line. */
export const toys: readonly Provider[] = [toy, signedToy, pagedToy, hourlyToy];

export const contenders: readonly Provider[] = [...registry, ...toys];

/** Recorded answers of the providers without a sandbox, from their test folders. */
export const recorded: Readonly<Record<string, StartSandbox>> = {
  [hourlyToy.id]: hourlyAnswers,
};

/** Starts what stands in for the vendor. */
export const startOf = (provider: Provider): StartSandbox => {
  const start = provider.sandbox ?? recorded[provider.id];
  if (start === undefined) throw new TypeError(`${provider.id} has neither a sandbox nor recorded answers`);
  return start;
};

/** Variants whose answers for several months have several pages. */
const inPages: Readonly<Record<string, string>> = { cloudzero: 'live-loose' };

/** Starts what stands in for the vendor, with answers in several pages where it can. */
export const startInPages = (provider: Provider): StartSandbox => {
  const start = startOf(provider);
  const variant = inPages[provider.id];
  return variant === undefined ? start : (options) => start({ ...options, variant });
};
