// Tencent Cloud access keys, a pair of SecretId and SecretKey. Pages, read 2026-11: www.tencentcloud.com/document/product/598/52592 (UpdateAccessKey),
// …/598/52593 (DeleteAccessKey), …/598 (ListUsers, ListAccessKeys), …/1150 (STS: GetCallerIdentity), the common error codes and the signature (v3). Every answer is
// a 200 whose body says which. A deleted and a disabled key get the same words; a wrong secret beside a known id gets others: nobody knows.

import { createHash, createHmac } from 'node:crypto';
import { z } from 'zod';
import type { Secret, Verdict } from '../model/index.ts';
import { reveal } from '../model/reveal.ts';
import {
  alive,
  dead,
  limited,
  notDone,
  type Place,
  refused,
  seen,
  silent,
  throttled,
  unexpected,
  unknown,
} from './answer.ts';
import type { IssuerReply, IssuerRequest, Key, RevokeReply, Service, Tools } from './service.ts';

const ADMIN_ID = 'TENCENT_ADMIN_SECRET_ID';
const ADMIN_KEY = 'TENCENT_ADMIN_SECRET_KEY';
const DOCS = 'https://www.tencentcloud.com/document/product/598/52592';
/** Users of one account that are looked through for the key's own. */
const MOST_USERS = 200;

interface Pair {
  readonly id: Secret;
  readonly secret: Secret;
}
interface Call {
  readonly service: 'sts' | 'cam';
  readonly action: string;
  readonly version: string;
  readonly fields: Readonly<Record<string, string | number>>;
}

const response = <T extends z.ZodRawShape>(shape: T) => z.object({ Response: z.object(shape) });
const caller = response({ Arn: z.string().startsWith('qcs::'), AccountId: z.string().regex(/^\d+$/) });
const done = response({ RequestId: z.string().min(1), Error: z.undefined().optional() });
const failed = response({ Error: z.object({ Code: z.string() }) });
const users = response({ Data: z.array(z.object({ Uin: z.number().int() })) });
const keys = response({ AccessKeys: z.array(z.object({ AccessKeyId: z.string(), Status: z.string() })) });

const CONTENT = 'application/json; charset=utf-8';
const hash = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text, 'utf8').digest();

/** The Authorization header of a POST (TC3-HMAC-SHA256). */
export function tencentAuthorization(
  pair: Pair,
  about: { readonly service: string; readonly host: string; readonly body: string; readonly now: Date },
): string {
  const { service, host, body, now } = about;
  const date = now.toISOString().slice(0, 10);
  const scope = `${date}/${service}/tc3_request`;
  const headers = `content-type:${CONTENT}\nhost:${host}\n`;
  const request = ['POST', '/', '', headers, 'content-type;host', hash(body)].join('\n');
  const seconds = Math.floor(now.getTime() / 1_000);
  const text = ['TC3-HMAC-SHA256', seconds, scope, hash(request)].join('\n');
  const key = hmac(hmac(hmac(`TC3${reveal(pair.secret)}`, date), service), 'tc3_request');
  const signature = hmac(key, text).toString('hex');
  return `TC3-HMAC-SHA256 Credential=${reveal(pair.id)}/${scope}, SignedHeaders=content-type;host, Signature=${signature}`;
}

function codeOf(reply: IssuerReply): string {
  return reply.kind === 'answered' ? (failed.safeParse(reply.json).data?.Response.Error.Code ?? '') : '';
}

const byHand = ({ preview }: { preview: string }) => [
  `Switch ${preview} off, then delete it: https://console.tencentcloud.com/cam/capi (a sub-user's: CAM, Users, API Key)`,
  `Or set ${ADMIN_ID} and ${ADMIN_KEY} (cam:ListUsers, ListAccessKeys, UpdateAccessKey, DeleteAccessKey) and let keyburn do it.`,
  'Read CloudAudit for what was done with it.',
];

export function tencent(place: Place = {}): Service {
  const { internal = false } = place;
  const hostOf = (service: Call['service']) => `${service}.tencentcloudapi.com`;

  function request(pair: Pair, { service, action, version, fields }: Call, tools: Tools): IssuerRequest {
    const body = JSON.stringify(fields);
    const host = hostOf(service);
    const now = tools.now();
    return {
      method: 'POST',
      url: `${place.api ?? `https://${host}`}/`,
      headers: {
        'content-type': CONTENT,
        authorization: tencentAuthorization(pair, { service, host, body, now }),
        'x-tc-action': action,
        'x-tc-version': version,
        'x-tc-timestamp': String(Math.floor(now.getTime() / 1_000)),
        ...(service === 'sts' && { 'x-tc-region': 'ap-guangzhou' }),
      },
      body,
      what: `POST ${action}`,
    };
  }
  const cam = (action: string, fields: Call['fields'] = {}): Call => ({
    service: 'cam',
    action,
    version: '2019-01-16',
    fields,
  });

  function pairOf({ secret, parts }: Key): Pair | undefined {
    return parts.secretKey && { id: secret, secret: parts.secretKey };
  }

  async function check(key: Key, tools: Tools): Promise<Verdict> {
    const pair = pairOf(key);
    if (!pair) return unknown(tools, 'not-asked', 'no SecretKey was found near the SecretId');
    const call: Call = { service: 'sts', action: 'GetCallerIdentity', version: '2018-08-13', fields: {} };
    const question = request(pair, call, tools);
    const reply = await tools.ask(question);
    if (reply.kind === 'unanswered') return silent(tools, reply);
    if (reply.status === 200 && caller.safeParse(reply.json).success)
      return alive(tools, seen(question, reply, 'with an ARN'));
    const code = codeOf(reply);
    switch (code) {
      case 'AuthFailure.SecretIdNotFound':
      case 'AuthFailure.InvalidSecretId':
        return dead(tools, 'rejected', seen(question, reply, code));
      case 'AuthFailure.UnauthorizedOperation':
      case 'UnauthorizedOperation':
        return limited(tools, seen(question, reply, code));
      case 'RequestLimitExceeded':
        return throttled(tools, question, reply);
      case 'AuthFailure.SignatureFailure': {
        const detail = `${question.what}: ${code}: the SecretId is known, but the SecretKey found near by is not its`;
        return unknown(tools, 'unexpected-reply', detail);
      }
      default:
        return unexpected(tools, question, reply);
    }
  }

  /** Whose key it is, in the admin's account: the one user whose list names it; none is named for the admin's own. */
  async function holder(
    id: string,
    admin: Pair,
    tools: Tools,
  ): Promise<{ readonly target: Call['fields'] } | RevokeReply | string> {
    const holds = async (fields: Call['fields']): Promise<boolean | RevokeReply | string> => {
      const question = request(admin, cam('ListAccessKeys', fields), tools);
      const reply = await tools.ask(question);
      if (reply.kind === 'unanswered') return notDone(reply);
      const list = keys.safeParse(reply.json).data?.Response.AccessKeys;
      return list
        ? list.some(({ AccessKeyId }) => AccessKeyId === id)
        : `${question.what}: ${ADMIN_ID} may not read the list`;
    };
    const own = await holds({});
    if (own !== false) return own === true ? { target: {} } : own;
    const question = request(admin, cam('ListUsers'), tools);
    const reply = await tools.ask(question);
    if (reply.kind === 'unanswered') return notDone(reply);
    const all = users.safeParse(reply.json).data?.Response.Data;
    if (!all) return `${question.what}: ${ADMIN_ID} may not read the list`;
    if (all.length > MOST_USERS) return `the account has more than ${MOST_USERS} users`;
    for (const { Uin } of all) {
      const found = await holds({ TargetUin: Uin });
      if (found === true) return { target: { TargetUin: Uin } };
      if (found !== false) return found;
    }
    return `no user that ${ADMIN_ID} sees has the key`;
  }

  async function change(
    key: Key,
    tools: Tools,
    action: 'UpdateAccessKey' | 'DeleteAccessKey',
    fields: Call['fields'],
  ): Promise<RevokeReply> {
    const steps = byHand({ preview: key.secret.preview });
    const id = tools.credential(ADMIN_ID);
    const secret = tools.credential(ADMIN_KEY);
    if (!id || !secret) return { outcome: 'manual', note: `it takes ${ADMIN_ID} and ${ADMIN_KEY}`, steps };
    const admin = { id, secret };
    const whose = await holder(reveal(key.secret), admin, tools);
    if (typeof whose === 'string') return { outcome: 'manual', note: whose, steps };
    if ('outcome' in whose) return whose;
    const order = request(
      admin,
      cam(action, { AccessKeyId: reveal(key.secret), ...whose.target, ...fields }),
      tools,
    );
    const reply = await tools.ask(order);
    if (reply.kind === 'unanswered') return notDone(reply);
    if (codeOf(reply) === 'RequestLimitExceeded')
      return { outcome: 'unanswered', why: 'throttled', detail: `${order.what}: RequestLimitExceeded` };
    return reply.status === 200 && done.safeParse(reply.json).success
      ? { outcome: 'accepted', note: seen(order, reply, 'done') }
      : refused(order, reply);
  }

  return {
    id: 'tencent',
    name: 'Tencent Cloud',
    docs: DOCS,
    asks: {
      [ADMIN_ID]:
        'the SecretId of a CAM administrator of the leaked key’s own account (cam:ListUsers, ListAccessKeys, UpdateAccessKey, DeleteAccessKey): CAM console, Users, API Key',
      [ADMIN_KEY]: 'its SecretKey, shown once when the key is made',
    },
    hosts: place.api ? [new URL(place.api).host] : [hostOf('sts'), hostOf('cam')],
    internal,
    // The documented limit of the two writing calls.
    rate: { requests: 5, perMs: 1_000, concurrency: 2 },
    settlesInMs: 30_000,
    check,
    contain: (order, tools) => change(order, tools, 'UpdateAccessKey', { Status: 'Inactive' }),
    restore: (key, tools) => change(key, tools, 'UpdateAccessKey', { Status: 'Active' }),
    revoke: (order, tools) => change(order, tools, 'DeleteAccessKey', {}),
    byHand,
  };
}
