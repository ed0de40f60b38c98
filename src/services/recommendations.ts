import { sourceRecommendationSchema } from '../domain/nouns.ts';
import type { Ask, ListParameters } from './list-request.ts';
import type { Lists } from './lists.ts';

export interface RecommendationService {
  list(parameters: ListParameters, ask: Ask): Promise<unknown>;
}

const maxAgeMs = 60 * 60_000;

export const openRecommendationService = (lists: Lists): RecommendationService => ({
  list: (parameters, ask) =>
    lists.list({
      name: 'recommendations',
      parameters,
      ask,
      item: sourceRecommendationSchema,
      maxAgeMs,
      source: ({ connector }) => {
        const { recommendations } = connector.capabilities;
        return recommendations === undefined ? null : (session) => recommendations.list(session);
      },
      present: ({ nativeId, ...rest }, connection) => ({
        id: `${connection.id}:${nativeId}`,
        provider: connection.provider,
        connection: connection.id,
        ...rest,
      }),
    }),
});
