import { readFileSync } from 'node:fs';
import Fastify from 'fastify';
import { expect, it } from 'vitest';
import { stringify } from 'yaml';
import { buildDocument, documentText } from '../../openapi/document.ts';
import { pages } from '../../openapi/serve.ts';
import { describeRoutes } from '../../openapi/served-document.ts';
import { operations } from '../../routes/index.ts';
import { create, echo } from '../server/operation/toy-operations.ts';
import { startApp } from '../support/app.ts';

const landing = () => ({ connections: [], version: '0' });

/** A server with these routes, described by the operations of the list. */
const describedServer = async (
  routes: readonly { readonly method: 'GET' | 'POST'; readonly url: string; readonly operation?: string }[],
  list = [echo, create],
) => {
  const server = Fastify();
  await describeRoutes(server, list);
  for (const { method, url, operation } of routes) {
    server.route({
      method,
      url,
      handler: async () => 1,
      ...(operation === undefined ? {} : { config: { operation } }),
    });
  }
  return server;
};
const echoRoute = { method: 'GET', url: echo.path.replaceAll(/\{(\w+)\}/g, ':$1'), operation: echo.id } as const;

it('is the committed document, byte for byte, as JSON and as YAML', async () => {
  const { server, close } = await startApp([], {
    prepare: (app) => describeRoutes(app, operations),
    extend: (app) => {
      app.register(pages, { landing });
    },
  });
  const committed = readFileSync(new URL('../../openapi/openapi.json', import.meta.url), 'utf8');
  expect((await server.inject('/openapi.json')).body).toBe(committed);
  const due = stringify(buildDocument(operations), { aliasDuplicateObjects: false, lineWidth: 0 });
  expect((await server.inject('/openapi.yaml')).body).toBe(due);
  await close();
});

it('leaves out an operation of the list that is not routed, with the components that it alone needs', async () => {
  const server = await describedServer([echoRoute]);
  await server.ready();
  expect(documentText(server.swagger())).toBe(documentText(buildDocument([echo])));
  expect(documentText(server.swagger())).not.toContain(`"${create.id}"`);
});

it('refuses an operation that is routed elsewhere than it says', async () => {
  const server = await describedServer([{ ...echoRoute, url: '/elsewhere' }]);
  await server.ready();
  expect(() => server.swagger()).toThrow(`get /elsewhere is the operation ${echo.id}`);
});

it('does not describe a route without an operation', async () => {
  const server = await describedServer([echoRoute, { method: 'GET', url: '/page' }]);
  await server.ready();
  expect(documentText(server.swagger())).toBe(documentText(buildDocument([echo])));
});

it('refuses a routed operation that is not in the list', async () => {
  const server = await describedServer([echoRoute, { method: 'POST', url: '/new', operation: 'createNew' }]);
  await server.ready();
  expect(() => server.swagger()).toThrow('post /new is the operation createNew, which the document does not know');
});
