import { addDays, type Day } from '../../src/domain/day.ts';
import { draw } from '../../src/vendor/sandbox/world.ts';

/** One panel of a dashboard, with a window that moves with the day. */
export interface Panel {
  readonly window: 'month' | 'week' | 'thirty' | 'last-month' | 'quarter';
  readonly granularity: 'daily' | 'monthly' | 'total';
  readonly groupBy: string;
  readonly filter: string;
  readonly route: '/v1/costs' | '/v1/costs/summary';
}

const windows = ['month', 'month', 'week', 'thirty', 'last-month', 'quarter'] as const;
const grains = ['daily', 'daily', 'monthly', 'total'] as const;
const groups = [
  '',
  'provider',
  'service',
  'account',
  'provider,service',
  'region',
  'account,service',
  'tag:Environment',
  'tag:Team',
];
const filters = [
  '',
  '',
  '',
  'provider=cloudzero',
  'provider=elastic',
  'provider=cloudspend',
  'provider=cloudzero&region=us-east-1',
];

const pick = <Item>(items: readonly Item[], ...parts: readonly (string | number)[]): Item => {
  const item = items[Math.floor(draw(...parts) * items.length)];
  if (item === undefined) throw new RangeError('nothing to pick from');
  return item;
};

export const dashboards = (seed: string, boards: number, panels: number): Panel[][] =>
  Array.from({ length: boards }, (_, board) =>
    Array.from({ length: panels }, (_, panel): Panel => {
      const at = [seed, board, panel] as const;
      const summary = draw(...at, 'route') < 0.08;
      return {
        window: pick(windows, ...at, 'window'),
        granularity: pick(grains, ...at, 'grain'),
        groupBy: pick(groups, ...at, 'group'),
        filter: pick(filters, ...at, 'filter'),
        route: summary ? '/v1/costs/summary' : '/v1/costs',
      };
    }),
  );

const rangeOf = (window: Panel['window'], today: Day): string => {
  const month = today.slice(0, 7);
  const before = addDays(`${month}-01`, -1).slice(0, 7);
  switch (window) {
    case 'month':
      return '';
    case 'week':
      return `start=${addDays(today, -7)}&end=${today}`;
    case 'thirty':
      return `start=${addDays(today, -30)}&end=${today}`;
    case 'last-month':
      return `start=${before}-01&end=${month}-01`;
    case 'quarter':
      return `start=${addDays(`${before}-01`, -1).slice(0, 7)}-01`;
  }
};

export const panelPath = (panel: Panel, today: Day): string => {
  const filter = panel.groupBy.startsWith('tag:') && panel.filter === '' ? 'provider=cloudzero' : panel.filter;
  const parts = [rangeOf(panel.window, today), filter];
  if (panel.route === '/v1/costs') {
    parts.push(`granularity=${panel.granularity}`, panel.groupBy === '' ? '' : `groupBy=${panel.groupBy}`, 'limit=500');
  }
  return `${panel.route}?${parts.filter((part) => part !== '').join('&')}`;
};
