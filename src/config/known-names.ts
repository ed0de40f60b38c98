import type { Provider } from '../vendor/contract/provider.ts';
import { type Environment, fileNameOf } from './environment.ts';
import type { ConfigFault } from './faults.ts';
import { gatewayVariables } from './variables.ts';

const namesOf = (name: string, secret: boolean): string[] => (secret ? [name, fileNameOf(name)] : [name]);

const providerNames = (provider: Provider): string[] =>
  provider.settings.flatMap((setting) =>
    setting.environment === null ? [] : namesOf(setting.environment, setting.secret),
  );

/** Every name that means something here. */
export const knownNames = (providers: readonly Provider[]): ReadonlySet<string> =>
  new Set([
    ...gatewayVariables.flatMap((variable) => namesOf(variable.name, variable.secret)),
    ...providers.flatMap(providerNames),
  ]);

/** What Kubernetes sets in every container for a service that happens to be named like a vendor. */
const serviceLink = /_(SERVICE_(HOST|PORT(_[A-Z0-9_]+)?)|PORT(_\d+_(TCP|UDP)(_(PROTO|PORT|ADDR))?)?)$/;

/** The least number of single-letter changes, swaps of neighbours included. */
const distance = (left: string, right: string): number => {
  let before: number[] = [];
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const same = left[row - 1] === right[column - 1];
      const swapped = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      current[column] = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (before[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    before = previous;
    previous = current;
  }
  return previous[right.length] ?? 0;
};

const nearest = (name: string, known: Iterable<string>, farthest: number): string | null => {
  let best: { readonly name: string; readonly far: number } | null = null;
  for (const candidate of known) {
    if (Math.abs(candidate.length - name.length) > farthest) continue;
    const far = distance(name, candidate);
    if (far <= farthest && far < (best?.far ?? Number.POSITIVE_INFINITY)) best = { name: candidate, far };
  }
  return best?.name ?? null;
};

/** A name under a vendor's prefix is meant for us, so an unknown one is a fault. */
export const unknownNames = (environment: Environment, providers: readonly Provider[]): ConfigFault[] => {
  const known = knownNames(providers);
  const byPrefix = new Map<string, string[]>();
  for (const name of providers.flatMap(providerNames)) {
    const prefix = `${name.split('_')[0]}_`;
    byPrefix.set(prefix, [...(byPrefix.get(prefix) ?? []), name]);
  }
  return Object.keys(environment)
    .filter((name) => environment[name] !== undefined && !known.has(name) && !serviceLink.test(name))
    .flatMap((name) => {
      const own = byPrefix.get(`${name.split('_')[0]}_`);
      if (own === undefined) return [];
      const meant = nearest(name, own, 3);
      const hint = meant === null ? '' : `did you mean ${meant}? `;
      return [{ name, message: `is not a known variable; ${hint}known are ${own.join(', ')}` }];
    })
    .sort((left, right) => (left.name < right.name ? -1 : 1));
};

/** Shorter names have too many innocent neighbours. */
const nearMissLengthMin = 6;

/** Names that are one slip away from ours. They may be somebody else's, so this is only worth a warning. */
export const nearMisses = (environment: Environment, providers: readonly Provider[]): ConfigFault[] => {
  const known = knownNames(providers);
  const candidates = [...known].filter((name) => name.length >= nearMissLengthMin);
  const refused = new Set(unknownNames(environment, providers).map((fault) => fault.name));
  return Object.keys(environment)
    .filter((name) => environment[name] !== undefined && !known.has(name) && !refused.has(name))
    .flatMap((name) => {
      const meant = nearest(name, candidates, name.length > 9 ? 2 : 1);
      return meant === null ? [] : [{ name, message: `is not a known variable; did you mean ${meant}?` }];
    })
    .sort((left, right) => (left.name < right.name ? -1 : 1));
};
