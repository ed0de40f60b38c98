import { z } from 'zod';
import type { Provider, SettingDescription } from '../vendor/contract/provider.ts';
import { secretFieldFile } from './connections.ts';
import {
  budgetDefinitionSchema,
  exportDefinitionSchema,
  idSchema,
  monitorDefinitionSchema,
  rateDefinitionSchema,
} from './file-schemas.ts';

type JsonSchema = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const without = (schema: JsonSchema, keys: readonly string[]): JsonSchema =>
  Object.fromEntries(Object.entries(schema).filter(([key]) => !keys.includes(key)));

const jsonSchema = (schema: z.ZodType): JsonSchema =>
  without(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }), ['$schema']);

/** Metadata of the gateway, unknown to editors. */
const ownMeta = ['environment', 'secret', 'fallback'];

const fileReference = {
  type: 'object',
  properties: { file: { type: 'string', minLength: 1, description: 'Path of a file that holds the secret.' } },
  required: ['file'],
  additionalProperties: false,
} as const;

/** Scalars are read as text, so `60` is equal to `"60"`. */
const unquoted = (schema: JsonSchema): JsonSchema =>
  schema.type === 'string' && !Object.hasOwn(schema, 'enum') ? { ...schema, type: ['string', 'number'] } : schema;

const settingProperties = (
  { name, secret, description }: SettingDescription,
  schema: JsonSchema,
): readonly (readonly [string, JsonSchema])[] => {
  const plain = without(schema, ownMeta);
  if (!secret) return [[name, unquoted(plain)]];
  const path = { type: 'string', minLength: 1, description: `Path of a file that holds ${name}.` };
  return [
    [name, { description, anyOf: [without(plain, ['description']), fileReference] }],
    [secretFieldFile(name), path],
  ];
};

const connectionSchema = (provider: Provider): JsonSchema => {
  const { properties } = provider.settingsJsonSchema();
  const schemas = isObject(properties) ? properties : {};
  const fields = provider.settings.flatMap((setting) => {
    const schema = schemas[setting.name];
    return settingProperties(setting, isObject(schema) ? schema : {});
  });
  const required = provider.settings.filter((setting) => setting.required);
  const secrets = required
    .filter((setting) => setting.secret)
    .map(({ name }) => ({ oneOf: [{ required: [name] }, { required: [secretFieldFile(name)] }] }));
  return {
    title: provider.title,
    type: 'object',
    properties: {
      id: { ...jsonSchema(idSchema), description: 'Name of the connection in every answer.' },
      provider: { const: provider.id },
      ...Object.fromEntries(fields),
    },
    required: ['id', 'provider', ...required.filter((setting) => !setting.secret).map((setting) => setting.name)],
    ...(secrets.length === 0 ? {} : { allOf: secrets }),
    additionalProperties: false,
  };
};

/** JSON Schema of the connections file, for editors. */
export const connectionsSchema = (providers: readonly Provider[]): JsonSchema => {
  const list = (description: string, items: JsonSchema) => ({ type: ['array', 'null'], description, items });
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Connections file of cost-gateway',
    description: 'What CONNECTIONS_FILE names. No aliases, anchors, tags or merge keys.',
    type: 'object',
    properties: {
      connections: list('Sets of credentials, each for one provider.', { oneOf: providers.map(connectionSchema) }),
      budgets: list('Budgets that the gateway itself keeps.', jsonSchema(budgetDefinitionSchema)),
      monitors: list('What the gateway itself watches.', jsonSchema(monitorDefinitionSchema)),
      exports: list('Bills that are sent to another connection every day.', jsonSchema(exportDefinitionSchema)),
      exchangeRates: list('Rates by which amounts are converted.', jsonSchema(rateDefinitionSchema)),
    },
    additionalProperties: false,
  };
};

export const connectionsSchemaText = (providers: readonly Provider[]): string =>
  `${JSON.stringify(connectionsSchema(providers), null, 2)}\n`;
