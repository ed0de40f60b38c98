import { z } from 'zod';
import type { ExchangeRate } from '../domain/nouns.ts';
import type { Provider } from '../vendor/contract/provider.ts';
import type { ConfigFault } from './faults.ts';
import {
  type BudgetDefinition,
  budgetDefinitionSchema,
  type ExportDefinition,
  exportDefinitionSchema,
  idSchema,
  type MonitorDefinition,
  monitorDefinitionSchema,
  rateDefinitionSchema,
} from './file-schemas.ts';
import { type Plain, plainYaml, shownKey } from './plain-yaml.ts';

/** A connection of the file, whose settings are not checked yet. */
export interface StatedConnection {
  readonly id: string;
  readonly provider: Provider;
  readonly fields: Readonly<Record<string, Plain>>;
  /** The name of a field in a fault. */
  readonly at: (field: string) => string;
}

export interface Placed<Item> {
  readonly item: Item;
  readonly index: number;
  /** The name of a field in a fault. */
  readonly at: (field: string) => string;
}

export interface ConnectionsFile {
  readonly connections: readonly StatedConnection[];
  /** The file lists connections, or cannot be read. Then the sandbox is not switched on automatically. */
  readonly statesConnections: boolean;
  /** All valid ids of listed connections, including connections with faults. */
  readonly ids: readonly string[];
  readonly budgets: readonly Placed<BudgetDefinition>[];
  readonly monitors: readonly Placed<MonitorDefinition>[];
  readonly exchangeRates: readonly Placed<ExchangeRate>[];
  readonly exports: readonly Placed<ExportDefinition>[];
  readonly faults: readonly ConfigFault[];
}

const variable = 'CONNECTIONS_FILE';
const sections = ['connections', 'budgets', 'monitors', 'exchangeRates', 'exports'] as const;
type Section = (typeof sections)[number];

/** Limits the output for a file of another kind. */
const unknownSectionsMax = 10;

export const emptyFile: ConnectionsFile = {
  connections: [],
  statesConnections: false,
  ids: [],
  budgets: [],
  monitors: [],
  exchangeRates: [],
  exports: [],
  faults: [],
};

const isMap = (value: Plain | undefined): value is { readonly [key: string]: Plain } =>
  typeof value === 'object' && !Array.isArray(value);

const placeOf = (section: Section, index: number) => (field: string) =>
  `${variable} ${section}[${index}]${field === '' ? '' : `.${field}`}`;

const issueFaults = (at: (field: string) => string, value: Plain, error: z.ZodError, known: string): ConfigFault[] =>
  error.issues.flatMap((issue) => {
    const path = issue.path.map((part) => shownKey(String(part)));
    if (issue.code === 'unrecognized_keys') {
      const legal = path.length === 0 ? `; known are ${known}` : '';
      return issue.keys.map((key) => ({
        name: at([...path, shownKey(key)].join('.')),
        message: `is not a known field${legal}`,
      }));
    }
    if (issue.code === 'invalid_key') {
      return issue.issues.map((inner) => ({ name: at(path.join('.')), message: inner.message }));
    }
    const [first] = path;
    const missing = path.length === 1 && first !== undefined && isMap(value) && !Object.hasOwn(value, first);
    return [{ name: at(path.join('.')), message: missing ? `is required; it ${issue.message}` : issue.message }];
  });

/** Reads one section item by item, so that every fault is reported. */
const readItems = <Item>(
  section: Section,
  items: readonly Plain[],
  schema: z.ZodType<Item>,
  known: readonly string[],
  faults: ConfigFault[],
): Placed<Item>[] =>
  items.flatMap((value, index) => {
    const at = placeOf(section, index);
    const parsed = schema.safeParse(value);
    if (parsed.success) return [{ item: parsed.data, index, at }];
    faults.push(...issueFaults(at, value, parsed.error, known.join(', ')));
    return [];
  });

const rejectDuplicates = <Item>(
  placed: readonly Placed<Item>[],
  keyOf: (item: Item) => string,
  faults: ConfigFault[],
) => {
  const seen = new Set<string>();
  for (const { item, at } of placed) {
    const key = keyOf(item);
    if (seen.has(key)) faults.push({ name: at('id'), message: `is the second one named ${key}` });
    seen.add(key);
  }
};

const rejectOverlaps = (placed: readonly Placed<ExchangeRate>[], faults: ConfigFault[]) => {
  placed.forEach(({ item, at }, index) => {
    const clash = placed
      .slice(0, index)
      .find(
        ({ item: other }) =>
          other.from === item.from &&
          other.to === item.to &&
          other.validFrom < item.validTo &&
          item.validFrom < other.validTo,
      );
    if (clash !== undefined) faults.push({ name: at(''), message: `overlaps with ${clash.at('')}` });
  });
};

const headSchema = z.looseObject({ id: idSchema, provider: z.string('must be a text') }, 'must be a map');

const stateConnection = (
  providers: readonly Provider[],
  { item, at }: Placed<z.output<typeof headSchema>>,
  fields: Plain | undefined,
  faults: ConfigFault[],
): StatedConnection[] => {
  const provider = providers.find((one) => one.id === item.provider);
  if (provider !== undefined && isMap(fields)) return [{ id: item.id, provider, fields, at }];
  const known = providers.map((one) => one.id).join(', ');
  faults.push({ name: at('provider'), message: `is not a known provider; known are ${known}` });
  return [];
};

export const readConnectionsFile = (text: string, providers: readonly Provider[]): ConnectionsFile => {
  const yaml = plainYaml(text);
  const rejected = (messages: readonly string[]) => ({
    ...emptyFile,
    statesConnections: true,
    faults: messages.map((message) => ({ name: variable, message })),
  });
  if (!yaml.ok) return rejected(yaml.messages);
  const root = yaml.value;
  if (!isMap(root)) return rejected([`must hold a map of ${sections.join(', ')}`]);

  const unknown = Object.keys(root).filter((key) => !sections.some((section) => section === key));
  const faults: ConfigFault[] = [...new Set(unknown.map(shownKey))].slice(0, unknownSectionsMax).map((key) => ({
    name: `${variable} ${key}`,
    message: `is not a known section; known are ${sections.join(', ')}`,
  }));
  const list = (section: Section): readonly Plain[] => {
    const value = Object.hasOwn(root, section) ? root[section] : undefined;
    if (value === undefined || value === '') return [];
    if (Array.isArray(value)) return value;
    faults.push({ name: `${variable} ${section}`, message: 'must be a list' });
    return [];
  };

  const stated = list('connections');
  const heads = readItems('connections', stated, headSchema, [], faults);
  rejectDuplicates(heads, (head) => head.id, faults);
  const connections = heads.flatMap((head) => stateConnection(providers, head, stated[head.index], faults));
  const budgets = readItems(
    'budgets',
    list('budgets'),
    budgetDefinitionSchema,
    Object.keys(budgetDefinitionSchema.shape),
    faults,
  );
  rejectDuplicates(budgets, (budget) => budget.id, faults);
  const monitors = readItems(
    'monitors',
    list('monitors'),
    monitorDefinitionSchema,
    Object.keys(monitorDefinitionSchema.shape),
    faults,
  );
  rejectDuplicates(monitors, (monitor) => monitor.id, faults);
  const rateFields = ['from', 'to', 'rate', 'validFrom', 'validTo'];
  const exchangeRates = readItems('exchangeRates', list('exchangeRates'), rateDefinitionSchema, rateFields, faults);
  rejectOverlaps(exchangeRates, faults);
  const exportFields = ['from', 'to', 'connectionId', 'operation', 'at'];
  const exports = readItems('exports', list('exports'), exportDefinitionSchema, exportFields, faults);
  return {
    connections,
    statesConnections: stated.length > 0,
    ids: heads.map((head) => head.item.id),
    budgets,
    monitors,
    exchangeRates,
    exports,
    faults,
  };
};
