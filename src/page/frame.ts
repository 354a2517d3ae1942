// What is around every page: head, skip link, navigation, the message of the last form.

import { createHash } from 'node:crypto';
import { parts } from '../record/index.ts';
import { SCRIPT } from './script.ts';
import type { Flash, Session } from './sessions.ts';
import { STYLE } from './style.ts';

const { html } = parts;
type Markup = parts.Markup;

export const BASE = '/incidents';

/** Served files by name. Their names change with what is in them, so that they can be kept for ever. */
export const ASSETS: ReadonlyMap<string, { readonly type: string; readonly text: string }> = new Map([
  [named('page', STYLE, 'css'), { type: 'text/css; charset=utf-8', text: STYLE }],
  [named('page', SCRIPT, 'js'), { type: 'text/javascript; charset=utf-8', text: SCRIPT }],
]);
const [STYLE_FILE = '', SCRIPT_FILE = ''] = ASSETS.keys();

function named(name: string, text: string, ending: string): string {
  return `${name}.${createHash('sha256').update(text).digest('hex').slice(0, 12)}.${ending}`;
}

export interface Frame {
  readonly title: string;
  readonly body: Markup;
  readonly session?: Session | undefined;
  readonly current?: 'incidents' | 'charts';
}

export function page({ title, body, session, current }: Frame): string {
  const head = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · keyburn</title>
<link rel="stylesheet" href="${BASE}/assets/${STYLE_FILE}">
<link rel="icon" href="data:,">
<script src="${BASE}/assets/${SCRIPT_FILE}" defer></script>
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
${session !== undefined && top(session, current)}
<main id="main" class="wrap stack" tabindex="-1">
${body}
</main>
</body>
</html>
`;
  return head.toString();
}

function top(session: Session, current: Frame['current']): Markup {
  const link = (name: NonNullable<Frame['current']>, href: string, text: string): Markup =>
    current === name
      ? html`<a href="${href}" aria-current="page">${text}</a>`
      : html`<a href="${href}">${text}</a>`;
  return html`<header class="top"><div class="wrap"><a class="brand" href="${BASE}">keyburn</a><nav aria-label="Pages">${link('incidents', BASE, 'Incidents')}${link('charts', `${BASE}/charts`, 'Charts')}</nav>
<form method="post" action="${BASE}/sign-out"><input type="hidden" name="csrf" value="${session.csrf}"><span class="soft small">${session.who}</span> <button class="bare small">Sign out</button></form></div></header>`;
}

/** The last form's result: said to a screen reader when the page is there, and focused. */
export function flash(said: Flash | undefined): Markup {
  return html`<div id="status" role="status" aria-live="polite">${said !== undefined && html`<p class="flash ${said.tone}" tabindex="-1">${said.text}</p>`}</div>`;
}

/** A page with one message, for what is refused or missing. */
export function message(title: string, text: string, session?: Session): string {
  return page({
    title,
    session,
    body: html`<div class="narrow card stack"><h1>${title}</h1><p>${text}</p><p><a href="${BASE}">To the incidents</a></p></div>`,
  });
}
