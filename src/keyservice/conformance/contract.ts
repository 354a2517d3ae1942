// The open contract as checks, in the order of a key's life: refused, live, contained, restored, burned, explained.

import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Caller, expectReply, expectStatus, Fault, type Said } from './caller.ts';
import type { Check } from './run.ts';

/** All issued for this test: two of them do not survive it. */
export interface ContractKeys {
  readonly root: string;
  /** Live; it is contained, restored and burned. */
  readonly key: string;
  /** Live; it must come out alive. */
  readonly other: string;
  /** Live; it is burned by whoever holds it. */
  readonly self?: string | undefined;
}

const time = z.iso.datetime({ offset: true });
const problem = z.object({
  type: z.url(),
  title: z.string().min(1),
  status: z.int(),
  detail: z.string().min(1),
  code: z.string().min(1),
  request_id: z.string().min(1),
  next_steps: z.array(z.string().min(1)).min(1),
  cause: z.unknown().optional(),
});
const whoami = z.object({ keyId: z.string().min(1) });
const checked = z.object({ state: z.string(), keyId: z.string().optional() });
const changed = z.object({ keyId: z.string(), state: z.string(), changed: z.boolean().optional() });

/** A 401 that is one: problem document, challenge, not cached. */
function refusal(said: Said, codes: readonly string[]): z.infer<typeof problem> {
  const told = expectReply(said, 401, problem);
  const type = said.headers.get('content-type') ?? 'nothing';
  if (!type.startsWith('application/problem+json'))
    throw new Fault(`${said.what}: 401 as ${type}, not application/problem+json`);
  if (told.status !== 401)
    throw new Fault(`${said.what}: the body says status ${told.status}, the reply 401`);
  if (!codes.includes(told.code))
    throw new Fault(`${said.what}: code ${told.code}, not ${codes.join(' or ')}`);
  if (!/^bearer\b/i.test(said.headers.get('www-authenticate') ?? ''))
    throw new Fault(`${said.what}: 401 without WWW-Authenticate: Bearer`);
  if (!/\bno-store\b/.test(said.headers.get('cache-control') ?? ''))
    throw new Fault(`${said.what}: without Cache-Control: no-store`);
  return told;
}

export function contractChecks(caller: Caller, keys: ContractKeys): readonly Check[] {
  const { call } = caller;
  const { root, key, other, self } = keys;
  const who = (bearer?: string) => call('GET', '/v1/whoami', { bearer });
  const hash = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');
  /** Its place: told to whoever presents the key, and to nobody else. */
  const url = `https://conformance.example/${randomUUID()}`;
  const foundTime = new Date().toISOString();
  const leak = {
    cause: 'leaked',
    foundAt: { url, path: 'config.env', line: 3, exposure: 'public' },
    foundTime,
  };
  let id = '';
  const by = (act: string, json: unknown, bearer: string | undefined = root) =>
    call('POST', `/v1/keys/${id}/${act}`, { bearer, json });
  const stillAlive = async (): Promise<undefined> => {
    const said = await who(other);
    if (said.status !== 200)
      throw new Fault(`the other key was answered ${said.status}: it died with the one that leaked`);
  };

  return [
    {
      id: 'no-key',
      title: 'without a key: 401 that says so',
      mend: 'Answer 401 with a problem document (RFC 9457): code missing_key, next_steps, and WWW-Authenticate: Bearer without an error (RFC 6750, 3.1).',
      async run() {
        const said = await who();
        refusal(said, ['missing_key']);
        if (/\berror=/.test(said.headers.get('www-authenticate') ?? ''))
          throw new Fault(`${said.what}: the challenge names an error, though no key was sent`);
      },
    },
    {
      id: 'wrong-key',
      title: 'with a key that was never issued: 401 that says so',
      mend: 'Look the key up by its hash before anything else; answer 401, code unknown_key or malformed_key, error="invalid_token".',
      async run() {
        const last = key.endsWith('0') ? '1' : '0';
        for (const wrong of [`${key.slice(0, -1)}${last}`, randomBytes(24).toString('hex'), `${key}x`]) {
          const said = await who(wrong);
          refusal(said, ['unknown_key', 'malformed_key']);
          if (!/error="invalid_token"/.test(said.headers.get('www-authenticate') ?? ''))
            throw new Fault(`${said.what}: the challenge lacks error="invalid_token"`);
        }
      },
    },
    {
      id: 'live',
      title: 'a live key is let in, and told its id',
      mend: 'GET /v1/whoami answers 200 and {"keyId": …} to every live key.',
      async run() {
        id = expectReply(await who(key), 200, whoami).keyId;
        const neighbour = expectReply(await who(other), 200, whoami).keyId;
        if (neighbour === id) throw new Fault('two keys were told the same keyId');
      },
    },
    {
      id: 'root-only',
      title: 'nobody but the root key manages keys',
      mend: 'Guard every route under /v1/keys: 401 without a key, 401 or 403 with any other.',
      needs: ['live'],
      async run() {
        for (const bearer of [undefined, other, key, randomBytes(24).toString('hex')]) {
          for (const act of ['disable', 'revoke'])
            expectStatus(
              await call('POST', `/v1/keys/${id}/${act}`, { bearer, json: { cause: 'other' } }),
              bearer === other || bearer === key ? [401, 403] : [401],
            );
          expectStatus(
            await call('POST', '/v1/keys/check', { bearer, json: { sha256: hash(key) } }),
            [401, 403],
          );
        }
      },
    },
    {
      id: 'check-by-hash',
      title: 'a check by hash: live, and whose; nothing of a hash that nobody has',
      mend: 'POST /v1/keys/check {"sha256": …} with the root key answers {"state", "keyId"}; state unknown for a hash that is not there.',
      needs: ['live'],
      async run() {
        const ask = (sha256: string) => call('POST', '/v1/keys/check', { bearer: root, json: { sha256 } });
        const told = expectReply(await ask(hash(key)), 200, checked);
        if (told.state !== 'live') throw new Fault(`a live key is ${told.state} by its hash`);
        if (told.keyId !== id) throw new Fault('by its hash the key has another keyId than by itself');
        const nobody = expectReply(await ask(randomBytes(32).toString('hex')), 200, checked);
        if (nobody.state !== 'unknown' || nobody.keyId !== undefined)
          throw new Fault(
            `a random hash is ${nobody.state}${nobody.keyId === undefined ? '' : ', and has a keyId'}`,
          );
      },
    },
    {
      id: 'check-for-all',
      title: 'a check by hash that is open to scanners tells the state and no more',
      mend: 'POST /v1/check {"sha256": …} answers {"state"} to everybody; leave owner, name and id out.',
      needs: ['live'],
      async run() {
        const said = await call('POST', '/v1/check', { json: { sha256: hash(key) } });
        if (said.status === 404 || said.status === 405)
          return { skip: 'not offered: scanners must show the key itself' };
        const told = expectReply(said, 200, z.record(z.string(), z.unknown()));
        if (told.state !== 'live') throw new Fault('a live key is not live by its hash');
        const more = Object.keys(told).filter((name) => name !== 'state' && name !== 'environment');
        if (more.length > 0) throw new Fault(`${said.what}: tells everybody ${more.join(', ')}`);
        return undefined;
      },
    },
    ...(['owner', 'usage'] as const).map(
      (what): Check => ({
        id: what,
        title:
          what === 'owner' ? 'whose key it is, for the root key' : 'when it was used last, for the root key',
        mend: `GET /v1/keys/{id}/${what} answers {"keyId", "${what === 'owner' ? 'owner' : 'lastUsedAt'}"}; null where it is not known.`,
        needs: ['live'],
        async run() {
          const told = z.object({
            keyId: z.literal(id),
            ...(what === 'owner' ? { owner: z.string().nullable() } : { lastUsedAt: time.nullable() }),
          });
          expectReply(await call('GET', `/v1/keys/${id}/${what}`, { bearer: root }), 200, told);
          expectStatus(await call('GET', `/v1/keys/${id}/${what}`, { bearer: other }), [401, 403]);
        },
      }),
    ),
    {
      id: 'contain',
      title: 'containing switches that key off, and says so',
      mend: 'POST /v1/keys/{id}/disable takes {"cause", "foundAt"?, "foundTime"?}; from then on the key gets 401, code disabled_key.',
      needs: ['live', 'root-only'],
      async run() {
        const told = expectReply(await by('disable', leak), 200, changed);
        if (told.state !== 'disabled') throw new Fault(`disable answers state ${told.state}`);
        refusal(await who(key), ['disabled_key']);
        await stillAlive();
      },
    },
    {
      id: 'restore',
      title: 'a containment can be undone',
      mend: 'POST /v1/keys/{id}/restore switches a disabled key on again.',
      needs: ['contain'],
      async run() {
        expectReply(await by('restore', {}), 200, changed);
        const said = await who(key);
        if (said.status !== 200) throw new Fault(`after restore the key still gets ${said.status}`);
      },
    },
    {
      id: 'revoke',
      title: 'a revoked key is dead, and no other',
      mend: 'POST /v1/keys/{id}/revoke must take effect before it answers: the next call with that key gets 401, code revoked_key.',
      needs: ['live', 'root-only'],
      async run() {
        const told = expectReply(await by('revoke', leak), 200, changed);
        if (told.state !== 'revoked') throw new Fault(`revoke answers state ${told.state}`);
        const after = await who(key);
        if (after.status === 200)
          throw new Fault('revoke answers that it is done, yet the key still opens GET /v1/whoami');
        refusal(after, ['revoked_key']);
        await stillAlive();
      },
    },
    {
      id: 'revoke-again',
      title: 'revoking may be repeated, and cannot be undone',
      mend: 'A second revoke answers 200 with changed false; restore of a revoked key answers 409.',
      needs: ['revoke'],
      async run() {
        const again = expectReply(await by('revoke', { cause: 'other' }), 200, changed);
        if (again.changed !== false) throw new Fault('the second revoke says that it changed something');
        expectStatus(await by('restore', {}), 409);
        expectStatus(await who(key), 401);
      },
    },
    {
      id: 'honest-401',
      title: 'the next call with the key learns why, when, where and what to do',
      mend: 'The problem document of a revoked key has cause: {reason, found_at, found_time, revoked_at}, as the first revoke gave them, and next_steps.',
      needs: ['revoke'],
      async run() {
        const told = refusal(await who(key), ['revoked_key']);
        const cause = z.object({
          reason: z.literal('leaked'),
          found_at: z.object({ url: z.literal(url), path: z.literal('config.env'), line: z.literal(3) }),
          found_time: time,
          revoked_at: time,
        });
        const read = cause.safeParse(told.cause);
        const [first] = read.error?.issues ?? [];
        if (first)
          throw new Fault(`the 401 of the revoked key: cause.${first.path.join('.')}: ${first.message}`);
      },
    },
    {
      id: 'no-gossip',
      title: 'nobody else learns where a key was found',
      mend: 'Tell the place only to a caller who presents that very key, and to the root key.',
      needs: ['revoke'],
      async run() {
        const last = key.endsWith('0') ? '1' : '0';
        const asked = [
          await who(),
          await who(`${key.slice(0, -1)}${last}`),
          await who(other),
          await call('GET', `/v1/keys/${id}`, { bearer: other }),
          await call('POST', '/v1/check', { json: { sha256: hash(key) } }),
        ];
        const one = asked.find(({ body }) => body.includes(url));
        if (one) throw new Fault(`${one.what}: tells a stranger where the key was found`);
      },
    },
    {
      id: 'self-revoke',
      title: 'whoever holds a key may burn it, and nothing else',
      mend: 'POST /v1/keys/revoke-self burns the key that the request carries, with its cause.',
      needs: ['live'],
      async run() {
        if (self === undefined) return { skip: 'no SELF_KEY was given' };
        expectStatus(await call('POST', '/v1/keys/revoke-self', { json: leak }), 401);
        expectReply(await call('POST', '/v1/keys/revoke-self', { bearer: self, json: leak }), 200, changed);
        refusal(await who(self), ['revoked_key']);
        await stillAlive();
        return undefined;
      },
    },
    {
      id: 'report',
      title: 'anybody may report a key, and learns nothing by it',
      mend: 'POST /v1/leaks/found {"key", "url"?} answers 202 with the same bytes whatever the key is (keyburn serve --accept anybody).',
      needs: ['revoke'],
      async run() {
        const report = (text: string) => call('POST', '/v1/leaks/found', { json: { key: text, url } });
        const [dead, never] = [await report(key), await report(randomBytes(24).toString('hex'))];
        expectStatus(dead, 202);
        if (dead.status !== never.status || dead.body !== never.body)
          throw new Fault('a key that was issued and one that was not are answered differently');
      },
    },
    {
      id: 'neighbour',
      title: 'the other key is alive at the end',
      mend: 'Act on the one key that is named, never on all keys of its owner.',
      needs: ['live'],
      run: stillAlive,
    },
  ];
}
