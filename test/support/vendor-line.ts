import { providers } from '../../providers/index.ts';
import type { Endpoint } from '../../src/app/options.ts';
import type { Clock } from '../../src/domain/clock.ts';
import { isSandboxed, type SandboxedProvider } from '../../src/vendor/contract/provider.ts';
import type { RunningSandbox } from '../../src/vendor/contract/sandbox.ts';
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts';

/** A vendor's sandbox behind a line that can be made to fail. */
export interface Vendor {
  readonly sandbox: RunningSandbox;
  readonly line: FaultProxy;
  /** Requests that reached it, but for those under this prefix of a path. */
  calls(except?: string): number;
  /** Of requests under this prefix of a path. */
  callsTo(prefix: string): number;
  close(): Promise<void>;
}

const providerOf = (id: string): SandboxedProvider => {
  const provider = providers.filter(isSandboxed).find((each) => each.id === id);
  if (provider === undefined) throw new TypeError(`no provider is called ${id}`);
  return provider;
};

export const startVendor = async (id: string, clock: Clock): Promise<Vendor> => {
  const sandbox = await providerOf(id).sandbox({ clock });
  const line = await startFaultProxy(Number(new URL(sandbox.url).port));
  const callsTo = (prefix: string) => sandbox.calls.filter(({ path }) => path.startsWith(prefix)).length;
  return {
    sandbox,
    line,
    callsTo,
    calls: (except) => sandbox.calls.length - (except === undefined ? 0 : callsTo(except)),
    close: async () => {
      await line.close();
      await sandbox.close();
    },
  };
};

/** Settings that lead to the vendor over its line. */
export const settingsOf = ({ sandbox, line }: Vendor): Record<string, string> =>
  Object.fromEntries(
    Object.entries(sandbox.settings).map(([name, value]) => [name, value.replace(sandbox.url, line.url)]),
  );

export const endpointTo = (id: string, settings: Readonly<Record<string, string>>): Endpoint => {
  const provider = providerOf(id);
  const result = provider.connect(settings);
  if (!result.ok) throw new TypeError(JSON.stringify(result.faults));
  return { id, provider: id, title: provider.title, sandbox: false, connector: result.connector };
};
