import { z } from 'zod';

/** The dimensions of vendors. `provider` and `connection` are the gateway's own dimensions. */
export const namedDimensions = ['account', 'service', 'region', 'category', 'resource', 'cloud'] as const;
export type NamedDimension = (typeof namedDimensions)[number];
export type TagDimension = `tag:${string}`;
export type Dimension = NamedDimension | TagDimension;

export const ownDimensions = ['provider', 'connection'] as const;
export type OwnDimension = (typeof ownDimensions)[number];
export type GroupKey = OwnDimension | Dimension;

const namedDimensionSchema = z.enum(namedDimensions);
const ownDimensionSchema = z.enum(ownDimensions);

export const isTag = (text: string): text is TagDimension => /^tag:.{1,256}$/su.test(text);
export const isDimension = (text: string): text is Dimension =>
  namedDimensionSchema.safeParse(text).success || isTag(text);
export const isOwnDimension = (key: string): key is OwnDimension => ownDimensionSchema.safeParse(key).success;
export const isGroupKey = (text: string): text is GroupKey => isOwnDimension(text) || isDimension(text);
export const tagKey = (dimension: TagDimension): string => dimension.slice('tag:'.length);
