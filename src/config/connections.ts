import type { Connector } from '../vendor/contract/contract.ts';
import type { ConnectResult, Provider, SettingDescription } from '../vendor/contract/provider.ts';
import type { StatedConnection } from './connections-file.ts';
import { type Files, isSet, readFile, readVariable, type Sources } from './environment.ts';
import type { ConfigFault } from './faults.ts';
import { type Plain, shownKey } from './plain-yaml.ts';

/** A connection with valid settings. Only the connector contains the credentials. */
export interface ConfiguredConnection {
  readonly id: string;
  readonly provider: Provider;
  readonly connector: Connector;
  /** Its settings for the log, without secrets. */
  readonly shown: Readonly<Record<string, string>>;
}

/** Settings that the provider has not checked yet. */
export interface Candidate {
  readonly id: string;
  readonly provider: Provider;
  readonly settings: ReadonlyMap<string, Plain>;
  /** Settings that are set but could not be read. Already reported, so they are not reported as missing. */
  readonly unreadable: ReadonlySet<string>;
  readonly nameOf: (setting: string) => string;
  readonly faults: readonly ConfigFault[];
}

export const secretFieldFile = (name: string): string => `${name}File`;

export const hasCredential = ({ environment }: Sources, provider: Provider): boolean =>
  provider.settings.some((one) => one.secret && one.environment !== null && isSet(environment, one.environment, true));

/** One connection per provider, with the id of the provider. */
export const fromEnvironment = (sources: Sources, provider: Provider): Candidate => {
  const settings = new Map<string, Plain>();
  const unreadable = new Set<string>();
  const faults: ConfigFault[] = [];
  for (const { name, environment, secret } of provider.settings) {
    if (environment === null) continue;
    const reading = readVariable(sources, environment, secret);
    faults.push(...reading.faults);
    if (reading.faults.length > 0) unreadable.add(name);
    if (reading.text !== null) settings.set(name, reading.text);
  }
  const nameOf = (setting: string) => {
    if (setting === '') return `connection ${provider.id}`;
    const [first] = setting.split('.');
    const variable = provider.settings.find((one) => one.name === first)?.environment;
    return variable ?? `CONNECTIONS_FILE (setting ${setting} of ${provider.id})`;
  };
  return { id: provider.id, provider, settings, unreadable, nameOf, faults };
};

const isFileReference = (value: Plain): value is { readonly file: string } =>
  typeof value === 'object' && 'file' in value && typeof value.file === 'string' && Object.keys(value).length === 1;

const secretText = (
  files: Files,
  stated: StatedConnection,
  name: string,
): { text: Plain | null; fault?: ConfigFault } => {
  const fileField = secretFieldFile(name);
  const direct = Object.hasOwn(stated.fields, name) ? stated.fields[name] : undefined;
  const path = Object.hasOwn(stated.fields, fileField) ? stated.fields[fileField] : undefined;
  const refuse = (field: string, message: string) => ({ text: null, fault: { name: stated.at(field), message } });
  if (direct !== undefined && path !== undefined) {
    return refuse(name, `and ${fileField} are both there; keep one of them`);
  }
  const read = (field: string, from: string) => {
    const { text, faults } = readFile(files, from, stated.at(field));
    return { text, ...(faults[0] === undefined ? {} : { fault: faults[0] }) };
  };
  if (path !== undefined) return typeof path === 'string' ? read(fileField, path) : refuse(fileField, 'must be a path');
  if (direct === undefined) return { text: null };
  if (isFileReference(direct)) return read(name, direct.file);
  return typeof direct === 'string' ? { text: direct } : refuse(name, 'must be a text, or a map with file alone');
};

const isBlankText = (value: Plain | null | undefined): boolean => typeof value === 'string' && value.trim() === '';

export const fromFile = (files: Files, stated: StatedConnection): Candidate => {
  const settings = new Map<string, Plain>();
  const unreadable = new Set<string>();
  const faults: ConfigFault[] = [];
  const legal = ['id', 'provider'];
  for (const { name, secret } of stated.provider.settings) {
    legal.push(name, ...(secret ? [secretFieldFile(name)] : []));
    const direct = Object.hasOwn(stated.fields, name) ? (stated.fields[name] ?? null) : null;
    const { text, fault } = secret ? secretText(files, stated, name) : { text: direct };
    if (fault !== undefined) {
      unreadable.add(name);
      faults.push(fault);
    } else if (isBlankText(text)) {
      unreadable.add(name);
      faults.push({ name: stated.at(name), message: 'is empty; leave it out or give a value' });
    } else if (text !== null) settings.set(name, text);
  }
  for (const field of Object.keys(stated.fields).filter((one) => !legal.includes(one))) {
    const message = `is not a setting of ${stated.provider.id}; known are ${legal.join(', ')}`;
    faults.push({ name: stated.at(shownKey(field)), message });
  }
  return { id: stated.id, provider: stated.provider, settings, unreadable, nameOf: stated.at, faults };
};

/** Shorter texts occur in messages by chance, and are not credentials. */
const secretLengthMin = 6;

/** Replaces a provider's message that contains a secret. */
const withoutSecrets = (message: string, secrets: readonly string[]): string =>
  secrets.map((secret) => secret.trim()).some((secret) => secret.length >= secretLengthMin && message.includes(secret))
    ? 'is not valid'
    : message;

export const secretsOf = (candidate: Candidate): string[] =>
  candidate.provider.settings.flatMap((setting) => {
    const value = setting.secret ? candidate.settings.get(setting.name) : undefined;
    return typeof value === 'string' ? [value] : [];
  });

const tryConnect = (candidate: Candidate): ConnectResult => {
  try {
    return candidate.provider.connect(Object.fromEntries(candidate.settings));
  } catch {
    return { ok: false, faults: [{ setting: '', message: 'cannot be built from these settings' }] };
  }
};

const shownSettings = ({ provider, settings }: Candidate): Record<string, string> =>
  Object.fromEntries(
    provider.settings.flatMap(({ name, secret }) => {
      const value = settings.get(name);
      if (value === undefined) return [];
      return [[name, secret ? '[secret]' : typeof value === 'string' ? value : '[set]']];
    }),
  );

const missingFault = (candidate: Candidate, setting: SettingDescription): ConfigFault => ({
  name: candidate.nameOf(setting.name),
  message: `is required for ${candidate.id}: ${setting.description}`,
});

/** Faults of the settings that are set. Missing settings are reported elsewhere. */
export const valueFaults = (candidate: Candidate, result: ConnectResult = tryConnect(candidate)): ConfigFault[] => {
  if (result.ok) return [];
  return result.faults
    .filter(({ setting }) => setting === '' || candidate.settings.has(setting.split('.')[0] ?? ''))
    .map(({ setting, message }) => ({
      name: candidate.nameOf(setting),
      message: withoutSecrets(message, secretsOf(candidate)),
    }));
};

export type Connected =
  | { readonly ok: true; readonly connection: ConfiguredConnection }
  | { readonly ok: false; readonly faults: readonly ConfigFault[] };

export const connectCandidate = (candidate: Candidate): Connected => {
  const missing = candidate.provider.settings
    .filter(({ name, required }) => required && !candidate.settings.has(name) && !candidate.unreadable.has(name))
    .map((setting) => missingFault(candidate, setting));
  const result = tryConnect(candidate);
  const faults = [...candidate.faults, ...missing, ...valueFaults(candidate, result)];
  if (result.ok && faults.length === 0) {
    const { id, provider } = candidate;
    return { ok: true, connection: { id, provider, connector: result.connector, shown: shownSettings(candidate) } };
  }
  const unknownFault = { name: candidate.nameOf(''), message: 'cannot be built from these settings' };
  return { ok: false, faults: faults.length > 0 ? faults : [unknownFault] };
};
