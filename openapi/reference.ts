import Fastify from 'fastify';

export const referenceScriptPath = '/docs/reference.js';
export const nativeDocumentPath = '/openapi/native.json';
export const referenceStartPath = '/docs/start.js';

/**
 * The script of the API reference. The package offers it only as a route, beside a page with an inline script, so it is
 * requested once from an instance that does not listen.
 */
export const loadReferenceScript = async (): Promise<string> => {
  const { default: apiReference } = await import('@scalar/fastify-api-reference');
  const source = Fastify();
  await source.register(apiReference, { routePrefix: '/source', configuration: { url: '/openapi.json' } });
  const { statusCode, body } = await source.inject('/source/js/scalar.js');
  await source.close();
  if (statusCode !== 200 || body === '')
    throw new TypeError('the API reference package has no script at /js/scalar.js');
  return body;
};

/** Turns off everything that would call other servers. The page's content security policy forbids it as well. */
const configuration = {
  sources: [
    { title: 'cost-gateway', slug: 'cost-gateway', url: '/openapi.json', default: true },
    { title: "The vendors' own operations", slug: 'native', url: nativeDocumentPath },
  ],
  withDefaultFonts: false,
  telemetry: false,
  persistAuth: false,
  showDeveloperTools: 'never',
  agent: { disabled: true },
  mcp: { disabled: true },
  hideClientButton: true,
  defaultOpenAllTags: false,
};

export const referenceStart = `Scalar.createApiReference('#reference', ${JSON.stringify(configuration)});\n`;

/** Does not use the common layout, because its style sheet would affect the content that the script renders. */
export const referencePage = (): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>cost-gateway API reference</title>
<link rel="icon" href="data:,">
</head>
<body>
<div id="reference"></div>
<noscript><p>The reference needs JavaScript. The documents themselves are at <a href="/openapi.json">/openapi.json</a> and, for the vendors' own operations, at <a href="${nativeDocumentPath}">${nativeDocumentPath}</a>.</p></noscript>
<script src="${referenceScriptPath}"></script>
<script src="${referenceStartPath}"></script>
</body>
</html>
`;
