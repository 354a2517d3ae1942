// What every issuer promises, whichever it is. A newcomer needs no line here: its service and its recorded replies are enough.

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../src/model/index.ts';
import { type Key, mayAsk, namedHosts, type Service } from '../../src/services/index.ts';
import { faults, reply, startIssuer } from './issuer.ts';
import {
  fill,
  forms,
  orderFor,
  play,
  type Recorded,
  type Recording,
  recording,
  rig,
  shipped,
  traces,
} from './recorded.ts';

function keyOf(taken: Recording, template = taken.key): { key: Key; text: string } {
  const text = fill(template);
  const parts = Object.entries(taken.parts ?? {}).map(([name, part]) => [name, new Secret(fill(part))]);
  return { key: { secret: new Secret(text), parts: Object.fromEntries(parts) }, text };
}

function credentialsOf(taken: Recording, names: readonly string[] = Object.keys(taken.credentials ?? {})) {
  return Object.fromEntries(names.map((name) => [name, fill(taken.credentials?.[name] ?? '')]));
}

async function act(
  service: Service,
  on: Recorded['on'],
  key: Key,
  tools: Parameters<NonNullable<Service['check']>>[1],
): Promise<unknown> {
  const order = orderFor(service.id, key.secret, key.parts);
  switch (on) {
    case 'check':
      return service.check?.(key, tools);
    case 'owner':
      return service.owner?.(key, tools);
    case 'usage':
      return service.usage?.(key, tools);
    case 'restore':
      return service.restore?.(key, tools);
    case 'contain':
      return service.contain?.(order, tools);
    case 'revoke':
      return service.revoke?.(order, tools);
    case 'explain':
      return undefined;
  }
}

const NOT_AFFIRMATIVE: readonly [string, string, string][] = [
  ['an empty body', 'application/json', ''],
  ['an empty object', 'application/json', '{}'],
  ['an empty list', 'application/json', '[]'],
  ['null', 'application/json', 'null'],
  ['true', 'application/json', 'true'],
  ['a word', 'application/json', '"ok"'],
  ['cut JSON', 'application/json', '{"login":"some'],
  ['HTML', 'text/html; charset=utf-8', '<!doctype html><html><body>Sign in</body></html>'],
];

describe.each(shipped.map((service) => ({ id: service.id, service })))('$id', ({ service }) => {
  const taken = recording(service.id);

  const acts = taken.replies.filter((one) => one.on !== 'explain');
  it.each(acts.map((one) => ({ ...one })))('$on: $name', async (one) => {
    const { key, text } = keyOf(taken, one.key);
    const credentials = credentialsOf(taken, one.with ?? []);
    const sha256 = createHash('sha256').update(text).digest('hex');
    const own = (template: string) => template.replaceAll('{{key}}', text).replaceAll('{{sha256}}', sha256);
    const exchanges = one.exchanges.map((each) => ({
      ...each,
      path: own(each.path),
      // A list of an administrator may show the key whole, and a record that is read by it does.
      body:
        one.on === 'check' && taken.keyInPath === undefined
          ? each.body
          : (JSON.parse(own(JSON.stringify(each.body))) as unknown),
    }));
    await using stage = await rig(play(exchanges), { credentials });
    const got = await act(service, one.on, key, stage.tools);
    expect(got ?? {}).toMatchObject(one.expect);
    const { seen } = stage.issuer;
    expect(seen.map(({ method, path }) => `${method} ${path}`)).toEqual(
      exchanges.map(({ method, path }) => `${method} ${path}`),
    );
    const named = namedHosts(service, (name) => stage.tools.credential(name));
    for (const host of stage.hosts) expect(mayAsk(service, host, named)).toBe(true);
    const writes = seen.filter(({ method, path }) => method !== 'GET' && !taken.readPosts?.includes(path));
    expect(one.on === 'check' ? writes : []).toEqual([]);
    for (const form of [...forms(text), ...Object.values(credentials)])
      expect(traces(got)).not.toContain(form);
    const paths = taken.keyInPath === undefined ? seen.map(({ path }) => path) : [];
    for (const path of paths) for (const form of forms(text)) expect(path).not.toContain(form);
  });

  const refusals = taken.replies.filter((one) => one.cause !== undefined);
  it.each(refusals.map((one) => ({ ...one })))('why: $name', ({ exchanges, cause }) => {
    const last = exchanges.at(-1);
    const text = typeof last?.body === 'string';
    const body = text ? String(last.body) : JSON.stringify(last?.body);
    const json = text ? undefined : last?.body;
    const said = service.explain?.({ status: last?.status ?? 0, headers: last?.headers ?? {}, body, json });
    expect(said?.cause).toBe(cause);
    expect(said?.meaning).toMatch(/\.$/);
    expect(said?.steps.length).toBeGreaterThan(0);
  });

  it('has a recorded reply of a live and of a dead key, each with its page and date', () => {
    const states = taken.replies.filter(({ on }) => on === 'check').map((one) => one.expect.state);
    expect(states).toContain('live');
    const dead = states.some((state) =>
      ['rejected', 'revoked', 'expired', 'disabled'].includes(String(state)),
    );
    expect(dead || existsSync(taken.deathIn ?? '')).toBe(true);
    for (const one of taken.replies) {
      expect(one.source).toMatch(/^(?:https:\/\/|src\/)/);
      expect(one.date).toMatch(/^\d{4}-\d\d(-\d\d)?$/);
      expect(one.origin !== undefined, `${one.name}: origin`).toBe(one.exchanges.length > 0);
      expect(['captured', 'documented', 'composed', undefined]).toContain(one.origin);
    }
  });

  it('has a recorded reply of everything that it can do', () => {
    const can = (['check', 'owner', 'usage', 'contain', 'restore', 'revoke'] as const).filter(
      (on) => service[on],
    );
    expect(taken.replies.map(({ on }) => on)).toEqual(expect.arrayContaining(can));
    expect(service.restore !== undefined).toBe(service.contain !== undefined);
  });

  it('names steps for a person', () => {
    const steps = service.byHand({ preview: 'abc_…wxyz' });
    expect(steps.length).toBeGreaterThan(0);
    expect(steps.join('\n')).not.toMatch(/undefined|\[object/);
  });

  it.each(faults('https://elsewhere.example/').map((fault) => ({ ...fault })))(
    '$name: unknown, and nothing is done',
    async (fault) => {
      await using other = await startIssuer(reply(200, {}, '{}'));
      const answer =
        fault.why === 'redirected' ? reply(302, { location: `${other.url}/` }, '') : fault.answer;
      const { key } = keyOf(taken);
      const credentials = credentialsOf(taken);
      await using stage = await rig(answer, {
        credentials,
        ...(fault.why === 'timeout' && { timeoutMs: 60 }),
      });
      expect(await service.check?.(key, stage.tools)).toMatchObject({ state: 'unknown', why: fault.why });
      for (const step of ['contain', 'revoke', 'restore'] as const) {
        const got = (await act(service, step, key, stage.tools)) as { outcome: string } | undefined;
        expect(['accepted', 'already-dead']).not.toContain(got?.outcome);
      }
      expect(await act(service, 'owner', key, stage.tools)).toBeUndefined();
      expect(await act(service, 'usage', key, stage.tools)).toBeUndefined();
      expect(other.seen).toEqual([]);
    },
  );

  it.each(NOT_AFFIRMATIVE)('200 with %s is not live', async (_, type, body) => {
    const { key } = keyOf(taken);
    await using stage = await rig(reply(200, { 'content-type': type }, body), {
      credentials: credentialsOf(taken),
    });
    expect(await service.check?.(key, stage.tools)).toMatchObject({ state: 'unknown' });
  });

  it.each([401, 403, 404])('%i with HTML is somebody else’s page', async (status) => {
    const { key } = keyOf(taken);
    const page = reply(
      status,
      { 'content-type': 'text/html' },
      '<html><title>401 Access denied</title></html>',
    );
    await using stage = await rig(page, { credentials: credentialsOf(taken) });
    expect(await service.check?.(key, stage.tools)).toMatchObject({ state: 'unknown' });
  });

  it('says nothing that it was told to say', async () => {
    const { key, text } = keyOf(taken);
    for (const status of [200, 401, 403]) {
      const echo = {
        message: text,
        title: text,
        detail: text,
        code: text,
        login: text,
        keyId: text,
        error: { type: text, detail: text },
      };
      const headers = { 'content-type': 'application/json', 'x-oauth-scopes': text, 'x-request-id': text };
      await using stage = await rig(reply(status, headers, echo), {
        credentials: credentialsOf(taken),
      });
      for (const on of ['check', 'contain', 'restore', 'revoke'] as const) {
        const got = await act(service, on, key, stage.tools);
        for (const form of forms(text)) expect(traces(got)).not.toContain(form);
      }
    }
  });
});
