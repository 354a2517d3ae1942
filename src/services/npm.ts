// npm: access tokens. Pages, read 2026-11: npm-token and npm-whoami of github.com/npm/cli, and npm’s page on revoking access tokens (it may take
// up to an hour). Which registry gave a token out, the token does not say: KEYBURN_NPM_URL does. npm's own setting is not taken for it: it may name
// a mirror, whose refusal would read as the token's death, or come from the .npmrc of the very project that is scanned.
// A token finds itself in its owner's list by its first eight and last four characters, and ends itself by that entry's id.
// Verdaccio (6.10, tried) differs in three answers: a token that it never gave out asks as nobody
// (200 `{}`), a deleted one gets 403 "unauthorized access", and a delete is 200 `{}`. Its list shows five characters at either end.

import { z } from 'zod';
import type { RevokeOrder, Secret } from '../model/index.ts';
import { reveal } from '../model/reveal.ts';
import { baseFor } from './address.ts';
import { bearer, notDone, refused, seen } from './answer.ts';
import type { IssuerReply, Key, RevokeReply, Service, Tools } from './service.ts';
import { call, type Meaning, meaningOf, type Outcome, outcomeOf, simple } from './simple.ts';

const SETTINGS = ['KEYBURN_NPM_URL'];
const NEEDS = 'nobody knows which registry it is for: KEYBURN_NPM_URL=$(npm config get registry) says so';

const page = z.object({
  objects: z.array(z.object({ key: z.string().regex(/^[0-9A-Za-z-]{6,200}$/), token: z.string() })),
  urls: z.object({ next: z.string().optional() }).optional(),
});

/** `npm_abcd...wxyz`, or the first six characters alone: too few to name one. */
function fits(secret: Secret, shown: string): boolean {
  const [head = '', tail = ''] = shown.split(/\.{3}|…/);
  const value = reveal(secret);
  return (
    head.length + tail.length >= 10 && tail.length >= 4 && value.startsWith(head) && value.endsWith(tail)
  );
}

const byHand = (preview: string) => [
  `Sign in as the owner of ${preview}: Access Tokens, and delete it; or: npm token list, then npm token revoke <id>`,
  'Look at the packages that its owner may publish for versions that nobody knows of.',
];

const OTP = z.union([
  z.object({ code: z.literal('EOTP') }),
  z.object({ error: z.string().regex(/one-time pass/i) }),
]);

// Its `user_agent` setting: a name, or "hidden" where it is left alone.
const VERDACCIO = ['x-powered-by', /^(?:verdaccio\b|hidden$)/i] as const;
const UNAUTHORIZED = z.object({ error: z.literal('unauthorized access') });

const MEANS: readonly Meaning[] = [
  { status: 401, where: z.record(z.string(), z.unknown()), is: 'rejected', says: 'unauthorized' },
  {
    status: 200,
    where: z.strictObject({}),
    header: VERDACCIO,
    is: 'rejected',
    says: 'Verdaccio takes it for nobody’s',
  },
  { status: 403, where: UNAUTHORIZED, is: 'rejected', says: 'unauthorized access' },
];

const DELETED: readonly Outcome[] = [
  { status: 204, is: 'accepted', says: 'deleted' },
  { status: 200, where: z.strictObject({}), is: 'accepted', says: 'deleted' },
];

export function npm(): Service {
  const at = (key: Key, tools: Tools) => baseFor({ settings: SETTINGS }, key, tools);

  function wantsOtp(reply: Extract<IssuerReply, { kind: 'answered' }>): boolean {
    return /\botp\b/i.test(reply.headers['www-authenticate'] ?? '') || OTP.safeParse(reply.json).success;
  }

  async function revoke(order: RevokeOrder, tools: Tools): Promise<RevokeReply> {
    const steps = byHand(order.secret.preview);
    const base = at(order, tools);
    if (base === undefined) return { outcome: 'manual', note: NEEDS, steps };
    const list = call('GET', `${base}/-/npm/v1/tokens?perPage=100`, bearer(order.secret));
    const reply = await tools.ask(list);
    if (reply.kind === 'unanswered') return notDone(reply);
    const gone = wantsOtp(reply) ? undefined : meaningOf(MEANS, reply);
    if (gone) return { outcome: 'already-dead', note: seen(list, reply, gone.says) };
    if (reply.status === 401 || reply.status === 403)
      return { outcome: 'manual', note: seen(list, reply, 'it may not list tokens'), steps };
    const rows = reply.status === 200 ? page.safeParse(reply.json).data : undefined;
    if (!rows) return refused(list, reply);
    const [only, ...more] = rows.objects.filter(({ token }) => fits(order.secret, token));
    if (!only || more.length > 0 || (rows.urls?.next ?? '') !== '') {
      const note = seen(list, reply, 'not exactly one entry fits, so none was touched');
      return { outcome: 'manual', note, steps };
    }
    const what = 'DELETE /-/npm/v1/tokens/token/{id}';
    const drop = call('DELETE', `${base}/-/npm/v1/tokens/token/${only.key}`, bearer(order.secret), { what });
    const done = await tools.ask(drop);
    if (done.kind === 'answered' && done.status === 401 && wantsOtp(done))
      return { outcome: 'manual', note: seen(drop, done, 'it wants a one-time password'), steps };
    return outcomeOf(drop, done, DELETED, steps);
  }

  return simple({
    id: 'npm',
    name: 'npm',
    docs: 'https://github.com/npm/cli/blob/latest/docs/lib/content/commands/npm-token.md',
    asks: {
      KEYBURN_NPM_URL: 'the address of the registry that gave the token out: npm config get registry',
    },
    hosts: [],
    settings: SETTINGS,
    settlesInMs: 60_000,
    check: {
      ask: (key, tools) => {
        const url = at(key, tools);
        return url === undefined ? NEEDS : call('GET', `${url}/-/whoami`, bearer(key.secret));
      },
      live: z.object({ username: z.string().min(1) }),
      says: 'with a user name',
      means: MEANS,
      owner: ({ username }) => ({ account: username }),
    },
    revoke,
    byHand,
  });
}
