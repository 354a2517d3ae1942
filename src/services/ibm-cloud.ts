// IBM Cloud: user and service API keys. Page, read 2026-11: cloud.ibm.com/apidocs/iam-identity-token-api (a token for an API key; details of an API key by its
// value; delete an API key). A key can do nothing by itself but be exchanged for a token of an hour, so that is the question.

import { z } from 'zod';
import type { RevokeOrder } from '../model/index.ts';
import { reveal } from '../model/reveal.ts';
import { notDone, type Place, refused, seen } from './answer.ts';
import { explaining } from './explaining.ts';
import type { Key, RevokeReply, Service, Tools } from './service.ts';
import { call, type Meaning, outcomeOf, SOME_JSON, simple } from './simple.ts';

const token = z.object({ access_token: z.string().min(1), token_type: z.literal('Bearer') });
const details = z.object({ id: z.string().regex(/^ApiKey-[0-9A-Za-z-]{8,60}$/) });
const code = (text: string) => z.object({ errorCode: z.literal(text) });
const UNKNOWN_KEY = code('BXNIM0415E');

const byHand = (preview: string) => [
  `Sign in as the owner of ${preview} and delete it: https://cloud.ibm.com/iam/apikeys; or: ibmcloud iam api-keys, then: ibmcloud iam api-key-delete <id>`,
];

const MEANS: readonly Meaning[] = [
  { status: 400, where: UNKNOWN_KEY, is: 'rejected', says: 'BXNIM0415E: no such key' },
];

export function ibmCloud({ api = 'https://iam.cloud.ibm.com', internal = false }: Place = {}): Service {
  const exchange = ({ secret }: Key) =>
    call(
      'POST',
      `${api}/identity/token`,
      {},
      {
        form: { grant_type: 'urn:ibm:params:oauth:grant-type:apikey', apikey: reveal(secret) },
      },
    );

  async function revoke(order: RevokeOrder, tools: Tools): Promise<RevokeReply> {
    const steps = byHand(order.secret.preview);
    const login = exchange(order);
    const got = await tools.ask(login);
    if (got.kind === 'unanswered') return notDone(got);
    if (got.status === 400 && UNKNOWN_KEY.safeParse(got.json).success)
      return { outcome: 'already-dead', note: seen(login, got, 'BXNIM0415E: no such key') };
    const session = got.status === 200 ? token.safeParse(got.json).data : undefined;
    if (!session) return refused(login, got);
    const authorization = `Bearer ${session.access_token}`;
    const look = call('GET', `${api}/v1/apikeys/details`, {
      authorization,
      'iam-apikey': reveal(order.secret),
    });
    const reply = await tools.ask(look);
    if (reply.kind === 'unanswered') return notDone(reply);
    const own = reply.status === 200 ? details.safeParse(reply.json).data : undefined;
    if (!own)
      return outcomeOf(
        look,
        reply,
        [{ status: 403, where: SOME_JSON, is: 'manual', says: 'it may not read its record' }],
        steps,
      );
    const end = call('DELETE', `${api}/v1/apikeys/${own.id}`, { authorization });
    return outcomeOf(
      end,
      await tools.ask(end),
      [
        { status: 204, is: 'accepted', says: 'deleted itself' },
        { status: 403, where: SOME_JSON, is: 'manual', says: 'it may not delete keys' },
        { status: 409, where: SOME_JSON, is: 'manual', says: 'it is locked: unlock it first' },
      ],
      steps,
    );
  }

  return simple({
    id: 'ibm-cloud',
    name: 'IBM Cloud',
    docs: 'https://cloud.ibm.com/apidocs/iam-identity-token-api#delete-api-key',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: exchange,
      live: token,
      says: 'with a token',
      means: MEANS,
    },
    explain: explaining({
      name: 'IBM Cloud',
      docs: 'https://cloud.ibm.com/docs/account?topic=account-userapikey',
      manage: 'https://cloud.ibm.com/iam/apikeys',
      means: MEANS,
    }),
    revoke,
    byHand,
  });
}
