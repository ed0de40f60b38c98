import { escapeHtml, htmlPage } from '../src/server/plugins/html-page.ts';

export interface LandingConnection {
  readonly id: string;
  readonly title: string;
  readonly health: 'ok' | 'degraded' | 'down' | 'unknown';
  readonly sandbox: boolean;
}

export interface LandingState {
  /** Null: which connections there are is told only to callers who prove who they are. */
  readonly connections: readonly LandingConnection[] | null;
  readonly version: string;
}

const healthWords = { ok: 'ok', degraded: 'degraded', down: 'down', unknown: 'not yet proven' } as const;

const connectionItem = ({ id, title, health, sandbox }: LandingConnection): string =>
  `<li class="card">
<h3>${escapeHtml(title)}</h3>
<p><code>${escapeHtml(id)}</code>${sandbox ? ' <span class="badge">sandbox</span>' : ''}</p>
<p><span class="health ${health}">${healthWords[health]}</span></p>
</li>`;

const connectionList = (connections: LandingState['connections']): string => {
  if (connections === null)
    return '<p>Ask <a href="/v1/providers">/v1/providers</a> with your key for the connections and their health.</p>';
  if (connections.length === 0) return '<p>No connection is configured.</p>';
  return `<ul class="cards">\n${connections.map(connectionItem).join('\n')}\n</ul>`;
};

const links = [
  ['/docs', 'API reference', 'every operation, to read and to try'],
  ['/openapi.json', 'OpenAPI document', 'JSON, or YAML at /openapi.yaml'],
  ['/v1/providers', 'Providers', 'each connection with its abilities and quotas'],
  ['/v1/costs?groupBy=provider&granularity=daily', 'Costs by provider', 'daily, this month to date'],
  ['/v1/costs/summary', 'Summary', 'this period and the one before'],
  ['/problems/', 'Problems', 'what each kind of error means'],
] as const;

/** The page at `/`. It shows no cost data, so it needs no credential. */
export const landingPage = ({ connections, version }: LandingState): string =>
  htmlPage({
    title: 'cost-gateway',
    body: `<p class="kicker">Version ${escapeHtml(version)}</p>
<h1>What a company spends, whoever bills it</h1>
<p class="lead">One REST API over several cost vendors: exact decimal amounts, the same dimensions everywhere, and an answer that says when it is not complete.</p>
<section aria-labelledby="connections">
<h2 id="connections">Connections</h2>
${connectionList(connections)}
</section>
<section aria-labelledby="begin">
<h2 id="begin">Where to begin</h2>
<ul class="links">
${links.map(([path, name, what]) => `<li><a href="${escapeHtml(path)}">${name}</a> <span>${what}</span></li>`).join('\n')}
</ul>
<h3>An example</h3>
<pre><code>curl "$GATEWAY/v1/costs?groupBy=service&amp;granularity=monthly&amp;top=10" -H "X-Api-Key: $KEY"</code></pre>
</section>`,
  });
