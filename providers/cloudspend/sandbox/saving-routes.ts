import { z } from 'zod';
import { type Day, readDay } from '../../../src/domain/day.ts';
import type { SandboxReply, SandboxRequest, SandboxRoute } from '../../../src/vendor/sandbox/server.ts';
import { draw } from '../../../src/vendor/sandbox/world.ts';
import { type CostAccount, costAccounts } from './estate.ts';
import { badRequest, figure, notFound, readBody, success } from './wire.ts';
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

const day = z.string().refine((text) => readDay(text) !== null);
const savingsSchema = z
  .object({
    start_date: day,
    end_date: day,
    period: z.literal(1),
    cost_tags: z.array(z.unknown()).max(0),
    cost_type: z.literal(0),
    accounts: z
      .array(z.object({ cost_account_id: z.string(), billing_account_ids: z.array(z.string()).min(1) }))
      .length(1),
  })
  .refine((body) => body.start_date <= body.end_date);

/** The fields that depend on the cloud, from the same leaves as all other figures. */
const saved = (world: World, cloud: CostAccount['cloud'], billingAccount: string, first: Day, last: Day) => {
  const sumOf = (category: string | null) =>
    world.total(
      first,
      last,
      (leaf) => leaf.billingAccount === billingAccount && (category === null || leaf.category === category),
    );
  const paid = sumOf(null);
  switch (cloud) {
    case 0:
      // A savings plan negation is the amount that the plan saved.
      return { ONDEMAND_COST: figure(paid - sumOf('SavingsPlanNegation')), UNBLENDED_COST: figure(paid) };
    case 1:
      return { PAYG_PRICE: figure(paid + (sumOf('Usage') * 7n) / 100n), ACTUAL_COST: figure(paid) };
    case 2:
      return { CREDIT_AMOUNT: figure(sumOf('Credit')) };
  }
};

const savings = (world: World, request: SandboxRequest): SandboxReply => {
  const body = readBody(request, savingsSchema);
  const asked = body?.accounts[0];
  const account = costAccounts.find((each) => each.id === asked?.cost_account_id);
  if (body === undefined || asked === undefined || account === undefined) return badRequest();
  const children = account.children.filter((child) => asked.billing_account_ids.includes(child.id));
  if (children.length < asked.billing_account_ids.length) return badRequest();
  return success({
    return_data: {
      cloud_type_id: account.cloud,
      savings_data: children.map(({ id, name }) => ({
        id,
        name,
        ...saved(world, account.cloud, id, body.start_date, world.asked(body).end_date),
      })),
    },
  });
};

const root = '/cs/api/cost';

/** Reservations exist for AWS and Azure only. */
export const savingRoutes = (world: World): SandboxRoute[] => [
  {
    method: 'GET',
    path: `${root}/optimization/:cost_account_id/summary`,
    handle: ({ params, query }) => {
      const id = params.cost_account_id;
      const account = costAccounts.find((each) => each.id === id && each.cloud !== 2);
      if (query.get('cost_account_id') !== id) return badRequest();
      return account === undefined ? notFound() : summaryOf(world, account);
    },
  },
  { method: 'POST', path: `${root}/savings/overall`, handle: (request) => savings(world, request) },
  {
    method: 'GET',
    path: `${root}/guidances`,
    handle: () =>
      success({ showGuidance: false, guidanceList: [], userId: '53565000000014001', guidanceNewMode: true }),
  },
];
