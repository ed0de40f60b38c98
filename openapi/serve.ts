import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { stringify } from 'yaml';
import { Failure } from '../src/domain/failure/failure.ts';
import { htmlType } from '../src/server/plugins/html-page.ts';
import { isFailureKind, problemIndexPage, problemPage } from '../src/server/plugins/problem-pages.ts';
import { referencePagePolicy } from '../src/server/plugins/security-headers.ts';
import { type LandingState, landingPage } from '../web/landing.ts';
import { documentText } from './document.ts';
import {
  loadReferenceScript,
  nativeDocumentPath,
  referencePage,
  referenceScriptPath,
  referenceStart,
  referenceStartPath,
} from './reference.ts';
import { type StaticContent, sendStatic, staticContent } from './static-content.ts';

export interface PagesOptions {
  readonly landing: () => LandingState | Promise<LandingState>;
}

const scriptType = 'text/javascript; charset=utf-8';
const referencePolicy = { helmet: { contentSecurityPolicy: { useDefaults: false, directives: referencePagePolicy } } };

/** Computes the value on the first call and caches it. */
const lazily = (make: () => Promise<StaticContent>): (() => Promise<StaticContent>) => {
  let made: Promise<StaticContent> | null = null;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = null;
      throw error;
    });
    return made;
  };
};

const sendPage = (reply: FastifyReply, html: string): FastifyReply =>
  reply.header('content-type', htmlType).header('cache-control', 'no-cache').send(html);

/** Serves the document that `describeRoutes` built, once the server is ready. */
const serveDocument = (app: FastifyInstance): void => {
  const made: Readonly<Record<string, () => Promise<StaticContent>>> = {
    '/openapi.json': lazily(async () => staticContent(documentText(app.swagger()), 'application/json; charset=utf-8')),
    '/openapi.yaml': lazily(async () =>
      staticContent(
        stringify(app.swagger(), { aliasDuplicateObjects: false, lineWidth: 0 }),
        'application/yaml; charset=utf-8',
      ),
    ),
  };
  const native = lazily(async () =>
    staticContent(await readFile(new URL('./native.json', import.meta.url), 'utf8'), 'application/json; charset=utf-8'),
  );
  app.get(nativeDocumentPath, async (request, reply) => sendStatic(request, reply, await native()));
  for (const [path, content] of Object.entries(made)) {
    app.get(path, async (request, reply) => sendStatic(request, reply, await content()));
    app.addHook('onReady', async () => void (await content()));
  }
};

/** The document, the reference and the pages. All are public and contain no cost data. */
export const pages = async (app: FastifyInstance, { landing }: PagesOptions): Promise<void> => {
  const problemIndex = staticContent(problemIndexPage(), htmlType);
  const fixed: Readonly<Record<string, StaticContent>> = {
    '/assets/style.css': staticContent(
      readFileSync(new URL('../web/style.css', import.meta.url), 'utf8'),
      'text/css; charset=utf-8',
    ),
    [referenceStartPath]: staticContent(referenceStart, scriptType),
    '/problems': problemIndex,
    '/problems/': problemIndex,
  };
  serveDocument(app);
  for (const [path, content] of Object.entries(fixed)) {
    app.get(path, (request, reply) => sendStatic(request, reply, content));
  }
  const script = lazily(async () => staticContent(await loadReferenceScript(), scriptType));
  app.get(referenceScriptPath, async (request, reply) => sendStatic(request, reply, await script()));
  for (const path of ['/docs', '/docs/']) {
    app.get(path, referencePolicy, (_request, reply) => sendPage(reply, referencePage()));
  }
  app.get('/', async (_request, reply) => sendPage(reply, landingPage(await landing())));
  app.get<{ Params: { kind: string } }>('/problems/:kind', (request, reply) => {
    const { kind } = request.params;
    if (!isFailureKind(kind)) throw new Failure('not-found', { public: 'There is no such kind of problem.' });
    return sendPage(reply, problemPage(kind));
  });
};
