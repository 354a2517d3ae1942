// Rust’s crate registry: API tokens. Pages, read 2026-11: doc.rust-lang.org/cargo/reference/registry-web-api.html; the registry’s own source (its errors, and
// DELETE /api/v1/tokens/current). KEYBURN_CRATES_URL says where the registry stands. `me` is for its website: a live token is refused
// with a 403 that says so, a dead one with another.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import { baseFor } from './address.ts';
import type { Key, Service, Tools } from './service.ts';
import { call, simple } from './simple.ts';

const SETTINGS = ['KEYBURN_CRATES_URL'];
const NEEDS = 'nobody knows which registry it is for: set KEYBURN_CRATES_URL';

const detail = (text: RegExp) =>
  z.object({ errors: z.array(z.object({ detail: z.string().regex(text) })).min(1) });
const FAILED = detail(/^authentication failed$/i);
const KNOWN = detail(/^this action can only be performed on/i);

export function rustCrates(): Service {
  const at = (key: Key, tools: Tools, method: 'GET' | 'DELETE', path: string) => {
    const base = baseFor({ settings: SETTINGS }, key, tools);
    return base === undefined ? NEEDS : call(method, base + path, { authorization: reveal(key.secret) });
  };
  return simple({
    id: 'rust-crates',
    name: 'Rust’s crate registry',
    docs: 'https://doc.rust-lang.org/cargo/reference/registry-web-api.html',
    asks: {
      KEYBURN_CRATES_URL:
        'the address of the registry that gave the token out, as in its `config.json` (“api”)',
    },
    hosts: [],
    settings: SETTINGS,
    rate: { requests: 1, perMs: 1_000, concurrency: 1 },
    check: {
      ask: (key, tools) => at(key, tools, 'GET', '/api/v1/me'),
      live: z.object({ user: z.object({ id: z.number(), login: z.string().min(1) }) }),
      says: 'with a user',
      means: [
        { status: 403, where: KNOWN, is: 'limited', says: 'it authenticates, but `me` is for the website' },
        { status: 403, where: FAILED, is: 'rejected', says: 'authentication failed' },
        { status: 401, where: FAILED, is: 'rejected', says: 'authentication failed' },
      ],
      owner: ({ user }) => ({ account: user.login }),
    },
    revoke: {
      ask: (order, tools) => at(order, tools, 'DELETE', '/api/v1/tokens/current'),
      answers: [
        { status: 204, is: 'accepted', says: 'revoked itself' },
        { status: 403, where: FAILED, is: 'already-dead', says: 'authentication failed' },
        { status: 401, where: FAILED, is: 'already-dead', says: 'authentication failed' },
      ],
    },
    byHand: (preview) => [
      `Sign in as the owner of ${preview}: Account Settings > API Tokens, and revoke it.`,
      'Look at the versions of its owner’s crates for what nobody knows of.',
    ],
  });
}
