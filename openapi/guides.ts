import guides from './guides.json' with { type: 'json' };

const names = ['first-query', 'paging', 'money', 'partial-answers', 'errors', 'caching', 'idempotency'] as const;

/** The guides of docs/guides, in reading order. */
export const readGuides = (read: (name: string) => string): string[] => names.map((name) => read(name).trim());

/** A copy made when the document was last written, because a deployed gateway has no docs folder. */
export const guideChapters: readonly string[] = guides;

export const guidesText = (chapters: readonly string[]): string => `${JSON.stringify(chapters, null, 2)}\n`;
