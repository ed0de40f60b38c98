import { sourceRecommendationSchema } from '../domain/nouns.ts';
import { defineList } from './plain-list.ts';

export const createRecommendationService = defineList({
  name: 'recommendations',
  item: sourceRecommendationSchema,
  maxAgeMs: 60 * 60_000,
  source: ({ recommendations }) => recommendations,
  present: ({ nativeId: _, ...recommendation }) => recommendation,
});
