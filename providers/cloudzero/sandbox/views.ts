import { z } from 'zod';
import type { Clock } from '../../../src/domain/clock.ts';
import { addDays } from '../../../src/domain/day.ts';
import type { SandboxRoute } from '../../../src/vendor/sandbox/server.ts';
import { byId, collectionRoutes, epochText, type Stored } from './collection.ts';
import { type Checked, faultOf, fine } from './replies.ts';
import { dimensions, type Filters } from './world.ts';

/** A saved filter, whose cost a budget limits and in which anomalies are looked for. */
export interface View {
  readonly id: string;
  readonly name: string;
  readonly filters: Filters;
  readonly principal: string;
  /** Absent: the vendor's default, which is on and automatic. */
  readonly anomalies?: Readonly<Record<string, unknown>>;
}

export const views: readonly View[] = [
  {
    id: 'view-3d1f0a52',
    name: 'Production',
    filters: new Map([['Tag:Environment', ['production']]]),
    principal: 'Service',
    anomalies: { enabled: true, threshold_type: 'Automatic', threshold_value: 0 },
  },
  {
    id: 'view-8c7be914',
    name: 'Data platform',
    filters: new Map([['Account', ['839402175560']]]),
    principal: 'Service',
    anomalies: { enabled: true, threshold_type: 'Percent', threshold_value: 25, min_cost_impact: 50 },
  },
  {
    id: 'view-51e2c6d0',
    name: 'Checkout',
    filters: new Map([['User:Defined:Product', ['Checkout']]]),
    principal: 'Tag:Team',
  },
  {
    id: 'view-a90b7f36',
    name: 'Compute',
    filters: new Map([['Service', ['AmazonEC2', 'AmazonEKS', 'AWSLambda']]]),
    principal: 'Account',
    anomalies: { enabled: false, threshold_type: 'Automatic', threshold_value: 0 },
  },
  { id: 'view-e4480d1b', name: 'Everything', filters: new Map(), principal: 'Account' },
];

const known = (id: string): boolean => dimensions.some((dimension) => dimension.id === id);

const viewInput = z.object({
  name: z.string().min(1),
  principal_dimension: z.string().refine(known, 'is no dimension'),
  filter: z.record(
    z
      .string()
      .refine((id) => known(id.replace(/^!/, '')), 'is no dimension')
      .refine((id) => id.replace(/^!/, '') !== 'Resource', 'cannot be filtered on'),
    z.array(z.string()).min(1),
  ),
  connections: z.object({
    email: z
      .object({ addresses: z.array(z.string()).optional(), include_all_organizers: z.boolean().optional() })
      .optional(),
    slack: z.array(z.object({ id: z.string(), name: z.string() })).optional(),
  }),
  anomalies: z
    .object({
      enabled: z.boolean().default(true),
      threshold_type: z.enum(['Automatic', 'Percent']).default('Automatic'),
      threshold_value: z.int().default(0),
      // Sent and read by the vendor's Terraform provider; the reference does not have it.
      min_cost_impact: z.number().min(0).optional(),
    })
    .default({ enabled: true, threshold_type: 'Automatic', threshold_value: 0 }),
});

const check = (body: Readonly<Record<string, unknown>>): Checked<Readonly<Record<string, unknown>>> => {
  const parsed = viewInput.safeParse(body);
  return parsed.success ? fine(parsed.data) : faultOf(parsed.error);
};

/** Live only. Every organisation has a view of everything, which has no filter. */
export const viewRoutes = (clock: Clock, loose: boolean): SandboxRoute[] => {
  const seeds = views.map(({ id, name, filters, principal, anomalies }, index): Stored => {
    const createdMs = Date.parse(`${addDays(clock.today(), -200 + index * 11)}T08:15:00Z`);
    const fields = {
      name,
      filter: Object.fromEntries(filters),
      connections: loose ? {} : { email: { addresses: ['finops@example.com'], include_all_organizers: false } },
      principal_dimension: principal,
      ...(anomalies === undefined || loose ? {} : { anomalies }),
    };
    return { id, createdMs, updatedMs: createdMs, fields };
  });
  return collectionRoutes({
    variant: 'live',
    clock,
    path: '/v2/views',
    singular: 'view',
    plural: 'views',
    items: byId(seeds),
    check,
    stamps: (item) => ({ last_updated: epochText(item.updatedMs) }),
    /** An answer to a write also says when the view was edited. */
    written: (item) => ({ last_edited: new Date(item.updatedMs).toISOString() }),
    removed: ({ id }) => ({ id }),
    loose,
  });
};
