import { addDays, addMonths, type Day, dayNumber } from '../../../src/domain/day.ts';
import type { SandboxReply, SandboxRequest, SandboxRoute } from '../../../src/vendor/sandbox/server.ts';
import { draw } from '../../../src/vendor/sandbox/world.ts';
import { type CostAccount, costAccounts } from './estate.ts';
import { badRequest, isReply, monthName, notFound, rangeOfQuery, success } from './wire.ts';
import type { World } from './world.ts';

/** Reserved products by cost account, with the used percentage and the number of expiring reservations. */
const products: Readonly<Record<string, readonly (readonly [name: string, used: number, expiring: number])[]>> = {
  '33240000000059001': [
    ['Amazon Elastic Compute Cloud', 63.07, 0],
    ['Amazon Relational Database Service', 96.4, 1],
  ],
  '33240000000061003': [['Amazon OpenSearch Service', 91.25, 0]],
  '33240000000011003': [
    ['Virtual Machines', 97.93036669600937, 0],
    ['Virtual Machine Licenses', 48.5, 2],
  ],
};

const summaryOf = (world: World, account: CostAccount): SandboxReply => {
  const rows = (products[account.id] ?? []).map(([name, used, expiring], index) => {
    const total = 4000 + Math.floor(draw(world.seed, 'reserved', account.id, name) * 8000);
    const row = {
      opt_prod_id: String(index + 1),
      opt_count: String(expiring + 2),
      expiry_count: String(expiring),
      opt_utilization: used,
      opt_coverage: Math.round(draw(world.seed, 'covered', account.id, name) * 6000) / 100,
      total_quantity: total,
      used_quantity: Math.round((total * used) / 100),
    };
    return { name, row };
  });
  const sum = (read: (row: (typeof rows)[number]['row']) => number): number =>
    rows.reduce((total, { row }) => total + read(row), 0);
  return success({
    return_data: {
      tot_opt_count: String(sum((row) => Number(row.opt_count))),
      total_expiry_count: String(sum((row) => Number(row.expiry_count))),
      totalQuantityUsed: sum((row) => row.used_quantity),
      totalPurchasedUnits: sum((row) => row.total_quantity),
      opt_list: Object.fromEntries(rows.map(({ name, row }) => [name, row])),
    },
  });
};

/** `22-Apr-2026 11:38` */
const shortStamp = (day: Day, time: string): string => `${day.slice(8)}-${monthName(day)}-${day.slice(0, 4)} ${time}`;

/** A year that ends within the next weeks for those that expire, and some months ahead for the others. */
const termOf = (world: World, name: string, index: number, expiring: boolean) => {
  const days = Math.floor(draw(world.seed, 'term', name, index) * 20);
  const today = world.today();
  const end = addDays(today, expiring ? 1 + days : 90 + days * 10);
  return { start: addMonths(end, -12), end };
};

const plansOf = (world: World, account: CostAccount, productIndex: number): SandboxReply => {
  const [name, , expiring] = products[account.id]?.[productIndex] ?? ['', 0, -2];
  const rows = Array.from({ length: expiring + 2 }, (_, index) => {
    const { start, end } = termOf(world, `${account.id} ${name}`, index, index < expiring);
    const [owner] = account.children;
    const common = {
      'cl.cst.optimization.ri': index + 1,
      'cl.cst.optimization.start.time': shortStamp(start, '11:28'),
      'cl.cst.optimization.end.time': shortStamp(end, '11:28'),
    };
    return account.cloud === 0
      ? {
          ...common,
          'cl.cst.optimization.offering.type': 'standard',
          'cl.cst.optimization.duration': '1yr',
          'cl.cst.optimization.subscription.id': String(19_631_000_000 + dayNumber(start) * 100 + index),
          'cl.cst.optimization.zone': '',
          'cl.cst.optimization.upfront': 0,
          'cl.cst.optimization.arn': `arn:aws:sandbox:us-east-1:${owner?.nativeId ?? ''}:reserved-instances/${productIndex}-${index}`,
          'cl.cst.client.opt.purchase.account.name': owner?.name ?? '',
          'cl.cst.client.opt.purchase.account.id': owner?.nativeId ?? '',
          'global.region': 'us-east-1',
          plan_id: `332400000000${account.id.slice(-5, -3)}${productIndex}${index}5`,
        }
      : {
          ...common,
          'cl.cst.optimization.reservation.scope': index === 0 ? 'ManagementGroup' : 'Shared',
          'cl.cst.optimization.duration': 'P1Y',
          'cl.cst.optimization.reservation.billing.scope': `/subscriptions/${owner?.nativeId ?? ''}`,
          'cl.cst.optimization.reservation.id': `d8f96594-1cf7-4ffb-8934-0000000${productIndex}${index}000`,
          'cl.cst.optimization.reservation.billing.frequency': 'Monthly',
          'cl.cst.optimization.reservation.name': `RI_${productIndex + 1}_${start}`,
          'global.region': 'westeurope',
          plan_id: String(productIndex * 10 + index + 7),
        };
  });
  return success({ return_data: { cloud_type: account.cloud, utility_data: rows } });
};

/** Reservations exist for AWS and Azure only. Ids stand in the path and in the query. */
export const reservationRoutes = (world: World): SandboxRoute[] => {
  const accountOf = ({ params, query }: SandboxRequest): CostAccount | SandboxReply => {
    const id = params.cost_account_id;
    if (query.get('cost_account_id') !== id) return badRequest();
    return costAccounts.find((each) => each.id === id && each.cloud !== 2) ?? notFound();
  };
  return [
    {
      method: 'GET',
      path: '/cs/api/cost/optimization/:cost_account_id/summary',
      handle: (request) => {
        const account = accountOf(request);
        return isReply(account) ? account : summaryOf(world, account);
      },
    },
    {
      method: 'GET',
      path: '/cs/api/cost/optimization/:cost_account_id/utilization/:product_id/list',
      handle: (request) => {
        const account = accountOf(request);
        if (isReply(account)) return account;
        const range = rangeOfQuery(request);
        if (isReply(range)) return range;
        const id = request.params.product_id;
        if (request.query.get('productId') !== id) return badRequest();
        const index = Number(id) - 1;
        return products[account.id]?.[index] === undefined ? notFound() : plansOf(world, account, index);
      },
    },
  ];
};
