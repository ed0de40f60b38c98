import { freeText, one, wholeNumber } from '../../src/server/operation/parameters.ts';

export const paging = {
  limit: one(
    wholeNumber({ min: 1, max: 1000 }).meta({ description: 'Items on a page; 100 when absent.', examples: [100] }),
  ).optional(),
  cursor: one(
    freeText({ max: 2000 }).meta({
      description: '`page.nextCursor` of the page before. It belongs to one answer and one consumer.',
      examples: ['eyJ…'],
    }),
  ).optional(),
};
