import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import type { OperationEntry } from '../src/server/operation/operation.ts';
import { buildDocument, documentText } from './document.ts';
import { isJsonObject, type Json, toJson } from './json.ts';

/** `get /v1/costs` → `listCosts`, for each route that is an operation. */
const routedOperations = (document: Json): Map<string, string> => {
  const routed = new Map<string, string>();
  const paths = isJsonObject(document) && isJsonObject(document.paths) ? document.paths : {};
  for (const [path, item] of Object.entries(paths)) {
    for (const [method, entry] of Object.entries(isJsonObject(item) ? item : {})) {
      if (isJsonObject(entry) && typeof entry.operationId === 'string')
        routed.set(`${method} ${path}`, entry.operationId);
    }
  }
  return routed;
};

/**
 * Provides the document as `server.swagger()`, once the server is ready. It contains the operations of the list that
 * have a route. Await it before the first route is added, because the plugin does not see earlier routes.
 */
export const describeRoutes = async (server: FastifyInstance, operations: readonly OperationEntry[]): Promise<void> => {
  await server.register(swagger, {
    openapi: { openapi: '3.1.0' },
    transform: ({ url, route }) => {
      const operationId = route.config?.operation;
      return {
        url,
        schema:
          operationId === undefined || route.config?.documentedElsewhere === true ? { hide: true } : { operationId },
      };
    },
    transformObject: (seen) => {
      const routed = routedOperations(toJson('openapiObject' in seen ? seen.openapiObject : {}));
      const described = operations.filter(
        ({ id, method, path }) => routed.get(`${method.toLowerCase()} ${path}`) === id,
      );
      const known = new Set(described.map(({ id }) => id));
      for (const [route, id] of routed) {
        if (!known.has(id)) throw new TypeError(`${route} is the operation ${id}, which the document does not know`);
      }
      return JSON.parse(documentText(buildDocument(described)));
    },
  });
};
