import { z } from 'zod';
import type { Connecting, Connector, Manifest, NativeOperations } from './contract.ts';
import type { RunningSandbox, SandboxOptions } from './sandbox.ts';

/** One setting of a connection, for configuration, documentation and `.env.example`. */
export interface SettingDescription {
  readonly name: string;
  /** Null: only the connections file can set it. */
  readonly environment: string | null;
  readonly secret: boolean;
  readonly description: string;
  /** The value when unset, as text; null when there is none. */
  readonly fallback: string | null;
  readonly required: boolean;
}

export type ConnectResult =
  | { readonly ok: true; readonly connector: Connector }
  | { readonly ok: false; readonly faults: readonly { readonly setting: string; readonly message: string }[] };

/** A manifest without its settings type, so that the registry can hold all providers in one list. */
export interface Provider {
  readonly id: string;
  readonly title: string;
  readonly settings: readonly SettingDescription[];
  /** Absent where none of the vendor's own operations is offered. */
  readonly operations?: NativeOperations;
  /** Absent where no flow hands out its credential. */
  readonly connecting?: Connecting;
  /** JSON Schema of one connection's settings, as written in the connections file. */
  settingsJsonSchema(): Record<string, unknown>;
  connect(settings: Readonly<Record<string, unknown>>): ConnectResult;
  /** Null for a vendor without a sandbox. */
  readonly sandbox: StartSandbox | null;
}
export type StartSandbox = (options: SandboxOptions) => Promise<RunningSandbox>;
/** A provider that can run without credentials. */
export interface SandboxedProvider extends Provider {
  readonly sandbox: StartSandbox;
}

export const isSandboxed = (provider: Provider): provider is SandboxedProvider => provider.sandbox !== null;

const settingMetaSchema = z.object({
  environment: z
    .string()
    .regex(/^[A-Z][A-Z0-9_]+$/)
    .nullable(),
  secret: z.boolean().default(false),
  description: z.string().min(10),
  fallback: z.string().nullable().default(null),
});

const describe = (id: string, settings: z.ZodObject): SettingDescription[] =>
  Object.entries(settings.shape).map(([name, schema]) => {
    const meta = settingMetaSchema.safeParse(schema.meta?.() ?? {});
    if (!meta.success)
      throw new TypeError(`providers/${id}: setting ${name} needs .meta({ environment, description })`);
    return { name, ...meta.data, required: !schema.safeParse(undefined).success };
  });

const onceRead = (read: NativeOperations): NativeOperations => {
  let operations: ReturnType<NativeOperations> | null = null;
  return () => {
    operations ??= read();
    return operations;
  };
};

export function defineProvider<Settings extends z.ZodObject>(
  manifest: Manifest<Settings> & { readonly sandbox: StartSandbox },
): SandboxedProvider;
export function defineProvider<Settings extends z.ZodObject>(manifest: Manifest<Settings>): Provider;
export function defineProvider<Settings extends z.ZodObject>(manifest: Manifest<Settings>): Provider {
  const operations = manifest.operations === undefined ? {} : { operations: onceRead(manifest.operations) };
  return {
    ...operations,
    ...(manifest.connecting === undefined ? {} : { connecting: manifest.connecting }),
    id: manifest.id,
    title: manifest.title,
    settings: describe(manifest.id, manifest.settings),
    settingsJsonSchema: () => z.toJSONSchema(manifest.settings, { io: 'input', unrepresentable: 'any' }),
    connect: (raw) => {
      const parsed = manifest.settings.strict().safeParse(raw);
      if (parsed.success) {
        const connector = manifest.connect(manifest.settings.parse(raw));
        return { ok: true, connector: { ...connector, ...operations, provider: manifest.id } };
      }
      return {
        ok: false,
        faults: parsed.error.issues.map((issue) => ({
          setting: issue.path.join('.') || (issue.code === 'unrecognized_keys' ? issue.keys.join(', ') : ''),
          message: issue.message,
        })),
      };
    },
    sandbox: manifest.sandbox ?? null,
  };
}
