// Heroku. Pages, read 2026-11: devcenter.heroku.com/articles/platform-api-reference (account, errors, oauth-authorization). A token
// is ended by deleting its authorization: the one whose own access token is the very token, and no other.

import { z } from 'zod';
import type { RevokeOrder, Secret } from '../model/index.ts';
import { reveal } from '../model/reveal.ts';
import { bearer, notDone, type Place, refused, seen } from './answer.ts';
import type { RevokeReply, Service, Tools } from './service.ts';
import { call, outcomeOf, simple } from './simple.ts';

const account = z.object({ id: z.string().min(1), email: z.string().min(1) });
const problem = (id: string) => z.object({ id: z.literal(id), message: z.string() });
const authorizations = z.array(
  z.object({ id: z.uuid(), access_token: z.object({ token: z.string() }).nullable() }),
);

const byHand = (preview: string) => [
  `Sign in as the owner of ${preview} and run: heroku authorizations, then: heroku authorizations:revoke <id>`,
  'Or in the browser: https://dashboard.heroku.com/account/applications (authorizations), /account (API key: Regenerate).',
];

export function heroku({ api = 'https://api.heroku.com', internal = false }: Place = {}): Service {
  const headers = (secret: Secret) => ({
    ...bearer(secret),
    accept: 'application/vnd.heroku+json; version=3',
  });

  async function revoke({ secret }: RevokeOrder, tools: Tools): Promise<RevokeReply> {
    const steps = byHand(secret.preview);
    const list = call('GET', `${api}/oauth/authorizations`, headers(secret));
    const reply = await tools.ask(list);
    if (reply.kind === 'unanswered') return notDone(reply);
    if (reply.status === 401 && problem('unauthorized').safeParse(reply.json).success)
      return { outcome: 'already-dead', note: seen(list, reply, 'unauthorized') };
    if (reply.status === 403 && problem('forbidden').safeParse(reply.json).success)
      return {
        outcome: 'manual',
        note: seen(list, reply, 'its scope does not show its authorization'),
        steps,
      };
    const rows = reply.status === 200 ? authorizations.safeParse(reply.json).data : undefined;
    if (!rows) return refused(list, reply);
    const [only, ...more] = rows.filter(({ access_token }) => access_token?.token === reveal(secret));
    if (!only || more.length > 0) {
      const note = seen(list, reply, `${only ? more.length + 1 : 0} authorizations fit, so none was touched`);
      return { outcome: 'manual', note, steps };
    }
    const drop = call('DELETE', `${api}/oauth/authorizations/${only.id}`, headers(secret));
    return outcomeOf(
      drop,
      await tools.ask(drop),
      [
        { status: 200, where: z.object({ id: z.literal(only.id) }), is: 'accepted', says: 'deleted' },
        {
          status: 403,
          where: problem('forbidden'),
          is: 'manual',
          says: 'its scope does not let it end itself',
        },
      ],
      steps,
    );
  }

  return simple({
    id: 'heroku',
    name: 'Heroku',
    docs: 'https://devcenter.heroku.com/articles/platform-api-reference#oauth-authorization-delete',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/account`, headers(secret)),
      live: account,
      says: 'with an account',
      means: [
        { status: 401, where: problem('unauthorized'), is: 'rejected', says: 'unauthorized' },
        {
          status: 403,
          where: problem('forbidden'),
          is: 'limited',
          says: 'it authenticates; its scope does not allow this',
        },
      ],
      owner: ({ id, email }) => ({ account: id, email }),
    },
    revoke,
    byHand,
  });
}
