// The routes of the incidents page. The laws: every route needs a session but signing in and the two files that it looks by; a form
// counts only with its session's own token and from our own origin; and nothing is answered to another name than ours, so that
// a stranger's page cannot reach a loopback server through DNS.

import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { getCookie, setCookie } from 'hono/cookie';
import { z } from 'zod';
import { type Fingerprint, parseFingerprint } from '../model/index.ts';
import type { Ledger } from '../record/index.ts';
import { chartsPage, DAYS } from './charts.ts';
import { type Desk, VERBS } from './desk.ts';
import { ASSETS, BASE, message, page } from './frame.ts';
import { listPage } from './list.ts';
import { type Oidc, PENDING_MS } from './oidc.ts';
import { parseAddress, queryOf } from './query.ts';
import { createSessions, type Flash, isSame, type Session } from './sessions.ts';
import { confirmPage, enteredPage, signInPage } from './sign-in.ts';
import { SNOOZES, storyPage } from './story.ts';

export interface PageOptions {
  readonly ledger: Ledger;
  readonly desk: Desk;
  /** Where people reach it, without a slash at the end: the only origin whose forms count. */
  readonly url: () => string;
  /** Whose name goes into the audit trail. */
  readonly who: string;
  /** Shows a sign-in link to the operator, and to nobody else. */
  readonly show: (link: string) => void;
  /** Another way in, beside the link. */
  readonly oidc?: Oidc;
  /** A line for the operator's log. */
  readonly log?: (line: string) => void;
  readonly now?: () => Date;
}

export interface Page {
  /** All of it is below /incidents. */
  readonly app: Hono<PageEnv>;
  /** Shows a new sign-in link. @returns false where one was shown a moment ago */
  invite(): boolean;
}

interface PageEnv {
  Variables: { session: Session };
}

const COOKIE = 'keyburn_session';
/** Ties an identity provider's answer to the browser that asked. */
const TIE = 'keyburn_oidc';
const OLD_LINK = 'This link is used or too old.';
const MOST_FORM_BYTES = 16 * 1024;
const CSP = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "connect-src 'self'",
  'img-src data:',
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** What a visitor without a session may reach. */
const OPEN: ReadonlySet<string> = new Set([
  `GET ${BASE}/sign-in`,
  `POST ${BASE}/sign-in`,
  `POST ${BASE}/sign-in/link`,
  `GET ${BASE}/sign-in/oidc`,
  `GET ${BASE}/sign-in/oidc/answer`,
  ...[...ASSETS.keys()].map((file) => `GET ${BASE}/assets/${file}`),
]);

const formSchema = z.object({
  verb: z.enum(VERBS),
  reason: z.string().trim().min(3).max(500),
  days: z.enum(SNOOZES.map(([days]) => days)).catch('1'),
});

export function createPage(options: PageOptions): Page {
  const { ledger, desk, oidc, now = () => new Date() } = options;
  const sessions = createSessions(options.who, now);
  const app = new Hono<PageEnv>();
  type Here = Context<PageEnv>;

  const invite = (): boolean => {
    const token = sessions.link();
    if (token !== undefined) options.show(`${options.url()}${BASE}/sign-in?link=${token}`);
    return token !== undefined;
  };

  app.use('*', async (c, next) => {
    await next();
    const { headers } = c.res;
    headers.set('content-security-policy', CSP);
    headers.set('x-frame-options', 'DENY');
    headers.set('x-content-type-options', 'nosniff');
    // Same origin, not none: without it a browser sends "Origin: null" with our own forms.
    headers.set('referrer-policy', 'same-origin');
    headers.set('cross-origin-opener-policy', 'same-origin');
    headers.set('cross-origin-resource-policy', 'same-origin');
    headers.set('permissions-policy', 'camera=(), geolocation=(), microphone=()');
    if (!headers.has('cache-control')) headers.set('cache-control', 'no-store');
  });
  app.use('*', async (c, next) => {
    if (!isOurName(c.req.header('host'), options.url()))
      return c.html(message('Not here', 'This server does not go by that name.'), 421);
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD' && !isOwnForm(c, options.url()))
      return c.html(message('Not accepted', 'This form did not come from this page.'), 403);
    const method = c.req.method === 'HEAD' ? 'GET' : c.req.method;
    const session = sessions.find(getCookie(c, COOKIE));
    if (session !== undefined) c.set('session', session);
    else if (!OPEN.has(`${method} ${c.req.path}`)) return c.redirect(`${BASE}/sign-in`, 303);
    return next();
  });
  app.use(
    '*',
    bodyLimit({
      maxSize: MOST_FORM_BYTES,
      onError: (c) => c.html(message('Too much', 'This form is too large.'), 413),
    }),
  );

  const show = (c: Here, about: Parameters<typeof page>[0], status: 200 | 403 | 404 = 200) =>
    c.html(page(about), status);
  const taken = (session: Session): Flash | undefined => {
    const said = session.flash;
    delete session.flash;
    return said;
  };
  const form = async (c: Here): Promise<Readonly<Record<string, unknown>>> =>
    (c.req.header('content-type') ?? '').startsWith('application/x-www-form-urlencoded')
      ? c.req.parseBody()
      : {};
  const isTheirs = (given: unknown, session: Session): boolean =>
    typeof given === 'string' && isSame(given, session.csrf);

  const cookie = () => ({ httpOnly: true, path: BASE, secure: options.url().startsWith('https:') });
  const keep = (c: Here, name: string): void => {
    sessions.end(getCookie(c, COOKIE));
    setCookie(c, COOKIE, name, { ...cookie(), sameSite: 'Strict' });
  };

  app.get(`${BASE}/assets/:file`, (c) => {
    const asset = ASSETS.get(c.req.param('file'));
    if (asset === undefined) return c.notFound();
    return c.body(asset.text, 200, {
      'content-type': asset.type,
      'cache-control': 'public, max-age=31536000, immutable',
    });
  });

  app.get(`${BASE}/sign-in`, (c) => {
    const token = c.req.query('link');
    const body =
      token !== undefined && sessions.isOpen(token)
        ? confirmPage(options.who, token)
        : signInPage({
            ...(token === undefined ? {} : { refused: OLD_LINK }),
            printed: c.req.query('printed') !== undefined,
            oidc: oidc?.name,
          });
    return show(c, { title: 'Sign in', body });
  });
  app.post(`${BASE}/sign-in`, async (c) => {
    const { link } = await form(c);
    const name = typeof link === 'string' ? sessions.signIn(link) : undefined;
    if (name === undefined)
      return show(c, { title: 'Sign in', body: signInPage({ refused: OLD_LINK, oidc: oidc?.name }) }, 403);
    keep(c, name);
    return c.redirect(BASE, 303);
  });
  app.post(`${BASE}/sign-in/link`, (c) => {
    invite();
    return c.redirect(`${BASE}/sign-in?printed=1`, 303);
  });
  if (oidc !== undefined) {
    app.get(`${BASE}/sign-in/oidc`, async (c) => {
      const begun = await oidc.begin();
      const refused = 'The identity provider does not answer.';
      if (begun === undefined)
        return show(c, { title: 'Sign in', body: signInPage({ refused, oidc: oidc.name }) }, 403);
      // Lax: the answer comes from the provider's own pages.
      setCookie(c, TIE, begun.tie, { ...cookie(), sameSite: 'Lax', maxAge: PENDING_MS / 1000 });
      return c.redirect(begun.url, 303);
    });
    app.get(`${BASE}/sign-in/oidc/answer`, async (c) => {
      const entered = await oidc.finish(new URL(c.req.url).searchParams, getCookie(c, TIE));
      setCookie(c, TIE, '', { ...cookie(), sameSite: 'Lax', maxAge: 0 });
      switch (entered.outcome) {
        case 'in':
          keep(c, sessions.begin(entered.who));
          return show(c, { title: 'Signed in', body: enteredPage(entered.who) });
        case 'out': {
          options.log?.(`nobody was signed in: ${entered.why}`);
          const refused = 'You were not signed in. The operator’s log says why.';
          return show(c, { title: 'Sign in', body: signInPage({ refused, oidc: oidc.name }) }, 403);
        }
      }
    });
  }
  app.post(`${BASE}/sign-out`, async (c) => {
    const session = c.get('session');
    if (!isTheirs((await form(c)).csrf, session)) return stale(c);
    sessions.end(getCookie(c, COOKIE));
    setCookie(c, COOKIE, '', { ...cookie(), sameSite: 'Strict', maxAge: 0 });
    return c.redirect(`${BASE}/sign-in`, 303);
  });

  app.get(BASE, async (c) => {
    const session = c.get('session');
    const address = parseAddress(c.req.query());
    const [found, counts, services] = await Promise.all([
      ledger.board.list(queryOf(address)),
      ledger.board.counts(),
      ledger.board.services(),
    ]);
    const body = listPage({
      address,
      page: found,
      counts,
      services,
      said: taken(session),
      at: now().toISOString(),
    });
    return show(c, { title: 'Incidents', body, session, current: 'incidents' });
  });
  app.get(`${BASE}/charts`, async (c) => {
    const body = chartsPage(await ledger.board.figures(DAYS));
    return show(c, { title: 'Charts', body, session: c.get('session'), current: 'charts' });
  });

  const storyOf = async (id: string) => {
    const known = parseFingerprint(id);
    const story = known === undefined ? undefined : await ledger.incident(known);
    return story?.kind === 'one' ? story : undefined;
  };
  app.get(`${BASE}/:id/under-way`, (c) => {
    const known = parseFingerprint(c.req.param('id'));
    return c.text(known !== undefined && desk.underWay(known) !== undefined ? 'under way' : 'done');
  });
  app.get(`${BASE}/:id`, async (c) => {
    const session = c.get('session');
    const story = await storyOf(c.req.param('id'));
    const card = story && (await ledger.board.card(story.incident.id));
    if (story === undefined || card === undefined) return c.notFound();
    const { incident } = story;
    const body = storyPage({
      story,
      card,
      told: await ledger.board.told(incident.id),
      issuer: await desk.issuer(incident),
      choices: await desk.choices(incident, card.snoozedUntil),
      underWay: desk.underWay(incident.id),
      session,
      said: taken(session) ?? desk.result(incident.id),
      at: now().toISOString(),
    });
    return show(c, { title: `${incident.title} ${incident.preview}`, body, session, current: 'incidents' });
  });
  app.post(`${BASE}/:id`, async (c) => {
    const session = c.get('session');
    const given = await form(c);
    if (!isTheirs(given.csrf, session)) return stale(c);
    const story = await storyOf(c.req.param('id'));
    if (story === undefined) return c.notFound();
    const said = await decided(story.incident.id, given, session.who);
    if (said !== undefined) session.flash = said;
    return c.redirect(`${BASE}/${story.incident.id}`, 303);
  });

  async function decided(
    id: Fingerprint,
    given: Readonly<Record<string, unknown>>,
    by: string,
  ): Promise<Flash | undefined> {
    const wish = formSchema.safeParse(given);
    if (!wish.success)
      return { tone: 'doubt', text: 'Choose what should happen, and give a reason of 3 to 500 characters.' };
    const { verb, reason, days } = wish.data;
    const [story, card] = [await ledger.incident(id), await ledger.board.card(id)];
    if (story.kind !== 'one') return { tone: 'doubt', text: 'The incident is gone from the ledger.' };
    // What was possible when the form was drawn may not be any more.
    const choice = (await desk.choices(story.incident, card?.snoozedUntil ?? null)).find(
      (one) => one.verb === verb,
    );
    if (choice?.possible !== true)
      return { tone: 'doubt', text: `Not possible now: ${choice?.why ?? verb}.` };
    const until = new Date(now().getTime() + Number(days) * 86_400_000);
    return desk.act(verb, story.incident, { by, reason, until });
  }

  function stale(c: Here) {
    return show(
      c,
      {
        title: 'Not accepted',
        body: signInPage({ oidc: oidc?.name }),
      },
      403,
    );
  }
  app.notFound((c) =>
    c.html(message('Not found', 'There is nothing here by that name.', c.get('session')), 404),
  );
  return { app, invite };
}

function isOurName(host: string | undefined, url: string): boolean {
  const ours = new URL(url);
  if (host === ours.host) return true;
  // A loopback server has three names.
  const loopback = ['127.0.0.1', 'localhost', '[::1]'];
  const port = ours.port === '' ? '' : `:${ours.port}`;
  return loopback.includes(ours.hostname) && loopback.some((name) => host === `${name}${port}`);
}

function isOwnForm(c: Context, url: string): boolean {
  const origin = c.req.header('origin');
  const scheme = new URL(url).protocol;
  if (origin !== undefined) return origin === `${scheme}//${c.req.header('host') ?? ''}`;
  return c.req.header('sec-fetch-site') === 'same-origin';
}
