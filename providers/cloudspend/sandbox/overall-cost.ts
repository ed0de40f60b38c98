import { addMonths, monthOf, monthStart } from '../../../src/domain/day.ts';
import { percentText } from '../../../src/domain/decimal.ts';
import type { SandboxReply } from '../../../src/vendor/sandbox/server.ts';
import { cloudNames, costAccounts, type Leaf } from './estate.ts';
import type { Range } from './range.ts';
import { figure, stamp, success } from './wire.ts';
import { decimalOf, type World } from './world.ts';

const changePercent = (now: bigint, before: bigint): number =>
  Number(percentText(decimalOf(now - before), decimalOf(before), 3) ?? '0');

const comparison = (world: World, range: Range, holds: (leaf: Leaf) => boolean) => {
  const first = monthStart(monthOf(range.end_date));
  const shifted = (months: number): bigint =>
    world.total(addMonths(first, months), addMonths(range.end_date, months), holds);
  const [current, previous, yearBefore] = [world.total(first, range.end_date, holds), shifted(-1), shifted(-12)];
  return { first, current, previous, yearBefore, total: world.total(range.start_date, range.end_date, holds) };
};

/** For dashboards. */
export const overallCost = (world: World, range: Range): SandboxReply => {
  const overall = comparison(world, range, () => true);
  return success({
    overall_data: {
      total_cost: figure(overall.total),
      current_mtd_cost: figure(overall.current),
      previous_mtd_cost: figure(overall.previous),
      previous_year_mtd_cost: figure(overall.yearBefore),
      m_o_m: changePercent(overall.current, overall.previous),
      y_o_y: changePercent(overall.current, overall.yearBefore),
      total_accounts: costAccounts.length,
      current_mtd_daterange_start: stamp(overall.first),
      current_mtd_daterange_end: stamp(range.end_date),
    },
    cloud_level_data: cloudNames.map((name, cloud) => {
      const each = comparison(world, range, (leaf) => leaf.cloud === cloud);
      return {
        cloud_type: name,
        total_cost: figure(each.total),
        current_mtd_cost: figure(each.current),
        previous_mtd_cost: figure(each.previous),
        previous_year_mtd_cost: figure(each.yearBefore),
        month_on_month_perct: changePercent(each.current, each.previous),
        year_on_year_perct: changePercent(each.current, each.yearBefore),
        spending_percent: Number(percentText(decimalOf(each.total), decimalOf(overall.total), 3) ?? '0'),
      };
    }),
  });
};

/** For the summary report, which has fewer members and names two of them differently. */
export const summaryCost = (world: World, range: Range): SandboxReply => {
  const overall = comparison(world, range, () => true);
  return success({
    overall_data: {
      current_mtd_cost: figure(overall.current),
      previous_mtd_cost: figure(overall.previous),
      m_o_m: changePercent(overall.current, overall.previous),
      y_o_y: changePercent(overall.current, overall.yearBefore),
      total_accounts: costAccounts.length,
    },
    cloud_level_data: cloudNames.map((cloud, index) => {
      const { current, previous } = comparison(world, range, (leaf) => leaf.cloud === index);
      return { cloud, current_mtd_cost: figure(current), m_o_m: changePercent(current, previous) };
    }),
  });
};
