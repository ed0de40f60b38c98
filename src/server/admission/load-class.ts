import type { FastifyRequest } from 'fastify';
import type { OperationEntry } from '../operation/operation.ts';

/** Importance of a request under overload: the last class is rejected first. */
export const loadClasses = ['health', 'cached', 'read', 'write', 'native', 'export'] as const;
export type LoadClass = (typeof loadClasses)[number];

export const rankOf = (loadClass: LoadClass): number => loadClasses.indexOf(loadClass);

const exportTypes = /\b(text\/csv|application\/x-ndjson)\b/i;

/** From what is known before the work. Never `cached`: whether an answer is stored is not known yet. */
export const loadClassOf = (operation: OperationEntry, request: Pick<FastifyRequest, 'headers'>): LoadClass => {
  if (operation.scope === null || operation.scope === 'admin') return 'health';
  if (operation.scope.startsWith('native:')) return 'native';
  if (operation.method !== 'GET') return 'write';
  return exportTypes.test(request.headers.accept ?? '') ? 'export' : 'read';
};
