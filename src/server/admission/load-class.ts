import type { FastifyRequest } from 'fastify';
import type { OperationEntry } from '../operation/operation.ts';

/** What a request is, as far as it matters when not all can be served; the first are served longest. */
export const loadClasses = ['health', 'cached', 'read', 'write', 'native', 'export'] as const;
export type LoadClass = (typeof loadClasses)[number];

export const rankOf = (loadClass: LoadClass): number => loadClasses.indexOf(loadClass);

/** Long lists, asked for by their media type. */
const exported = /\b(text\/csv|application\/x-ndjson)\b/i;

/** By what can be known before any work is done; that an answer is kept already is found out later. */
export const loadClassOf = (operation: OperationEntry, request: Pick<FastifyRequest, 'headers'>): LoadClass => {
  if (operation.scope === null || operation.scope === 'admin') return 'health';
  if (operation.scope.startsWith('native:')) return 'native';
  if (operation.method !== 'GET') return 'write';
  return exported.test(request.headers.accept ?? '') ? 'export' : 'read';
};
