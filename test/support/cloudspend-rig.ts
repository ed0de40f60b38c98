import { cloudspend } from '../../providers/cloudspend/manifest.ts';
import type { Connector, CostReading } from '../../src/vendor/kit/index.ts';
import type { RunningSandbox } from '../../src/vendor/sandbox/server.ts';
import { VirtualClock } from './clock.ts';
import { connectTo, fillWhole, type PlainSession, plainSession } from './session.ts';

/** A connection to the simulated vendor, without the upstream chain. */
export interface SandboxRig {
  readonly clock: VirtualClock;
  readonly sandbox: RunningSandbox;
  readonly connector: Connector;
  readonly session: PlainSession;
  close(): Promise<void>;
}

export const openSandbox = async (variant?: string): Promise<SandboxRig> => {
  const clock = new VirtualClock();
  const sandbox = await cloudspend.sandbox({ clock, ...(variant === undefined ? {} : { variant }) });
  const connector = connectTo(cloudspend, sandbox);
  return { clock, sandbox, connector, session: plainSession(connector, clock), close: () => sandbox.close() };
};

/** What one fill reads of a cube, handed over or returned. */
export const fillCube = (rig: SandboxRig, cube: string, start: string, end: string): Promise<CostReading> => {
  const { connector, session } = rig;
  const dimensions = connector.capabilities.costs.cubes.find(({ id }) => id === cube)?.dimensions ?? [];
  return fillWhole(connector, session, { cube, dimensions, costType: 'billed', start, end });
};

/** As outside of tests: a fact whose load fails is loaded again. */
export const forgettingFailures = (session: PlainSession): PlainSession => ({
  ...session,
  fact: async (name, maxAgeMs, schema, load) => {
    try {
      return await session.fact(name, maxAgeMs, schema, load);
    } catch (thrown) {
      await session.forget(name);
      throw thrown;
    }
  },
});
