/** Example answers of the document; each is validated against its schema by a test. */
export const exampleMeta = {
  complete: true,
  providers: [
    {
      provider: 'acme',
      connection: 'acme',
      status: 'fresh',
      notes: [{ code: 'single-cost-figure', message: 'Acme Cloud has one cost figure; it stands for every cost type' }],
      asOf: '2026-11-21T10:00:00Z',
      completeThrough: '2026-11-19',
      missing: ['region'],
    },
  ],
};

export const examplePage = { limit: 100, nextCursor: null };
