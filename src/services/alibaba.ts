// Alibaba Cloud access keys. Pages: www.alibabacloud.com/help/en/sdk/product-overview/rpc-mechanism (HMAC-SHA1 over the sorted query),
// …/help/en/ram/developer-reference/api-sts-2015-04-01-getcalleridentity, api-ram-2015-05-01-updateaccesskey, …-deleteaccesskey. Everything travels in
// the body, and never the secret half. An inactive key is an answer of its own.

import { createHmac, randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Secret, Verdict } from '../model/index.ts';
import { reveal } from '../model/reveal.ts';
import { alive, dead, notDone, type Place, refused, seen, silent, unexpected, unknown } from './answer.ts';
import type { IssuerRequest, Key, RevokeReply, Service, Tools } from './service.ts';

const ADMIN_ID = 'ALIBABA_ADMIN_ACCESS_KEY_ID';
const ADMIN_SECRET = 'ALIBABA_ADMIN_ACCESS_KEY_SECRET';

const caller = z.object({ Arn: z.string().startsWith('acs:ram::'), AccountId: z.string().regex(/^\d+$/) });
const failed = z.object({ Code: z.string() });
const used = z.object({ RequestId: z.string() });
const users = z.object({
  Users: z.object({ User: z.array(z.object({ UserName: z.string().min(1) })) }),
  IsTruncated: z.boolean().optional(),
});
const keys = z.object({
  AccessKeys: z.object({ AccessKey: z.array(z.object({ AccessKeyId: z.string() })) }),
});

interface Pair {
  readonly id: Secret;
  readonly secret: Secret;
}

function encoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The signed fields of a POST, as its body. */
function alibabaSigned(pair: Pair, fields: Readonly<Record<string, string>>): string {
  const body = Object.entries({
    ...fields,
    AccessKeyId: reveal(pair.id),
    SignatureMethod: 'HMAC-SHA1',
    SignatureVersion: '1.0',
  })
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .sort()
    .join('&');
  return `${body}&Signature=${encoded(alibabaSignature('POST', body, pair.secret))}`;
}

/** Of a canonical query: sorted, encoded, joined. */
export function alibabaSignature(method: 'GET' | 'POST', query: string, secret: Secret): string {
  return createHmac('sha1', `${reveal(secret)}&`)
    .update(`${method}&%2F&${encoded(query)}`, 'utf8')
    .digest('base64');
}

export function alibaba(place: Place = {}): Service {
  const { internal = false } = place;
  const sts = place.api ?? 'https://sts.aliyuncs.com';
  const ram = place.api ?? 'https://ram.aliyuncs.com';

  function call(
    pair: Pair,
    base: string,
    action: string,
    fields: Readonly<Record<string, string>>,
    tools: Tools,
  ): IssuerRequest {
    const body = alibabaSigned(pair, {
      Action: action,
      Version: action === 'GetCallerIdentity' ? '2015-04-01' : '2015-05-01',
      Format: 'JSON',
      SignatureNonce: randomUUID(),
      Timestamp: tools
        .now()
        .toISOString()
        .replace(/\.\d+Z$/, 'Z'),
      ...fields,
    });
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return { method: 'POST', url: `${base}/`, headers, body, what: `POST ${action}` };
  }

  async function check({ secret, parts }: Key, tools: Tools): Promise<Verdict> {
    if (!parts.secretKey) return unknown(tools, 'not-configured', 'no secret was found near the key id');
    const request = call({ id: secret, secret: parts.secretKey }, sts, 'GetCallerIdentity', {}, tools);
    const reply = await tools.ask(request);
    if (reply.kind === 'unanswered') return silent(tools, reply);
    if (reply.status === 200 && caller.safeParse(reply.json).success)
      return alive(tools, seen(request, reply, 'with an ARN'));
    const code = reply.status >= 400 ? (failed.safeParse(reply.json).data?.Code ?? '') : '';
    switch (code) {
      case 'InvalidAccessKeyId.NotFound':
        return dead(tools, 'rejected', seen(request, reply, code));
      case 'InvalidAccessKeyId.Inactive':
        return dead(tools, 'disabled', seen(request, reply, code));
      case 'SignatureDoesNotMatch':
        return unknown(
          tools,
          'unexpected-reply',
          `${request.what}: ${code}: the key id is known, but the secret found near by is not its`,
        );
      default:
        return unexpected(tools, request, reply);
    }
  }

  const byHand = ({ preview }: { preview: string }) => [
    `Sign in at https://ram.console.aliyun.com/users, open the user of ${preview}, and disable its access key, which can be undone.`,
    'Mint a new key, roll it out, and delete the old one. A key of the account itself: https://ram.console.aliyun.com/manage/ak.',
    `Or set ${ADMIN_ID} and ${ADMIN_SECRET} (ram:ListUsers, ListAccessKeys, UpdateAccessKey, DeleteAccessKey) and let keyburn do it.`,
  ];

  /** The RAM user whose list has the key's id. */
  async function userOf(
    id: string,
    admin: Pair,
    tools: Tools,
  ): Promise<string | { readonly reply: RevokeReply }> {
    const listing = call(admin, ram, 'ListUsers', { MaxItems: '1000' }, tools);
    const list = await tools.ask(listing);
    if (list.kind === 'unanswered') return { reply: notDone(list) };
    const all = list.status === 200 ? users.safeParse(list.json).data : undefined;
    if (!all || all.IsTruncated === true) return { reply: refused(listing, list) };
    for (const { UserName } of all.Users.User) {
      const request = call(admin, ram, 'ListAccessKeys', { UserName }, tools);
      const reply = await tools.ask(request);
      if (reply.kind === 'unanswered') return { reply: notDone(reply) };
      const own = reply.status === 200 ? keys.safeParse(reply.json).data : undefined;
      if (!own) return { reply: refused(request, reply) };
      if (own.AccessKeys.AccessKey.some(({ AccessKeyId }) => AccessKeyId === id)) return UserName;
    }
    return '';
  }

  async function change(
    { secret }: Pick<Key, 'secret'>,
    tools: Tools,
    action: 'UpdateAccessKey' | 'DeleteAccessKey',
    fields: Readonly<Record<string, string>>,
  ): Promise<RevokeReply> {
    const steps = byHand({ preview: secret.preview });
    const id = tools.credential(ADMIN_ID);
    const own = tools.credential(ADMIN_SECRET);
    if (!id || !own) return { outcome: 'manual', note: `it takes ${ADMIN_ID} and ${ADMIN_SECRET}`, steps };
    const admin = { id, secret: own };
    const user = await userOf(reveal(secret), admin, tools);
    if (typeof user !== 'string') return user.reply;
    if (user === '') return { outcome: 'manual', note: `no user that ${ADMIN_ID} sees has the key`, steps };
    const request = call(
      admin,
      ram,
      action,
      { UserName: user, UserAccessKeyId: reveal(secret), ...fields },
      tools,
    );
    const reply = await tools.ask(request);
    if (reply.kind === 'unanswered') return notDone(reply);
    return reply.status === 200 && used.safeParse(reply.json).success
      ? { outcome: 'accepted', note: seen(request, reply, 'done') }
      : refused(request, reply);
  }

  return {
    id: 'alibaba',
    name: 'Alibaba Cloud',
    docs: 'https://www.alibabacloud.com/help/en/ram/developer-reference/api-ram-2015-05-01-updateaccesskey',
    asks: {
      ALIBABA_ADMIN_ACCESS_KEY_ID:
        'the id of an access key of a RAM administrator (ram:ListUsers, ListAccessKeys, UpdateAccessKey, DeleteAccessKey): RAM console, Users',
      ALIBABA_ADMIN_ACCESS_KEY_SECRET: 'its secret, shown once when the key is made',
    },
    hosts: [...new Set([new URL(sts).host, new URL(ram).host])],
    internal,
    rate: { requests: 5, perMs: 1_000, concurrency: 1 },
    settlesInMs: 60_000,
    check,
    contain: (order, tools) => change(order, tools, 'UpdateAccessKey', { Status: 'Inactive' }),
    restore: (key, tools) => change(key, tools, 'UpdateAccessKey', { Status: 'Active' }),
    revoke: (order, tools) => change(order, tools, 'DeleteAccessKey', {}),
    byHand,
  };
}
