import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dayNumber } from '../../src/domain/day.ts';
import type { NamedSeries } from './seeded-series.ts';

/**
 * Reads series from CSV files with one `day,amount` line per day without gaps. An empty amount is an unknown value. The
 * files are not committed, because their licences may forbid it.
 */
export const readSeries = (folder: string): NamedSeries[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.csv'))
    .map((file) => {
      const lines = readFileSync(join(folder, file), 'utf8').trim().split('\n').slice(1);
      const rows = lines.map((line) => line.trim().split(','));
      const values = rows.map(([, amount = '']) => (amount === '' ? Number.NaN : Number(amount)));
      return { name: file.slice(0, -'.csv'.length), first: dayNumber(rows[0]?.[0] ?? '1970-01-01'), values };
    });
