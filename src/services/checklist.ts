// What to look at, in order, when a key is refused: header, dashboard, environment variable, rotation, and a test with curl
// alone. The same five steps for every issuer, in the words of those that keyburn knows best.

import type { ServiceId } from '../model/index.ts';

/** One step; `what` is a word or two. */
export interface CheckItem {
  readonly what: 'header' | 'dashboard' | 'variable' | 'rotate' | 'curl';
  readonly text: string;
}

interface Habits {
  /** The header with `KEY` in place of the key. */
  readonly header: string;
  readonly dashboard: string;
  readonly variable: string;
  readonly rotate: string;
  /** Method and address of a harmless call. */
  readonly call: string;
}

/** From each issuer's own documentation; see its file in this folder. */
const HABITS: Readonly<Record<ServiceId, Habits>> = {
  unkey: {
    header: 'Authorization: Bearer KEY',
    dashboard:
      'https://app.unkey.com: Settings > Root Keys for a root key (unkey_…), its keyspace for a customer key',
    variable: 'UNKEY_ROOT_KEY',
    rotate: 'Rotate the root key there with immediate revocation, or delete it and make a new one',
    call: '-X POST -H \'content-type: application/json\' -d \'{"key":"x"}\' https://api.unkey.com/v2/keys.verifyKey',
  },
  warp: {
    header: 'Authorization: Bearer KEY',
    dashboard: 'https://oz.warp.dev/settings: Cloud platform > Oz Cloud API Keys, or `oz api-key list`',
    variable: 'WARP_API_KEY',
    rotate: 'Make a new key there, then `oz api-key expire <uid>` for the old one',
    call: 'https://app.warp.dev/api/v1/agent/models',
  },
  agnes: {
    header: 'Authorization: Bearer KEY',
    dashboard: 'https://agnes.lasscyber.com/keys (ak_… for live, ak_test_… for the sandbox)',
    variable: 'AGNES_API_KEY',
    rotate: 'Mint a new key there, roll it out, then delete the old one',
    call: "-H 'Agnes-Version: 2026-04-16' https://api.lasscyber.com/api/v1/api-keys/",
  },
  keyburn: {
    header: 'Authorization: Bearer KEY',
    dashboard: 'GET /v1/keys with the root key, or ask whoever runs the service',
    variable: 'API_KEY',
    rotate: 'POST /v1/keys makes a new one; a revoked one never comes back',
    call: '$KEYBURN_SERVICE_URL/v1/whoami',
  },
};

const ANY: Habits = {
  header: 'X-API-Key: KEY',
  dashboard: 'the service’s own dashboard',
  variable: 'API_KEY',
  rotate: 'Make a new key, roll it out, then delete the old one',
  call: 'URL',
};

/** @param id the issuer, where it is known */
export function checklist(id?: ServiceId): readonly CheckItem[] {
  const known = id !== undefined && Object.hasOwn(HABITS, id) ? HABITS[id] : undefined;
  const { header, dashboard, variable, rotate, call } = known ?? ANY;
  const or = known ? '' : ' (or Authorization: Bearer KEY: the service’s documentation says which)';
  return [
    {
      what: 'header',
      text: `The key travels as \`${header}\`${or}: this name, no quotes, and no proxy or redirect that drops it.`,
    },
    {
      what: 'dashboard',
      text: `Look the key up: ${dashboard}. Active, not expired, the right environment and rights?`,
    },
    {
      what: 'variable',
      text: `It comes from an environment variable (${variable}) or a secrets manager that is set where the program runs, and never from source code.`,
    },
    { what: 'rotate', text: `Was it ever in a repository, a log or client-side code? ${rotate}.` },
    {
      what: 'curl',
      text: `Test the key alone: printf '${header.replace('KEY', '%s')}' "$${variable}" | curl -i -H @- ${call} | keyburn why`,
    },
  ];
}
