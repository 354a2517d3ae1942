// The pages that `type` and `doc_url` of a problem document lead to: static text, no script, no request data in it.

import type { Context, Hono } from 'hono';
import type { Env } from './env.ts';
import { CODES, type Code, LEAKED_STEPS, WORDS } from './words.ts';

const CSP =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const STYLE = `:root{color-scheme:light dark}body{font:1rem/1.6 system-ui,sans-serif;max-width:42rem;margin:3rem auto;padding:0 1rem}
code{font-family:ui-monospace,monospace;font-size:.95em}dt{font-weight:600}dd{margin:0 0 .5rem}
body{background:#fff;color:#1a1a1a}a{color:#0b57d0}@media(prefers-color-scheme:dark){body{background:#121212;color:#eee}a{color:#8ab4f8}}
input{box-sizing:border-box;width:100%;font:inherit;padding:.5rem}button{font:inherit;padding:.5rem 1.25rem}`;

/** @param there what the operator has switched on */
export function addPages(
  app: Hono<Env>,
  there: { readonly found: boolean; readonly incidents: boolean },
): void {
  const first = frontPage(there);
  app.get('/', (c) => c.html(first, 200, { 'content-security-policy': CSP }));
  app.get('/docs/errors', (c) => {
    const items = CODES.map(
      (code) =>
        `<li><a href="/docs/errors/${code}"><code>${code}</code></a>: ${html(WORDS[code].title)}</li>`,
    );
    return c.html(
      page(
        'Refusals',
        `<p>Every refusal of this service and what to do about it.</p><ul>${items.join('')}</ul>`,
      ),
      200,
      {
        'content-security-policy': CSP,
      },
    );
  });
  app.get('/docs/errors/:code', async (c, next) => {
    const code = CODES.find((one) => one === c.req.param('code'));
    if (!code) return await next();
    return c.html(errorPage(code), 200, { 'content-security-policy': CSP });
  });
}

function frontPage({ found, incidents }: { readonly found: boolean; readonly incidents: boolean }): string {
  const link = (path: string, words: string, when = true) =>
    when ? `<li><a href="${path}">${path}</a>: ${words}</li>` : '';
  return page(
    'A key service',
    `<p>It issues API keys, takes reports of leaked ones, and says why a key is refused.</p><ul>
${link('/incidents', 'for the people who decide about leaked keys; the link to sign in is in the terminal', incidents)}
${link('/found', 'you found a key of this service where it does not belong', found)}
${link('/docs/errors', 'what each refusal means, and what to do about it')}
${link('/openapi.json', 'every route, for programs')}</ul>
<p>Test a key with <code>GET /v1/whoami</code>: it answers whose it is, or why it is refused.</p>`,
  );
}

function errorPage(code: Code): string {
  const { status, title, detail, steps, retryable } = WORDS[code];
  const leaked =
    code === 'revoked_key'
      ? `<h2>If it was revoked because it leaked</h2><p>The reply then has a <code>cause</code> with <code>reason: leaked</code>, where the key was found and when. It is told to nobody but a caller who presents that very key.</p>${list(LEAKED_STEPS)}`
      : '';
  return page(
    title,
    `<dl><dt>Code</dt><dd><code>${code}</code></dd><dt>Status</dt><dd>${status}</dd><dt>Worth repeating as it is</dt><dd>${retryable ? 'yes, later' : 'no'}</dd></dl>
<h2>What happened</h2><p>${html(detail)}</p><h2>What to do</h2>${list(steps)}${leaked}<p><a href="/docs/errors">All refusals</a></p>`,
  );
}

/** A page of this service: no script, no foreign host, and forms only back to where it came from. */
export function answerPage(
  c: Context<Env>,
  status: 200 | 202 | 400 | 413 | 429 | 503,
  title: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const csp = CSP.replace("form-action 'none'", "form-action 'self'");
  return c.html(page(title, body), status, { 'content-security-policy': csp, ...headers });
}

function list(steps: readonly string[]): string {
  return `<ol>${steps.map((step) => `<li>${html(step)}</li>`).join('')}</ol>`;
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${html(title)}</title><style>${STYLE}</style><h1>${html(title)}</h1>
${body}
</html>
`;
}

function html(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/`([^`]*)`/g, '<code>$1</code>');
}
