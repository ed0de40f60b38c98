import { z } from 'zod';
import { type Day, readDay } from '../../../src/domain/day.ts';
import type { SandboxReply, SandboxRequest, SandboxRoute } from '../../../src/vendor/sandbox/server.ts';
import { type CostAccount, costAccounts } from './estate.ts';
import { badRequest, figure, readBody, success } from './wire.ts';
import type { World } from './world.ts';

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

export const savingRoutes = (world: World): SandboxRoute[] => [
  { method: 'POST', path: `${root}/savings/overall`, handle: (request) => savings(world, request) },
  {
    method: 'GET',
    path: `${root}/guidances`,
    handle: () =>
      success({ showGuidance: false, guidanceList: [], userId: '53565000000014001', guidanceNewMode: true }),
  },
];
