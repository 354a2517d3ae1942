import { parts } from '../record/index.ts';
import { BASE } from './frame.ts';

const { html } = parts;
type Markup = parts.Markup;

/** The link was followed. Nothing is used up by looking at it: a mail program may fetch it before a person does. */
export function confirmPage(who: string, token: string): Markup {
  return html`<div class="narrow card stack"><h1>Sign in</h1><p>You will decide about leaked keys as <b>${who}</b>: that name goes into the audit trail.</p>
<form method="post" action="${BASE}/sign-in"><input type="hidden" name="link" value="${token}"><button class="main">Sign in</button></form></div>`;
}

/** No link, or one that is used or too old. */
export function signInPage(about: {
  readonly refused?: string;
  readonly printed?: boolean;
  /** What the identity provider is called, where there is one. */
  readonly oidc?: string | undefined;
}): Markup {
  return html`<div class="narrow card stack"><h1>Sign in</h1>
${about.refused !== undefined && html`<p class="flash doubt" role="status">${about.refused}</p>`}
${about.oidc !== undefined && html`<p><a class="button" href="${BASE}/sign-in/oidc">Sign in with ${about.oidc}</a></p>`}
${about.printed === true ? html`<p class="flash calm" role="status">A new link is in the terminal where keyburn serve runs.</p>` : html`<p>A link for signing in is in the terminal where <code>keyburn serve</code> runs. It works once, and for ten minutes.</p>`}
<form method="post" action="${BASE}/sign-in/link"><button>Print a new link there</button></form>
<p class="small soft">Signed in already? <a href="${BASE}">Go on to the incidents</a></p></div>`;
}

/** Behind the identity provider. The session's cookie goes along from our own pages alone, so a step of ours comes first. */
export function enteredPage(who: string): Markup {
  return html`<div class="narrow card stack"><h1>Signed in</h1><p>You will decide about leaked keys as <b>${who}</b>: that name goes into the audit trail.</p><p><a class="button" href="${BASE}">Go on to the incidents</a></p></div>`;
}
