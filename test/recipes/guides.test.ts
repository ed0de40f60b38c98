import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildDocument } from '../../openapi/document.ts';
import { guideChapters, readGuides } from '../../openapi/guides.ts';
import { operations } from '../../routes/index.ts';
import { readRepositoryFile, root } from '../architecture/tree.ts';
import { readDocument } from '../docs/document.ts';
import { openContract } from '../openapi/contract.ts';
import type { RunningApp } from '../support/app.ts';
import { openReader, requestsIn, startLiveGateway } from './live-gateway.ts';

const names = readdirSync(join(root, 'docs/guides')).filter((name) => name.endsWith('.md'));
const contract = openContract(buildDocument(operations));

let app: RunningApp;
beforeAll(async () => {
  app = await startLiveGateway();
});
afterAll(() => app.close());

test.each(names)('every request of %s is answered as the guide and the document say', async (name) => {
  const { fences } = readDocument(`docs/guides/${name}`);
  const ask = openReader(app);
  let asked = 0;
  let last: unknown = null;
  for (const fence of fences) {
    for (const { command, status } of requestsIn(fence)) {
      const said = await ask(command);
      expect(said.status, `${command}\n${said.text.slice(0, 300)}`).toBe(status);
      const url = said.url.replace(/^https?:\/\/[^/]+/, '');
      const served = contract.operationOf(said.method, url) !== null;
      if (served) expect(contract.faultsOf({ ...said, url, body: said.text }), command).toEqual([]);
      last = said.body;
      asked += 1;
    }
    if (fence.language === 'json') expect(last, fence.text).toMatchObject(JSON.parse(fence.text));
  }
  expect(asked).toBeGreaterThan(2);
});

test('every guide is a chapter of the document, and the document has no other', () => {
  const chapters = readGuides((name) => readRepositoryFile(`docs/guides/${name}.md`));
  expect(guideChapters, 'run "npm run openapi"').toEqual(chapters);
  expect(chapters.length).toBe(names.length);
  const description = String(buildDocument(operations).info.description);
  for (const chapter of chapters) expect(description).toContain(chapter);
});
