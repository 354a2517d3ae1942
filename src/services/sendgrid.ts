// SendGrid. Pages, read 2026-11: www.twilio.com/docs/sendgrid/api-reference/api-keys (create, retrieve and delete a key) and
// /api-key-permissions (scopes). The id of a key is the part between its two dots, as the reply to its creation shows; it is read
// back before anything is deleted. A key may delete itself where its scopes say so, else SENDGRID_ADMIN_KEY does it.

import { z } from 'zod';
import type { RevokeOrder, Secret } from '../model/index.ts';
import { reveal } from '../model/reveal.ts';
import { bearer, notDone, type Place, refused, seen } from './answer.ts';
import { explaining } from './explaining.ts';
import type { RevokeReply, Service, Tools } from './service.ts';
import { call, type Meaning, outcomeOf, simple } from './simple.ts';

const scopes = z.object({ scopes: z.array(z.string().min(1)).min(1) });
const errors = (text: RegExp) =>
  z.object({ errors: z.array(z.object({ message: z.string().regex(text) })).min(1) });
const INVALID = errors(/authorization grant is invalid/i);
const FORBIDDEN = errors(/access forbidden/i);

function idOf(secret: Secret): string | undefined {
  return /^SG\.([0-9A-Za-z_-]{22})\.[0-9A-Za-z_-]{43}$/.exec(reveal(secret))?.[1];
}

const byHand = (preview: string) => [
  `Sign in to the account of ${preview} and delete it: https://app.sendgrid.com/settings/api_keys`,
];

const MEANS: readonly Meaning[] = [
  { status: 401, where: INVALID, is: 'rejected', says: 'invalid, expired or revoked' },
  {
    status: 403,
    where: FORBIDDEN,
    is: 'limited',
    says: 'it authenticates, but may not ask for its scopes',
  },
];

export function sendgrid({ api = 'https://api.sendgrid.com', internal = false }: Place = {}): Service {
  async function revoke({ secret }: RevokeOrder, tools: Tools): Promise<RevokeReply> {
    const steps = byHand(secret.preview);
    const id = idOf(secret);
    if (!id) return { outcome: 'manual', note: 'the key has no id inside', steps };
    const admin = tools.credential('SENDGRID_ADMIN_KEY');
    const what = (method: string) => `${method} /v3/api_keys/{id}`;
    const by = bearer(admin ?? secret);
    const look = call('GET', `${api}/v3/api_keys/${id}`, by, { what: what('GET') });
    const reply = await tools.ask(look);
    if (reply.kind === 'unanswered') return notDone(reply);
    if (!admin && reply.status === 401 && INVALID.safeParse(reply.json).success)
      return { outcome: 'already-dead', note: seen(look, reply, 'the key is refused') };
    if (reply.status === 403 && FORBIDDEN.safeParse(reply.json).success) {
      const note = seen(
        look,
        reply,
        admin ? 'SENDGRID_ADMIN_KEY may not manage keys' : 'its scopes do not let it delete itself',
      );
      return { outcome: 'manual', note: admin ? note : `${note}; SENDGRID_ADMIN_KEY could`, steps };
    }
    const own = z.object({ api_key_id: z.literal(id) }).safeParse(reply.json);
    if (reply.status !== 200 || !own.success) return refused(look, reply);
    const drop = call('DELETE', `${api}/v3/api_keys/${id}`, by, { what: what('DELETE') });
    return outcomeOf(
      drop,
      await tools.ask(drop),
      [
        { status: 204, is: 'accepted', says: 'deleted' },
        { status: 403, where: FORBIDDEN, is: 'manual', says: 'it may not delete keys' },
      ],
      steps,
    );
  }

  return simple({
    id: 'sendgrid',
    name: 'SendGrid',
    docs: 'https://www.twilio.com/docs/sendgrid/api-reference/api-keys/delete-api-keys',
    asks: {
      SENDGRID_ADMIN_KEY:
        'a key with api_keys.delete and api_keys.read, or Full Access: SendGrid, Settings, API Keys',
    },
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/v3/scopes`, bearer(secret)),
      live: scopes,
      says: 'with scopes',
      means: MEANS,
    },
    explain: explaining({
      name: 'SendGrid',
      docs: 'https://www.twilio.com/docs/sendgrid/api-reference/how-to-use-the-sendgrid-v3-api/errors',
      manage: 'https://app.sendgrid.com/settings/api_keys',
      means: MEANS,
    }),
    revoke,
    byHand,
  });
}
