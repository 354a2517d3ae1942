// Who is signed in. The laws: a link works once and for ten minutes; a session's name is made at sign-in and never taken from
// the caller; only hashes of either are kept, in memory, so a restart signs everybody out.

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

export interface Session {
  readonly who: string;
  /** Goes into every form, and must come back with it. */
  readonly csrf: string;
  /** What came of the last form, for the next page. */
  flash?: Flash;
}

export interface Flash {
  readonly tone: 'live' | 'dead' | 'doubt' | 'calm';
  readonly text: string;
}

export interface Sessions {
  /** A new link's token; the one before it is worth nothing from now on. Undefined where one was made a moment ago. */
  link(): string | undefined;
  /** Whether it would work, without using it up. */
  isOpen(token: string): boolean;
  /** Uses the link up. @returns the new session's name, for the cookie */
  signIn(token: string): string | undefined;
  /** For somebody whose identity is known otherwise. @returns the new session's name */
  begin(who: string): string;
  find(name: string | undefined): Session | undefined;
  end(name: string | undefined): void;
}

export const LINK_MS = 10 * 60_000;
const BETWEEN_LINKS_MS = 10_000;
const IDLE_MS = 60 * 60_000;
const LONGEST_MS = 8 * 60 * 60_000;
const MOST_SESSIONS = 100;

interface Kept {
  readonly session: Session;
  readonly began: number;
  seen: number;
}

/** @param who the name of whoever comes by a link, for the audit trail */
export function createSessions(who: string, now: () => Date): Sessions {
  const sessions = new Map<string, Kept>();
  let link: { readonly hash: Buffer; readonly madeAt: number } | undefined;
  let madeAt = Number.NEGATIVE_INFINITY;

  const isOpen = (token: string): boolean =>
    link !== undefined &&
    now().getTime() - link.madeAt < LINK_MS &&
    timingSafeEqual(hashOf(token), link.hash);

  const begin = (whose: string): string => {
    const name = randomBytes(32).toString('base64url');
    const at = now().getTime();
    const [oldest] = sessions.keys();
    if (sessions.size >= MOST_SESSIONS && oldest !== undefined) sessions.delete(oldest);
    const session = { who: whose, csrf: randomBytes(32).toString('base64url') };
    sessions.set(keyOf(name), { session, began: at, seen: at });
    return name;
  };

  return {
    link() {
      if (now().getTime() - madeAt < BETWEEN_LINKS_MS) return undefined;
      madeAt = now().getTime();
      const token = randomBytes(32).toString('base64url');
      link = { hash: hashOf(token), madeAt };
      return token;
    },
    isOpen,
    signIn(token) {
      if (!isOpen(token)) return undefined;
      link = undefined;
      return begin(who);
    },
    begin,
    find(name) {
      if (name === undefined) return undefined;
      const kept = sessions.get(keyOf(name));
      if (kept === undefined) return undefined;
      const at = now().getTime();
      if (at - kept.seen > IDLE_MS || at - kept.began > LONGEST_MS) {
        sessions.delete(keyOf(name));
        return undefined;
      }
      kept.seen = at;
      return kept.session;
    },
    end(name) {
      if (name !== undefined) sessions.delete(keyOf(name));
    },
  };
}

export function isSame(a: string, b: string): boolean {
  return timingSafeEqual(hashOf(a), hashOf(b));
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}

function keyOf(name: string): string {
  return hashOf(name).toString('base64');
}
