import { z } from 'zod';
import type { Clock } from '../../../src/domain/clock.ts';
import { addDays } from '../../../src/domain/day.ts';
import type { SandboxRoute } from '../../../src/vendor/sandbox/server.ts';
import { byId, collectionRoutes, type Stored } from './collection.ts';
import { type Checked, faultOf, fine, wrong } from './replies.ts';

/** What the vendor calls this type is not documented. */
const anycost = 'anycost-stream';
const noBucket = { bucket_name: '', bucket_path: '' };

const seeds = [
  { id: 'connection-aws-7c20', name: 'main-payer', connection_type: 'aws', cloud_provider: 'AWS' },
  { id: 'connection-anycost-41d8', name: 'elastic-cloud', connection_type: anycost, cloud_provider: 'Elastic' },
] as const;

const bucketSchema = z.object({
  bucket_name: z.string().default(''),
  bucket_path: z.string().default(''),
  cloud_account_id: z.string().nullish(),
});
const connectionSchema = z.object({
  name: z.string().regex(/^[\w-]+$/, 'has a character other than letters, digits, hyphens and underscores'),
  cloud_provider: z.string().min(1),
  connection_type: z.string().default(anycost),
  expected_ingest_rate: z.number().nullish(),
  is_enabled: z.boolean().default(true),
  s3_bucket_info: bucketSchema.nullish(),
});

const managed = 'CloudZero manages this connection, so that it cannot be changed.';

const check = (body: Readonly<Record<string, unknown>>): Checked<Readonly<Record<string, unknown>>> => {
  const parsed = connectionSchema.safeParse(body);
  if (!parsed.success) return faultOf(parsed.error);
  const { expected_ingest_rate: rate, s3_bucket_info: bucket, ...rest } = parsed.data;
  if (rest.connection_type !== anycost) return wrong(managed);
  const { cloud_account_id: account, ...place } = bucket ?? { ...noBucket, cloud_account_id: null };
  return fine({
    ...rest,
    expected_ingest_rate: rate ?? 24,
    s3_bucket_info: typeof account === 'string' ? { ...place, cloud_account_id: account } : place,
    capabilities: {},
    is_draft: false,
  });
};

const isAnycost = ({ fields }: Stored): boolean => fields.connection_type === anycost;

/** Live only: one connection that CloudZero reads by itself, and one that is sent to. */
export const createConnections = (clock: Clock) => {
  const items = byId(
    seeds.map(({ id, ...fields }, index): Stored => {
      const createdMs = Date.parse(`${addDays(clock.today(), -300 + index * 60)}T11:20:00Z`);
      const rest = { expected_ingest_rate: 24, is_enabled: true, s3_bucket_info: noBucket, capabilities: {} };
      return { id, createdMs, updatedMs: createdMs, fields: { ...fields, ...rest, is_draft: false } };
    }),
  );
  const routes: SandboxRoute[] = collectionRoutes({
    variant: 'live',
    clock,
    path: '/v2/connections/billing',
    singular: 'connection',
    plural: 'connections',
    items,
    check,
    expand: ({ id }) => ({ connection_id: id }),
    unremovable: (item) => (isAnycost(item) ? null : managed),
    removed: (connection) => ({ connection }),
  });
  /** Whether there is a connection of this id that billing drops are sent to. */
  const takesDrops = (id: string): boolean => {
    const item = items.get(id);
    return item !== undefined && isAnycost(item);
  };
  return { routes, takesDrops };
};
