import type { SandboxReply } from '../../../../src/vendor/sandbox/server.ts';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

export const page = (title: string, body: string): SandboxReply => ({
  text: `<!doctype html><html lang="en"><title>${escaped(title)}</title><h1>${escaped(title)}</h1>${body}</html>`,
  contentType: 'text/html;charset=UTF-8',
});

const decision =
  '<button id="accept" name="decision" value="accept">Accept</button><button id="reject" name="decision" value="reject">Reject</button>';

export const consentPage = (id: string, scopes: readonly string[]): SandboxReply =>
  page(
    'cost-gateway would like to access',
    `<ul>${scopes.map((scope) => `<li>${escaped(scope)}</li>`).join('')}</ul><form method="post" action="/accounts/consent"><input type="hidden" name="id" value="${escaped(id)}">${decision}</form>`,
  );

export const devicePage = (userCode: string): SandboxReply =>
  page(
    'Enter the code that your device shows',
    `<form method="post" action="/oauth/v3/device"><input id="code" name="user_code" value="${escaped(userCode)}">${decision}</form>`,
  );
