import type { ConfiguredConnection } from './connections.ts';
import { type Environment, isSet } from './environment.ts';
import { gatewayVariables } from './variables.ts';

interface Described {
  readonly sandbox: boolean;
  readonly connections: readonly ConfiguredConnection[];
}

/** The settings of the process by name. A secret shows only that it is set. */
export const describeConfig = (environment: Environment, config: Described): Readonly<Record<string, string>> => {
  const lines: [string, string][] = gatewayVariables.flatMap(({ name, secret, fallbackText }) => {
    if (secret) return isSet(environment, name, true) ? [[name, '[secret]']] : [];
    const text = environment[name] ?? fallbackText;
    return text === null ? [] : [[name, text]];
  });
  lines.push(['sandbox', config.sandbox ? 'on' : 'off']);
  for (const { id, provider, shown } of config.connections) {
    lines.push([`connection ${id}`, provider.id]);
    for (const [setting, value] of Object.entries(shown)) lines.push([`connection ${id} ${setting}`, value]);
  }
  return Object.fromEntries(lines);
};
