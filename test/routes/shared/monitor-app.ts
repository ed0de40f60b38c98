import { afterEach, beforeEach } from 'vitest';
import type { MonitorDefinition } from '../../../src/config/file-schemas.ts';
import { type SeriesApp, type SeriesAppOptions, startSeriesApp } from '../../services/anomaly/toy-series.ts';
import { ToyMonitors } from '../../services/managed/monitor/toy-monitors.ts';

export const watch = {
  connection: 'toy',
  name: 'Storage watch',
  description: 'It has grown before.',
  filters: { service: ['spiky', 'calm'] },
  groupBy: ['account'],
  sensitivity: 'high',
  minImpact: { amount: '10.50', currency: 'USD' },
};

/** A monitor of the connections file. */
export const fromFile: MonitorDefinition = {
  id: 'from-file',
  connection: 'toy',
  name: 'From the file',
  description: null,
  filters: {},
  groupBy: ['region'],
  sensitivity: 'low',
  minImpact: null,
};

export type Keeper = 'vendor' | 'gateway';

export interface MonitorApp {
  readonly ask: SeriesApp['ask'];
  /** New for each test, and the vendor of the app where it is the keeper. */
  readonly vendor: ToyMonitors;
  restart(options: SeriesAppOptions): Promise<void>;
  /** The path of a monitor that was just created. */
  create(): Promise<string>;
}

/** A new app before each test of the suite that calls this, over a vendor with monitors or one without. */
export const useMonitorApp = (keeper: Keeper = 'vendor'): MonitorApp => {
  let vendor: ToyMonitors;
  let running: SeriesApp;
  beforeEach(async () => {
    vendor = new ToyMonitors();
    running = await startSeriesApp(keeper === 'vendor' ? { capabilities: { monitors: vendor.source() } } : {});
  });
  afterEach(() => running.app.close());
  const ask: SeriesApp['ask'] = (...request) => running.ask(...request);
  return {
    ask,
    get vendor() {
      return vendor;
    },
    restart: async (options) => {
      await running.app.close();
      running = await startSeriesApp(options);
    },
    create: async () => String((await ask('POST', '/v1/anomaly-monitors', watch)).headers.location),
  };
};
