import type { Provider } from '../vendor/contract/provider.ts';
import { type Environment, fileNameOf } from './environment.ts';
import type { ConfigFault } from './faults.ts';
import { gatewayVariables } from './variables.ts';

const namesOf = (name: string, secret: boolean): string[] => (secret ? [name, fileNameOf(name)] : [name]);

const providerNames = (provider: Provider): string[] =>
  provider.settings.flatMap((setting) =>
    setting.environment === null ? [] : namesOf(setting.environment, setting.secret),
  );

/** All variables that the gateway or a provider reads. */
export const knownNames = (providers: readonly Provider[]): ReadonlySet<string> =>
  new Set([
    ...gatewayVariables.flatMap((variable) => namesOf(variable.name, variable.secret)),
    ...providers.flatMap(providerNames),
  ]);

/** Kubernetes sets these variables for a service, which may be named like a vendor. */
const serviceLink = /_(SERVICE_(HOST|PORT(_[A-Z0-9_]+)?)|PORT(_\d+_(TCP|UDP)(_(PROTO|PORT|ADDR))?)?)$/;

/** Edit distance, with swaps of neighbouring letters as one edit. */
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

const nearest = (name: string, known: Iterable<string>, distanceMax: number): string | null => {
  let best: { readonly name: string; readonly distance: number } | null = null;
  for (const candidate of known) {
    if (Math.abs(candidate.length - name.length) > distanceMax) continue;
    const edits = distance(name, candidate);
    if (edits <= distanceMax && edits < (best?.distance ?? Number.POSITIVE_INFINITY))
      best = { name: candidate, distance: edits };
  }
  return best?.name ?? null;
};

/** Unknown names with the prefix of a provider are faults. */
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
      const suggestion = nearest(name, own, 3);
      const hint = suggestion === null ? '' : `did you mean ${suggestion}? `;
      return [{ name, message: `is not a known variable; ${hint}known are ${own.join(', ')}` }];
    })
    .sort((left, right) => (left.name < right.name ? -1 : 1));
};

/** Shorter names are too often similar by chance. */
const nearMissLengthMin = 6;

/** Warnings for names that are similar to known ones. They may belong to other software, so they are no faults. */
export const nearMisses = (environment: Environment, providers: readonly Provider[]): ConfigFault[] => {
  const known = knownNames(providers);
  const candidates = [...known].filter((name) => name.length >= nearMissLengthMin);
  const refused = new Set(unknownNames(environment, providers).map((fault) => fault.name));
  return Object.keys(environment)
    .filter((name) => environment[name] !== undefined && !known.has(name) && !refused.has(name))
    .flatMap((name) => {
      const suggestion = nearest(name, candidates, name.length > 9 ? 2 : 1);
      return suggestion === null ? [] : [{ name, message: `is not a known variable; did you mean ${suggestion}?` }];
    })
    .sort((left, right) => (left.name < right.name ? -1 : 1));
};
