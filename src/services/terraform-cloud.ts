// HCP Terraform (Terraform Cloud): user, team and organisation tokens. Pages, read 2026-11: developer.hashicorp.com/terraform/cloud-docs/api-docs/account and
// /user-tokens (list, destroy). The list shows nothing of a token: it is certain only where a user’s list holds one. The tokens of teams
// and organisations end in the settings. app.terraform.io, or the one that KEYBURN_TERRAFORM_URL names.

import { z } from 'zod';
import type { RevokeOrder } from '../model/index.ts';
import { baseFor } from './address.ts';
import { bearer, notDone, type Place, refused, seen } from './answer.ts';
import { byLookup, onlyOne } from './by-lookup.ts';
import type { Key, RevokeReply, Service, Tools } from './service.ts';
import { call, simple } from './simple.ts';

const SETTINGS = ['KEYBURN_TERRAFORM_URL'];
const account = z.object({
  data: z.object({
    id: z.string().regex(/^user-[0-9A-Za-z]+$/),
    type: z.literal('users'),
    attributes: z.object({
      username: z.string().min(1),
      email: z.string().nullish(),
      'is-service-account': z.boolean(),
    }),
  }),
});
const tokens = z.object({ data: z.array(z.object({ id: z.string().regex(/^at-[0-9A-Za-z]+$/) })) });
const REFUSED = z.object({ errors: z.array(z.object({ status: z.literal('401') })).min(1) });

const byHand = (preview: string) => [
  `Sign in as the owner of ${preview} and delete it: https://app.terraform.io/app/settings/tokens; of a team or an organisation: its Settings > API tokens.`,
];

export function terraformCloud({ api = 'https://app.terraform.io', internal = false }: Place = {}): Service {
  const base = (key: Key, tools: Tools) => `${baseFor({ settings: SETTINGS }, key, tools) ?? api}/api/v2`;
  const me = (key: Key, tools: Tools) =>
    call('GET', `${base(key, tools)}/account/details`, bearer(key.secret));

  async function revoke(order: RevokeOrder, tools: Tools): Promise<RevokeReply> {
    const look = me(order, tools);
    const reply = await tools.ask(look);
    if (reply.kind === 'unanswered') return notDone(reply);
    if (reply.status === 401 && REFUSED.safeParse(reply.json).success)
      return { outcome: 'already-dead', note: seen(look, reply, 'unauthorized') };
    const user = reply.status === 200 ? account.safeParse(reply.json).data?.data : undefined;
    if (!user) return refused(look, reply);
    if (user.attributes['is-service-account']) {
      const note = seen(look, reply, 'the token of a team or an organisation cannot end itself');
      return { outcome: 'manual', note, steps: byHand(order.secret.preview) };
    }
    const end = byLookup(
      {
        look: () =>
          call('GET', `${base(order, tools)}/users/${user.id}/authentication-tokens`, bearer(order.secret)),
        shows: tokens,
        looked: [],
        id: ({ data }) => onlyOne(data, () => true)?.id,
        end: (id) =>
          call('DELETE', `${base(order, tools)}/authentication-tokens/${id}`, bearer(order.secret)),
        answers: [{ status: 204, is: 'accepted', says: 'deleted itself' }],
      },
      byHand,
    );
    return end(order, tools);
  }

  return simple({
    id: 'terraform-cloud',
    name: 'HCP Terraform',
    docs: 'https://developer.hashicorp.com/terraform/cloud-docs/api-docs/user-tokens',
    asks: {
      KEYBURN_TERRAFORM_URL: 'the address of your Terraform Enterprise, where it is not app.terraform.io',
    },
    hosts: [new URL(api).host],
    settings: SETTINGS,
    internal,
    check: {
      ask: me,
      live: account,
      says: 'with an account',
      means: [{ status: 401, where: REFUSED, is: 'rejected', says: 'unauthorized' }],
      owner: ({ data: { attributes } }) => ({
        account: attributes.username,
        ...(attributes.email && { email: attributes.email }),
      }),
    },
    revoke,
    byHand,
  });
}
