import { z } from 'zod';
import type { Clock } from '../../../src/domain/clock.ts';
import { addDays } from '../../../src/domain/day.ts';
import type { SandboxRoute } from '../../../src/vendor/sandbox/server.ts';
import { byId, collectionRoutes, type Stored } from './collection.ts';
import { type Checked, faultOf, fine, type Manner, type Variant } from './replies.ts';

/** Live: an anomaly, or work that is tracked. The reference requires nothing. */
const liveInput = z.object({
  title: z.string().optional(),
  description: z.string().optional(),
  category: z.string().optional(),
  link: z.string().optional(),
  status: z.enum(['new', 'in_progress', 'on_hold', 'addressed', 'ignored']).default('new'),
  effort: z.enum(['not_set', 'low', 'medium', 'high']).default('not_set'),
  cost_impact: z.union([z.string().regex(/^\d+(\.\d+)?$/), z.number().min(0).transform(String)]).optional(),
});
/** Published: something to watch. */
const publishedInput = z.object({
  name: z.string().min(1),
  description: z.string().default(''),
  filters: z.record(z.string(), z.unknown()).default({}),
  group_by: z.array(z.string()).default([]),
});

const liveSeeds = [
  {
    title: 'Move idle development databases to smaller classes',
    description: 'Four staging databases stayed below 5 % of their capacity for a month.',
    category: 'optimization',
    link: 'https://app.cloudzero.com/insights/1',
    status: 'new',
    effort: 'low',
    cost_impact: '412.8837210644',
  },
  {
    title: 'Let old object versions expire',
    description: 'Versions older than 90 days make up a third of the lakehouse buckets.',
    category: 'storage',
    status: 'in_progress',
    effort: 'medium',
    cost_impact: '1290.5',
  },
  {
    title: 'AmazonEC2 in Production costs more than the day before',
    description: 'Found by the anomaly detection of the view Production.',
    category: 'Anomaly',
    link: 'https://app.cloudzero.com/insights/3',
    status: 'new',
    effort: 'not_set',
    cost_impact: '318.0441207',
  },
  {
    title: 'AmazonS3 in Data platform costs more than the day before',
    description: 'Found by the anomaly detection of the view Data platform.',
    category: 'Anomaly',
    status: 'addressed',
    effort: 'low',
    cost_impact: '96.5',
  },
  {
    title: 'Remove unattached volumes',
    description: 'Volumes without an instance in the staging account.',
    category: 'optimization',
    status: 'addressed',
    effort: 'low',
    cost_impact: '86.02',
  },
] as const;

/** What is left of them where all that may be absent is. */
const looseSeeds = [
  { status: 'new', effort: 'not_set' },
  { title: 'Something that costs more', cost_impact: '5' },
  { title: 'AWSLambda costs more', category: 'Cost anomalies', cost_impact: '12' },
] as const;

const publishedSeeds = [
  {
    name: 'Database spend',
    description: 'Databases by account.',
    filters: { Service: ['AmazonRDS', 'AmazonDynamoDB'] },
    group_by: ['Account'],
  },
  { name: 'Compute by team', description: '', filters: { UsageFamily: ['Compute Instance'] }, group_by: ['Tag:Team'] },
  {
    name: 'Untagged spend',
    description: 'What nobody owns.',
    filters: { 'Tag:Team': ['__NULL_PARTITION_VALUE__'] },
    group_by: [],
  },
] as const;

const check =
  (variant: Variant) =>
  (body: Readonly<Record<string, unknown>>): Checked<Readonly<Record<string, unknown>>> => {
    const parsed = variant === 'live' ? liveInput.safeParse(body) : publishedInput.safeParse(body);
    return parsed.success ? fine(parsed.data) : faultOf(parsed.error);
  };

export const insightRoutes = ({ variant, loose }: Manner, clock: Clock): SandboxRoute[] => {
  const live = loose ? looseSeeds : liveSeeds;
  const seeds = (variant === 'live' ? live : publishedSeeds).map((fields, index): Stored => {
    const createdMs = Date.parse(`${addDays(clock.today(), -40 + index * 9)}T14:05:00Z`);
    return { id: `insight-${(index + 1) * 7919}`, createdMs, updatedMs: createdMs, fields: { ...fields } };
  });
  return collectionRoutes({
    variant,
    clock,
    path: '/v2/insights',
    singular: 'insight',
    plural: 'insights',
    items: byId(seeds),
    check: check(variant),
    removed: ({ id }) => ({ insight: { id }, comments: [] }),
    loose,
  });
};
