import { type FailureKind, failureKinds } from '../../domain/failure/failure.ts';
import { problemKinds, problemPath } from '../../domain/failure/problem-kinds.ts';
import { escapeHtml, htmlPage, proseHtml } from './html-page.ts';

export const isFailureKind = (text: string): text is FailureKind => failureKinds.some((kind) => kind === text);

export const problemPage = (kind: FailureKind): string => {
  const { status, title, explanation } = problemKinds[kind];
  return htmlPage({
    title: `${title} (${kind})`,
    body: `<p class="kicker">Problem, HTTP ${status}</p>
<h1>${escapeHtml(title)}</h1>
<p class="lead">${proseHtml(explanation)}</p>
<dl class="facts">
<dt>Type</dt><dd><code>${problemPath(kind)}</code></dd>
<dt>Status</dt><dd><code>${status}</code></dd>
<dt>Media type</dt><dd><code>application/problem+json</code></dd>
</dl>
<p><a href="/problems/">All problems</a></p>`,
  });
};

export const problemIndexPage = (): string => {
  const rows = [...failureKinds]
    .sort((left, right) => problemKinds[left].status - problemKinds[right].status)
    .map(
      (kind) =>
        `<tr><td>${problemKinds[kind].status}</td><td><a href="${problemPath(kind)}"><code>${kind}</code></a></td><td>${escapeHtml(problemKinds[kind].title)}</td></tr>`,
    );
  return htmlPage({
    title: 'Problems',
    body: `<h1>Problems</h1>
<p class="lead">Errors are <code>application/problem+json</code> after RFC 9457. Their <code>type</code> is one of these, and nothing else.</p>
<div class="scroll"><table>
<thead><tr><th scope="col">Status</th><th scope="col">Type</th><th scope="col">Meaning</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table></div>`,
  });
};
