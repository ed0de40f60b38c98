import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { AccessScope } from '../domain/consumer.ts';
import { instantText } from '../domain/day.ts';
import { illegal, legal, type Parsed } from './parse.ts';

/** A consumer's key. Only its digest is known. */
export interface ApiKey {
  readonly name: string;
  /** SHA-256 of the key in lower-case hex. */
  readonly digest: string;
  readonly scopes: readonly AccessScope[];
  /** The connections it may see; null means all. */
  readonly connections: readonly string[] | null;
  /** RFC 3339 with `Z`; null for a key that does not expire. */
  readonly expiresAt: string | null;
}

const scopes = ['read', 'write', 'native:read', 'native:write', 'admin'] as const satisfies readonly AccessScope[];

const howToHash =
  'make a key with "openssl rand -hex 32", give that to the consumer, and write sha256: and what "printf %s <key> | sha256sum" prints';

/** Common passwords. A longer list would not help: keys should be random. */
const guessable = [
  ...[
    '',
    'admin',
    'api-key',
    'apikey',
    'change-me',
    'changeme',
    'cost-gateway',
    'default',
    'letmein',
    'pass',
    'password',
  ],
  ...[
    'qwerty',
    'root',
    's3cr3t',
    'secret',
    'test',
    'token',
    'xxx',
    '0',
    '1',
    '123',
    '1234',
    '12345',
    '123456',
    '12345678',
  ],
];
const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex');
const guessableDigests = new Set(guessable.flatMap((text) => [sha256Hex(text), sha256Hex(`${text}\n`)]));

const isWeak = (name: string, digest: string): boolean =>
  /^[0-9a-f]{64}$/.test(digest) &&
  (new Set(digest).size < 8 || guessableDigests.has(digest) || digest === sha256Hex(name));

const readInstant = (text: string): string | null => {
  try {
    return instantText(Temporal.Instant.from(text).epochMilliseconds);
  } catch {
    return null;
  }
};

const nonEmptyList = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item, 'must be a list')
    .min(1, 'must not be an empty list')
    .refine((list) => new Set(list).size === list.length, 'lists the same value twice');

const apiKeySchema = z
  .strictObject(
    {
      name: z
        .string('must be a text')
        .regex(/^[\x21-\x7e]{1,64}$/, 'must be 1 to 64 printable characters without blanks'),
      key: z
        .string(`must be a text; ${howToHash}`)
        .regex(/^sha256:[0-9a-f]{64}$/i, `must be sha256: and 64 hex digits, never the key itself; ${howToHash}`)
        .transform((text) => text.slice('sha256:'.length).toLowerCase()),
      scopes: nonEmptyList(z.enum(scopes, `must each be one of ${scopes.join(', ')}`)),
      connections: nonEmptyList(z.string('must each be a text')).nullable().default(null),
      expiresAt: z
        .string('must be a text')
        .transform((text, context) => {
          const read = readInstant(text);
          if (read === null) context.addIssue('must be a time such as 2027-01-01T00:00:00Z');
          return read;
        })
        .nullable()
        .default(null),
    },
    {
      error: (issue) =>
        issue.code === 'unrecognized_keys'
          ? 'has an unknown field; known are name, key, scopes, connections, expiresAt'
          : 'must be an object with name, key and scopes',
    },
  )
  .refine((entry) => !isWeak(entry.name, entry.key), {
    path: ['key'],
    message: `is the digest of a key that is easily guessed; ${howToHash}`,
  });

const entryFaults = (index: number, error: z.ZodError): string[] =>
  error.issues.map((issue) => {
    const path = issue.path[0] === undefined ? '' : `.${String(issue.path[0])}`;
    return `entry [${index}]${path} ${issue.message}`;
  });

/** Reads `API_KEYS`. Messages name entries by index and never repeat a value. */
export const apiKeys = (text: string): Parsed<readonly ApiKey[]> => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return illegal(
      'must be a JSON list such as [{"name":"dashboard","key":"sha256:<64 hex digits>","scopes":["read"]}]',
    );
  }
  if (!Array.isArray(json) || json.length === 0) return illegal('must be a JSON list with at least one entry');
  const messages: string[] = [];
  const keys: ApiKey[] = [];
  const seen = new Map<string, number>();
  json.forEach((item: unknown, index) => {
    const entry = apiKeySchema.safeParse(item);
    if (!entry.success) {
      messages.push(...entryFaults(index, entry.error));
      return;
    }
    const { key: digest, ...rest } = entry.data;
    const earlier = seen.get(digest);
    if (earlier !== undefined) messages.push(`entry [${index}].key is the key of entry [${earlier}] again`);
    seen.set(digest, index);
    keys.push({ ...rest, digest });
  });
  return messages.length === 0 ? legal(keys) : illegal(...messages);
};
