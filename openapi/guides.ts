import guides from './guides.json' with { type: 'json' };

const names = ['first-query', 'paging', 'money', 'partial-answers', 'errors', 'caching', 'idempotency'] as const;

/** The guides of docs/guides, in the order in which they are read. */
export const readGuides = (read: (name: string) => string): string[] => names.map((name) => read(name).trim());

/** The same as they were when the document was last written: a gateway that is deployed has no docs folder. */
export const guideChapters: readonly string[] = guides;

export const guidesText = (chapters: readonly string[]): string => `${JSON.stringify(chapters, null, 2)}\n`;
