import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { breakingChanges, namedBreaks } from '../../openapi/breaking.ts';
import { buildDocument, documentText } from '../../openapi/document.ts';
import { toJson } from '../../openapi/json.ts';
import { operations } from '../../routes/index.ts';
import { readRepositoryFile } from '../architecture/tree.ts';

const text = documentText(buildDocument(operations));
const document = () => JSON.parse(text);
const breaksOf = (change: (now: ReturnType<typeof document>) => void): string[] => {
  const now = document();
  change(now);
  return breakingChanges(toJson(document()), toJson(now));
};
const costs = '/v1/costs';
const parametersOf = (now: ReturnType<typeof document>) => now.paths[costs].get.parameters;
const named = (now: ReturnType<typeof document>, name: string) =>
  parametersOf(now).find((parameter: { name: string }) => parameter.name === name);

describe('what breaks callers', () => {
  it.each<[string, (now: ReturnType<typeof document>) => void, string]>([
    ['a path goes', (now) => delete now.paths[costs], 'GET /v1/costs is gone'],
    ['an operation goes', (now) => delete now.paths['/v1/budgets'].post, 'POST /v1/budgets is gone'],
    [
      'a parameter goes',
      (now) => parametersOf(now).splice(parametersOf(now).indexOf(named(now, 'top')), 1),
      'GET /v1/costs: query parameter top is gone',
    ],
    [
      'a parameter becomes required',
      (now) => {
        named(now, 'start').required = true;
      },
      'GET /v1/costs: query parameter start is now required',
    ],
    [
      'a required parameter comes',
      (now) => parametersOf(now).push({ name: 'team', in: 'query', required: true, schema: { type: 'string' } }),
      'GET /v1/costs: query parameter team is new and required',
    ],
    [
      'a parameter loses a word',
      (now) => named(now, 'granularity').schema.enum.pop(),
      'GET /v1/costs: query parameter granularity no longer has the value "total"',
    ],
    [
      'a parameter takes less',
      (now) => {
        named(now, 'limit').schema.maximum = 500;
      },
      'GET /v1/costs: query parameter limit has a stricter maximum',
    ],
    [
      'a parameter is of another type',
      (now) => {
        named(now, 'currency').schema.type = 'integer';
      },
      'GET /v1/costs: query parameter currency is "integer", no longer "string"',
    ],
    [
      'a field of an answer goes',
      (now) => delete now.components.schemas.CostRow.properties.labels,
      'GET /v1/costs: answer 200.data[].labels is gone',
    ],
    [
      'a field of an answer may be absent',
      (now) => {
        now.components.schemas.Money.required = ['amount'];
      },
      'GET /v1/costs: answer 200.data[].cost.currency may now be absent',
    ],
    [
      'a field of an answer is of another type',
      (now) => {
        now.components.schemas.Money.properties.amount.type = 'number';
      },
      'GET /v1/costs: answer 200.totals[].amount is "number", no longer "string"',
    ],
    [
      'an answer loses a word',
      (now) => now.components.schemas.ProviderStatus.properties.status.enum.shift(),
      'GET /v1/costs: answer 200.meta.providers[].status no longer has the value "fresh"',
    ],
    [
      'a field of a body becomes required',
      (now) => now.components.schemas.CreateBudget.required.push('alerts'),
      'POST /v1/budgets: body.alerts is now required',
    ],
    [
      'a field of a body goes',
      (now) => delete now.components.schemas.CreateBudget.properties.scope,
      'POST /v1/budgets: body.scope is gone',
    ],
    ['a status goes', (now) => delete now.paths[costs].get.responses['304'], 'GET /v1/costs: answer 304 is gone'],
    [
      'a media type goes',
      (now) => delete now.paths[costs].get.responses['200'].content['text/csv'],
      'GET /v1/costs: answer 200 is no longer text/csv',
    ],
    [
      'a header goes',
      (now) => delete now.paths[costs].get.responses['200'].headers.ETag,
      'GET /v1/costs: answer 200 no longer has the header ETag',
    ],
    [
      'another scope is needed',
      (now) => {
        now.paths[costs].get['x-scope'] = 'admin';
      },
      'GET /v1/costs: needs the scope "admin", no longer "read"',
    ],
    [
      'an operation is called otherwise',
      (now) => {
        now.paths[costs].get.operationId = 'costs';
      },
      'GET /v1/costs: is called "costs", no longer "listCosts"',
    ],
  ])('is found where %s', (_name, change, fault) => {
    expect(breaksOf(change)).toContain(fault);
  });
});

describe('what callers do not notice', () => {
  it.each<[string, (now: ReturnType<typeof document>) => void]>([
    ['nothing changes', () => {}],
    [
      'an operation comes',
      (now) => {
        now.paths['/v1/new'] = now.paths[costs];
      },
    ],
    [
      'an answer tells more',
      (now) => {
        now.components.schemas.CostRow.properties.more = { type: 'string' };
        now.components.schemas.CostRow.required.push('more');
      },
    ],
    ['a parameter takes more words', (now) => named(now, 'granularity').schema.enum.push('hourly')],
    [
      'a parameter comes that may be left out',
      (now) => parametersOf(now).push({ name: 'team', in: 'query', required: false, schema: { type: 'string' } }),
    ],
    [
      'a body asks for less',
      (now) => {
        now.components.schemas.CreateBudget.required = ['name'];
      },
    ],
    ['a problem no longer comes', (now) => delete now.paths[costs].get.responses['504']],
    [
      'words change',
      (now) => {
        now.paths[costs].get.description = 'Costs.';
      },
    ],
  ])('is let through where %s', (_name, change) => {
    expect(breaksOf(change)).toEqual([]);
  });
});

describe('the changelog', () => {
  it('names breaks in backticks, under Breaking of what is not released yet', () => {
    const log =
      '# Changelog\n\n## Unreleased\n\n### Added\n\n- `a`\n\n### Breaking\n\n- `GET /a is gone`: use `GET /b`\n\n### Fixed\n\n- `c`\n\n## 1.0.0\n\n### Breaking\n\n- `GET /old is gone`\n';
    expect([...namedBreaks(log)]).toEqual(['GET /a is gone', 'GET /b']);
    expect([...namedBreaks('# Changelog\n\n## Unreleased\n')]).toEqual([]);
    expect([...namedBreaks('## Unreleased\n\n### Breaking\n\n- `x`\n')]).toEqual(['x']);
  });
});

describe('this gateway', () => {
  it('breaks nobody without saying so', () => {
    const released = JSON.parse(readFileSync(new URL('../../openapi/released.json', import.meta.url), 'utf8'));
    const said = namedBreaks(readRepositoryFile('CHANGELOG.md'));
    const silent = breakingChanges(toJson(released), toJson(document())).filter((change) => !said.has(change));
    expect(silent, 'take these back, or name them in CHANGELOG.md under "### Breaking", each in backticks').toEqual([]);
  });
});
