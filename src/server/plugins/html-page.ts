const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? '');

/** Escapes text and turns `words in backticks` into code elements. */
export const proseHtml = (text: string): string => escapeHtml(text).replace(/`([^`]+)`/g, '<code>$1</code>');

export const htmlType = 'text/html; charset=utf-8';

/** The layout of every page, without scripts. `body` is HTML. */
export const htmlPage = ({ title, body }: { readonly title: string; readonly body: string }): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/assets/style.css">
</head>
<body>
<a class="skip" href="#content">Skip to content</a>
<header class="bar"><nav aria-label="Site">
<a class="brand" href="/">cost-gateway</a>
<a href="/docs">API reference</a>
<a href="/openapi.json">OpenAPI</a>
<a href="/problems/">Problems</a>
</nav></header>
<main id="content">
${body}
</main>
</body>
</html>
`;
