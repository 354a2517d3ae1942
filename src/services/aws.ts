// AWS access keys. Pages: docs.aws.amazon.com STS GetCallerIdentity (needs no permission), IAM
// GetAccessKeyLastUsed, UpdateAccessKey, DeleteAccessKey, and the common errors of both. A 403 is the dead key here, and so
// is an inactive one: both are `InvalidClientTokenId`. China and GovCloud know their own keys alone, so all three are
// asked before a key is called dead. A temporary key (ASIA) is asked about with its session token. `SignatureDoesNotMatch` means that the id lives and the secret near by is not its: nobody knows.

import type { RevokeOrder, Secret, Verdict } from '../model/index.ts';
import { reveal } from '../model/reveal.ts';
import {
  alive,
  dead,
  notDone,
  type Place,
  refused,
  seen,
  silent,
  throttled,
  unexpected,
  unknown,
} from './answer.ts';
import { type AwsPair, awsSigned } from './aws-sign.ts';
import { explaining } from './explaining.ts';
import type {
  IssuerReply,
  IssuerRequest,
  Key,
  Owner,
  RevokeReply,
  Service,
  Tools,
  Usage,
} from './service.ts';
import type { Meaning } from './simple.ts';

const DOCS = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html';
const ADMIN_ID = 'AWS_ADMIN_ACCESS_KEY_ID';
const ADMIN_SECRET = 'AWS_ADMIN_SECRET_ACCESS_KEY';
const ADMIN_SESSION = 'AWS_ADMIN_SESSION_TOKEN';

type Answered = Extract<IssuerReply, { kind: 'answered' }>;

interface Partition {
  readonly name: string;
  readonly region: string;
  readonly sts: string;
  readonly iam: string;
}
const PARTITIONS: readonly Partition[] = [
  { name: 'aws', region: 'us-east-1', sts: 'sts.amazonaws.com', iam: 'iam.amazonaws.com' },
  {
    name: 'aws-us-gov',
    region: 'us-gov-west-1',
    sts: 'sts.us-gov-west-1.amazonaws.com',
    iam: 'iam.us-gov.amazonaws.com',
  },
  {
    name: 'aws-cn',
    region: 'cn-north-1',
    sts: 'sts.cn-north-1.amazonaws.com.cn',
    iam: 'iam.cn-north-1.amazonaws.com.cn',
  },
];

function isTemporary(secret: Secret): boolean {
  return reveal(secret).startsWith('ASIA');
}

/** The text of the first element of that name: the two replies that are read here have no attributes and no nesting of it. */
function element(reply: Answered, name: string): string | undefined {
  return new RegExp(`<${name}>([^<]{1,2048})</${name}>`).exec(reply.body)?.[1];
}

function codeOf(reply: Answered): string {
  return /<ErrorResponse[\s>]/.test(reply.body) ? (element(reply, 'Code') ?? '') : '';
}

const OWN: readonly Meaning[] = [
  { status: 403, text: /<Code>InvalidClientTokenId<\/Code>/, is: 'rejected', says: 'InvalidClientTokenId' },
  { status: 403, text: /<Code>SignatureDoesNotMatch<\/Code>/, is: 'rejected', says: 'SignatureDoesNotMatch' },
  { status: 403, text: /<Code>ExpiredToken<\/Code>/, is: 'expired', says: 'ExpiredToken' },
  { status: 400, text: /<Code>Throttling<\/Code>/, is: 'throttled', says: 'Throttling' },
];

interface Caller {
  readonly arn: string;
  readonly account: string;
  readonly partition: Partition;
}

export function aws(place: Place = {}): Service {
  const { api, internal = false } = place;
  const at = (host: string) => api ?? `https://${host}`;

  function pairOf({ secret, parts }: Key): AwsPair | undefined {
    const other = parts.secretKey;
    return (
      other && { id: secret, secret: other, session: isTemporary(secret) ? parts.sessionToken : undefined }
    );
  }

  function adminOf(tools: Tools): AwsPair | undefined {
    const id = tools.credential(ADMIN_ID);
    const secret = tools.credential(ADMIN_SECRET);
    return id && secret && { id, secret, session: tools.credential(ADMIN_SESSION) };
  }

  function identity(pair: AwsPair, { sts, region }: Partition, tools: Tools): IssuerRequest {
    const url = `${at(sts)}/?Action=GetCallerIdentity&Version=2011-06-15`;
    const headers = awsSigned(pair, { method: 'GET', url, region, service: 'sts', now: tools.now() });
    return { method: 'GET', url, headers, what: 'GET GetCallerIdentity' };
  }

  /** IAM has one address a partition, and signs for that partition's first region. */
  function iam(
    pair: AwsPair,
    { iam: host, region }: Partition,
    action: string,
    fields: Readonly<Record<string, string>>,
    tools: Tools,
  ): IssuerRequest {
    const body = new URLSearchParams({ Action: action, Version: '2010-05-08', ...fields }).toString();
    const url = `${at(host)}/`;
    const headers = awsSigned(pair, {
      method: 'POST',
      url,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body,
      region,
      service: 'iam',
      now: tools.now(),
    });
    return { method: 'POST', url, headers, body, what: `POST ${action}` };
  }

  /** Who the pair is, in the partition that knows it; else what the last partition said. */
  async function call(pair: AwsPair, tools: Tools): Promise<Caller | Verdict> {
    let verdict: Verdict = unknown(tools, 'not-asked', 'no partition was asked');
    for (const partition of PARTITIONS) {
      const request = identity(pair, partition, tools);
      const reply = await tools.ask(request);
      if (reply.kind === 'unanswered') return silent(tools, reply);
      const arn = reply.status === 200 ? element(reply, 'Arn') : undefined;
      const account = reply.status === 200 ? element(reply, 'Account') : undefined;
      if (arn?.startsWith(`arn:${partition.name}:`) && account && /^\d{12}$/.test(account))
        return { arn, account, partition };
      const code = reply.status === 403 ? codeOf(reply) : '';
      if (code === 'ExpiredToken') return dead(tools, 'expired', seen(request, reply, code));
      if (code === 'SignatureDoesNotMatch')
        return unknown(
          tools,
          'unexpected-reply',
          `${request.what}: 403 ${code}: the key id is known, but the secret found near by is not its`,
        );
      if (codeOf(reply) === 'Throttling') return throttled(tools, request, reply);
      if (code !== 'InvalidClientTokenId') return unexpected(tools, request, reply);
      verdict = dead(tools, 'rejected', seen(request, reply, `${code} in every partition`));
    }
    return verdict;
  }

  async function check(key: Key, tools: Tools): Promise<Verdict> {
    const pair = pairOf(key);
    if (!pair) return unknown(tools, 'not-asked', 'no secret access key was found near the key id');
    const temporary = isTemporary(pair.id);
    if (temporary && !pair.session)
      return unknown(tools, 'not-asked', 'no session token was found near the temporary key');
    const caller = await call(pair, tools);
    if (!('state' in caller)) return alive(tools, 'GET GetCallerIdentity: 200 with an ARN');
    // A session token of another key is refused in the very same words; one past its time is told apart.
    return temporary && caller.state === 'rejected'
      ? unknown(
          tools,
          'unexpected-reply',
          `${caller.why}: dead, or the session token near by is another key’s`,
        )
      : caller;
  }

  const byHand = ({ preview }: { preview: string }) => [
    `Find the user: aws iam get-access-key-last-used --access-key-id ${preview}`,
    'Switch the key off, which can be undone: aws iam update-access-key --user-name USER --access-key-id ID --status Inactive',
    'Mint a new key, roll it out, then: aws iam delete-access-key --user-name USER --access-key-id ID',
    'A temporary key (ASIA…) has no switch: in IAM open its role, choose Revoke sessions, and stop whatever hands the keys out.',
    `Or set ${ADMIN_ID} and ${ADMIN_SECRET} (iam:GetAccessKeyLastUsed, iam:UpdateAccessKey, iam:DeleteAccessKey) and let keyburn do it.`,
    'Read CloudTrail for what the key was used for, and look for users, roles and keys that it made.',
  ];

  function manual(order: Pick<RevokeOrder, 'secret'>, note: string): RevokeReply {
    return { outcome: 'manual', note, steps: byHand({ preview: order.secret.preview }) };
  }

  /** The IAM user whose key this is, told by the key's id: in the admin's own partition and account. */
  async function usedBy(id: string, admin: AwsPair, partition: Partition, tools: Tools) {
    const request = iam(admin, partition, 'GetAccessKeyLastUsed', { AccessKeyId: id }, tools);
    return { request, reply: await tools.ask(request) };
  }

  async function change(
    key: Key,
    tools: Tools,
    action: 'UpdateAccessKey' | 'DeleteAccessKey',
    fields: Readonly<Record<string, string>>,
  ): Promise<RevokeReply> {
    const id = reveal(key.secret);
    if (!id.startsWith('AKIA')) return manual(key, 'only long-lived keys can be switched off or deleted');
    const admin = adminOf(tools);
    const signer = admin ?? pairOf(key);
    if (!signer) return manual(key, `without the secret half it takes ${ADMIN_ID} and ${ADMIN_SECRET}`);
    const caller = await call(signer, tools);
    if ('state' in caller) {
      if (caller.state === 'unknown' && caller.why !== 'unexpected-reply')
        return { outcome: 'unanswered', why: caller.why, detail: caller.detail ?? '' };
      return manual(key, admin ? `AWS does not accept ${ADMIN_ID}` : 'AWS no longer accepts the key itself');
    }
    const owner: Record<string, string> = {};
    if (admin) {
      const { request, reply } = await usedBy(id, admin, caller.partition, tools);
      if (reply.kind === 'unanswered') return notDone(reply);
      const user = reply.status === 200 ? element(reply, 'UserName') : undefined;
      if (!user || !/^[\w+=,.@-]{1,128}$/.test(user))
        return manual(key, `${request.what}: ${reply.status}: not a key of a user of ${ADMIN_ID}'s account`);
      owner.UserName = user;
    }
    const request = iam(signer, caller.partition, action, { AccessKeyId: id, ...owner, ...fields }, tools);
    const reply = await tools.ask(request);
    if (reply.kind === 'unanswered') return notDone(reply);
    if (reply.status === 200 && reply.body.includes(`<${action}Response`))
      return { outcome: 'accepted', note: seen(request, reply, 'done') };
    const code = codeOf(reply);
    if (admin && code === 'NoSuchEntity')
      return { outcome: 'already-dead', note: seen(request, reply, 'NoSuchEntity') };
    if (!admin && code === 'AccessDenied')
      return manual(
        key,
        `the key may not do this to itself; set ${ADMIN_ID} and ${ADMIN_SECRET} to an administrator’s`,
      );
    return refused(request, reply);
  }

  async function owner(key: Key, tools: Tools): Promise<Owner | undefined> {
    const pair = pairOf(key);
    const caller = pair && (await call(pair, tools));
    return caller && 'arn' in caller ? { account: caller.arn } : undefined;
  }

  async function usage({ secret }: Key, tools: Tools): Promise<Usage | undefined> {
    const admin = adminOf(tools);
    const caller = admin && (await call(admin, tools));
    if (!admin || !caller || 'state' in caller) return undefined;
    const { reply } = await usedBy(reveal(secret), admin, caller.partition, tools);
    const last = reply.kind === 'answered' ? element(reply, 'LastUsedDate') : undefined;
    if (reply.kind !== 'answered' || last === undefined || Number.isNaN(Date.parse(last))) return undefined;
    const service = element(reply, 'ServiceName');
    return {
      lastUsed: new Date(last).toISOString(),
      ...(service && /^[\w.-]{1,60}$/.test(service) && { note: `for ${service}` }),
    };
  }

  return {
    id: 'aws',
    name: 'AWS',
    docs: DOCS,
    asks: {
      AWS_ADMIN_ACCESS_KEY_ID:
        'the id of an access key that may iam:GetAccessKeyLastUsed, iam:UpdateAccessKey and iam:DeleteAccessKey in the account of the leaked key: IAM console, Users, Security credentials',
      AWS_ADMIN_SECRET_ACCESS_KEY: 'its secret, shown once when the key is made',
      AWS_ADMIN_SESSION_TOKEN: 'the session token, where that key is a temporary one (aws sts assume-role)',
    },
    hosts: api ? [new URL(api).host] : PARTITIONS.flatMap(({ sts, iam: host }) => [sts, host]),
    internal,
    rate: { requests: 5, perMs: 1_000, concurrency: 2 },
    // IAM is eventually consistent; most changes are seen within seconds.
    settlesInMs: 60_000,
    check,
    owner,
    usage,
    contain: (order, tools) => change(order, tools, 'UpdateAccessKey', { Status: 'Inactive' }),
    restore: (key, tools) => change(key, tools, 'UpdateAccessKey', { Status: 'Active' }),
    revoke: (order, tools) => change(order, tools, 'DeleteAccessKey', {}),
    explain: explaining({
      name: 'AWS',
      docs: DOCS,
      manage: 'https://console.aws.amazon.com/iam/home#/security_credentials',
      means: OWN,
    }),
    byHand,
  };
}
