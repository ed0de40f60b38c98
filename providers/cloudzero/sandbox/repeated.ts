import type { Clock } from '../../../src/domain/clock.ts';
import type { SandboxReply, SandboxRequest, SandboxRoute } from '../../../src/vendor/sandbox/server.ts';

/** The two headers are documented for these paths: all of the second version but costs, dimensions and recommendations. */
const takesHeaders = ({ path }: SandboxRoute): boolean => /^\/v2\/(?!billing\/|optimize\/)/.test(path);

const namespaceAgeMs = 3_600_000;

/** A repeated `cloudzero-idempotency-key` has the first answer again, errors included, before anything else is looked at. */
export const answeredOnce = (routes: readonly SandboxRoute[]): SandboxRoute[] => {
  const answered = new Map<string, Promise<SandboxReply>>();
  return routes.map((route) => {
    if (!takesHeaders(route)) return route;
    const handle = (request: SandboxRequest): SandboxReply | Promise<SandboxReply> => {
      const key = request.headers['cloudzero-idempotency-key'];
      if (key === undefined) return route.handle(request);
      const call = JSON.stringify([request.method, request.path, key]);
      const reply = answered.get(call) ?? Promise.resolve(route.handle(request));
      answered.set(call, reply);
      return reply;
    };
    return { ...route, handle };
  });
};

/**
 * A request with `cloudzero-test-key` meets a world of that name, which is gone an hour after it began. What it begins
 * with is not documented: here, with what the sandbox itself begins with. `create` makes the same routes each time.
 */
export const inNamespaces = (clock: Clock, create: () => readonly SandboxRoute[]): SandboxRoute[] => {
  const namespaces = new Map<string, { readonly routes: readonly SandboxRoute[]; readonly begunAt: number }>();
  const routesIn = (name: string): readonly SandboxRoute[] => {
    const known = namespaces.get(name);
    if (known !== undefined && clock.now() - known.begunAt < namespaceAgeMs) return known.routes;
    const begun = { routes: create(), begunAt: clock.now() };
    namespaces.set(name, begun);
    return begun.routes;
  };
  return create().map((route, index) => {
    if (!takesHeaders(route)) return route;
    const handle = (request: SandboxRequest) => {
      const name = request.headers['cloudzero-test-key'];
      return ((name === undefined ? undefined : routesIn(name)[index]) ?? route).handle(request);
    };
    return { ...route, handle };
  });
};
