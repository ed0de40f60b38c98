import { describe, expect, it } from 'vitest';
import { connectionsSchema, connectionsSchemaText } from '../../src/config/connections-schema.ts';
import { environmentExample } from '../../src/config/environment-example.ts';
import { gatewayVariables } from '../../src/config/variables.ts';
import { configOf, faultsOf, providers } from './toys.ts';

describe('.env.example', () => {
  const text = environmentExample(providers);
  const assignments = text.split('\n').filter((line) => /^#[A-Z]/.test(line));

  it('names every variable of the gateway and of the providers, all commented out', () => {
    const names = assignments.map((line) => line.slice(1).split('=')[0]);
    expect(names).toEqual([
      ...gatewayVariables.map((variable) => variable.name),
      ...['TOY_API_KEY', 'TOY_BASE_URL', 'TOY_CURRENCY'],
      ...['GADGET_CLIENT_ID', 'GADGET_CLIENT_SECRET', 'GADGET_REFRESH_TOKEN'],
    ]);
    for (const line of text.split('\n')) expect(line).toMatch(/^(#.*)?$/);
  });

  it('states defaults that are legal and change nothing', () => {
    const stated = assignments
      .map((line) => line.slice(1).split('='))
      .filter(([name, value]) => value !== '' && !name?.startsWith('TOY_'));
    const environment = Object.fromEntries(stated);
    expect(faultsOf(environment)).toEqual([]);
    expect(JSON.stringify(configOf(environment).config)).toBe(JSON.stringify(configOf({}).config));
  });

  it('says of a secret that it may come from a file', () => {
    expect(text).toContain(
      '# The key of the toy. Secret; can also come from the file that TOY_API_KEY_FILE names.\n#TOY_API_KEY=\n',
    );
  });
});

describe('the JSON Schema of the connections file', () => {
  const schema = JSON.parse(JSON.stringify(connectionsSchema(providers)));
  const toy = schema.properties.connections.items.oneOf[0];

  it('has one shape for each provider, told apart by its id', () => {
    const shapes: { properties: { provider: unknown } }[] = schema.properties.connections.items.oneOf;
    expect(shapes.map((shape) => shape.properties.provider)).toEqual([{ const: 'toy' }, { const: 'gadget' }]);
  });

  it('takes a secret as text or from a file, and nothing unknown', () => {
    expect(toy.properties.apiKey.anyOf).toHaveLength(2);
    expect(toy.properties.apiKeyFile.type).toBe('string');
    expect(toy.allOf).toEqual([{ oneOf: [{ required: ['apiKey'] }, { required: ['apiKeyFile'] }] }]);
    expect(toy.required).toEqual(['id', 'provider']);
    expect(toy.additionalProperties).toBe(false);
  });

  it('keeps what our manifests say to ourselves out of it', () => {
    const { currency } = toy.properties;
    expect(currency).toEqual({
      type: ['string', 'number'],
      default: 'USD',
      description: 'What the toy pays in.',
      pattern: '^[A-Z]{3}$',
    });
    expect(connectionsSchemaText(providers)).not.toMatch(/"(environment|secret|fallback)":/);
  });

  it('knows budgets, monitors and exchange rates', () => {
    const { budgets, monitors, exchangeRates } = schema.properties;
    expect(budgets.items.required).toEqual(['id', 'connection', 'name', 'period', 'limit']);
    expect(monitors.items.required).toEqual(['id', 'connection', 'name']);
    expect(exchangeRates.items.required).toEqual(['from', 'to', 'rate', 'validFrom']);
    expect(budgets.items.properties.limit.properties.amount.type).toEqual(['string', 'number']);
  });

  it('is the same text every time', () => {
    expect(connectionsSchemaText(providers)).toBe(connectionsSchemaText(providers));
  });
});
