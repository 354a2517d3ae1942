// Every address and credential that an issuer can be given is in its `asks`, from which docs/issuer-settings.md is written, and
// what is missing is named with the place where it is to be had.

import { describe, expect, it } from 'vitest';
import { Secret } from '../../src/model/index.ts';
import type { Key, Service, Tools } from '../../src/services/index.ts';
import { fill, NOW, orderFor, type Recorded, type Recording, recording, shipped } from './recorded.ts';

const STEPS = ['check', 'owner', 'usage', 'contain', 'restore', 'revoke'] as const;

function keyOf(taken: Recording, one?: Recorded): Key {
  const parts = Object.entries(taken.parts ?? {}).map(([name, part]) => [name, new Secret(fill(part))]);
  return { secret: new Secret(fill(one?.key ?? taken.key)), parts: Object.fromEntries(parts) };
}

/** Answers as recorded, whatever is asked. */
function toolsOf(
  one: Recorded | undefined,
  credential: Tools['credential'],
): { tools: Tools; asked: Set<string> } {
  const asked = new Set<string>();
  const left = [...(one?.exchanges ?? [])];
  const tools: Tools = {
    ask: async ({ what }) => {
      const next = left.shift();
      if (!next) return { kind: 'unanswered', why: 'offline', detail: what };
      const body = typeof next.body === 'string' ? next.body : JSON.stringify(next.body);
      const json = typeof next.body === 'string' ? undefined : next.body;
      return { kind: 'answered', status: next.status, headers: next.headers ?? {}, body, json };
    },
    credential: (name) => {
      asked.add(name);
      return credential(name);
    },
    now: () => NOW,
  };
  return { tools, asked };
}

async function act(service: Service, on: (typeof STEPS)[number], key: Key, tools: Tools) {
  if (on === 'contain' || on === 'revoke')
    return service[on]?.(orderFor(service.id, key.secret, key.parts), tools);
  return service[on]?.(key, tools);
}

async function namesOf(service: Service): Promise<Set<string>> {
  const taken = recording(service.id);
  const names = new Set<string>(service.settings);
  const given = (name: string) => {
    const text = taken.credentials?.[name];
    return text === undefined ? undefined : new Secret(fill(text));
  };
  const runs = [undefined, ...taken.replies].flatMap((one) => STEPS.map((on) => ({ one, on })));
  for (const { one, on } of runs) {
    for (const credential of [() => undefined, given]) {
      const { tools, asked } = toolsOf(one, credential);
      await act(service, on, keyOf(taken, one), tools);
      for (const name of asked) names.add(name);
    }
  }
  return names;
}

const asking = shipped.filter(({ asks, settings }) => asks !== undefined || settings !== undefined);

describe('what an operator can set', () => {
  it.each(shipped.map((service) => ({ id: service.id, service })))(
    '$id: all of it is described',
    async ({ service }) => {
      const described = Object.keys(service.asks ?? {});
      expect([...(await namesOf(service))].sort()).toEqual(described.sort());
      for (const [name, what] of Object.entries(service.asks ?? {})) {
        expect(name).toMatch(/^[A-Z][A-Z0-9_]+$/);
        expect(what).toMatch(/^[a-z][^\n|]{10,}$/);
      }
    },
  );

  it('is one thing wherever it is named', () => {
    const words = new Map<string, string>();
    for (const [name, what] of asking.flatMap(({ asks }) => Object.entries(asks ?? {}))) {
      expect(words.get(name) ?? what).toBe(what);
      words.set(name, what);
    }
    expect(words.size).toBeGreaterThan(40);
  });

  it('is named where it is missing, with the way to it', async () => {
    const silent = new Set<string>();
    for (const service of asking) {
      const whole = keyOf(recording(service.id));
      const told = new Set<string>();
      for (const key of [whole, { ...whole, parts: {} }]) {
        for (const on of ['check', 'contain', 'restore', 'revoke'] as const) {
          const { tools } = toolsOf(undefined, () => undefined);
          const reply = await act(service, on, key, tools);
          const said = JSON.stringify(reply ?? {});
          for (const [name, what] of Object.entries(service.asks ?? {}))
            if (said.includes(`${name} (or ${name}_FILE, a file that holds it): ${what}`)) told.add(name);
        }
      }
      for (const name of Object.keys(service.asks ?? {})) if (!told.has(name)) silent.add(name);
    }
    // The issuer's usual address is asked, or the key speaks for itself first; or it is the second half of another one.
    expect([...silent].sort()).toEqual([
      'AWS_ADMIN_SESSION_TOKEN',
      'DATADOG_ADMIN_API_KEY',
      'DEEPGRAM_ADMIN_KEY',
      'GITLAB_ADMIN_TOKEN',
      'KEYBURN_GITLAB_URL',
      'KEYBURN_REPORT_SECRET',
      'KEYBURN_SENTRY_URL',
      'KEYBURN_SOURCEGRAPH_URL',
      'KEYBURN_TERRAFORM_URL',
      'KEYBURN_VAULT_NAMESPACE',
      'SENDGRID_ADMIN_KEY',
      'TAILSCALE_ADMIN_KEY',
      'TWILIO_ADMIN_KEY',
      'UNKEY_ROOT_KEY',
    ]);
  });
});
