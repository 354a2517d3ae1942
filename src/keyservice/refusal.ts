// Which refusal a key gets, and in which words. Pure: no store, no HTTP. The places of a leak are told here to nobody but
// a caller who presents that very key: `refuse` takes the record that the presented key's own hash found.

import type { Exposure } from '../model/index.ts';
import type { Presented } from './keys.ts';
import { type FoundAt, type KeyRecord, type Stop, stateOf } from './record.ts';
import { type Code, LEAKED_STEPS, WORDS } from './words.ts';

/** The `cause` member of a problem document. */
interface CauseMember {
  readonly reason: string;
  readonly found_at?: FoundAt;
  readonly found_time?: string;
  readonly disabled_at?: string;
  readonly disabled_by?: string;
  readonly revoked_at?: string;
  readonly revoked_by?: string;
}

export interface Refusal {
  readonly code: Code;
  readonly detail: string;
  readonly steps: readonly string[];
  readonly keyId?: string;
  readonly cause?: CauseMember;
  readonly requiredScope?: string;
  readonly expiredAt?: string;
}

export function refusal(code: Code, detail?: string, more: Partial<Refusal> = {}): Refusal {
  return { code, detail: detail ?? WORDS[code].detail, steps: WORDS[code].steps, ...more };
}

/** Undefined for a live key; else the honest answer to whoever presents it. */
export function refuse(key: Presented, record: KeyRecord | undefined, now: Date): Refusal | undefined {
  if (key.shape.kind === 'malformed') return refusal('malformed_key', MALFORMED[key.shape.why]);
  if (key.shape.kind === 'root') {
    return refusal(
      'malformed_key',
      'This looks like a root key: it manages keys under /v1/keys and opens no other route.',
      {
        steps: [
          'Use a key that was made for this program (POST /v1/keys makes one).',
          'Keep the root key away from programs.',
        ],
      },
    );
  }
  if (!record) return refusal('unknown_key');
  const keyId = record.id;
  switch (stateOf(record, now)) {
    case 'live':
      return undefined;
    case 'expired': {
      const at = record.expiresAt ?? '';
      return refusal('expired_key', `This key expired at ${at}.`, { keyId, expiredAt: at });
    }
    case 'disabled':
      return record.disabled ? stopped('disabled', record.disabled, keyId) : undefined;
    case 'revoked':
      return record.revoked ? stopped('revoked', record.revoked, keyId) : undefined;
  }
}

/** Root routes: a live key that is no root key may not do this. */
export function notRoot(record: KeyRecord): Refusal {
  return refusal('forbidden', 'This key is live, but only the root key may manage keys.', {
    keyId: record.id,
    requiredScope: 'root',
  });
}

export function lacksScope(record: KeyRecord, scope: string): Refusal {
  return refusal('forbidden', `This key is live, but it lacks the scope ${scope}.`, {
    keyId: record.id,
    requiredScope: scope,
  });
}

const MALFORMED = {
  quoted: 'The key has quotation marks around it: they are not part of it.',
  placeholder: 'A placeholder was sent in place of a key: the variable or template was not filled in.',
  prefix:
    'Keys of this service start with kbk_live_ or kbk_test_; this one does not, so it belongs elsewhere.',
  length:
    'The key has the right beginning but not the right length: it was probably cut or joined when it was copied.',
  checksum:
    'The key does not fit its own checksum: a character was probably lost or changed when it was copied.',
} as const;

/** How a stopped key was stopped, for its holder. */
export function stopped(
  how: 'disabled' | 'revoked',
  stop: Omit<Stop, 'by'> & { readonly by: string },
  keyId: string,
): Refusal {
  const { reason, foundAt, foundTime } = stop.cause;
  const cause: CauseMember = {
    reason,
    ...(foundAt ? { found_at: foundAt } : {}),
    ...(foundTime ? { found_time: foundTime } : {}),
    ...(how === 'revoked'
      ? { revoked_at: stop.at, revoked_by: stop.by }
      : { disabled_at: stop.at, disabled_by: stop.by }),
  };
  const code = how === 'revoked' ? 'revoked_key' : 'disabled_key';
  if (reason !== 'leaked') {
    return refusal(code, `This key was ${how} at ${stop.at} (${REASON_WORDS[reason]}).`, { keyId, cause });
  }
  const detail = `This key was found ${placeInWords(foundAt)}${foundTime ? ` at ${foundTime}` : ''} and ${how} at ${stop.at}.`;
  return refusal(code, detail, how === 'revoked' ? { keyId, cause, steps: LEAKED_STEPS } : { keyId, cause });
}

const REASON_WORDS = {
  leaked: 'it leaked',
  rotated: 'it was replaced by a new one',
  unused: 'it was not used any more',
  abuse: 'it was misused',
  'owner-request': 'its owner asked for that',
  other: 'the operator gave no other reason',
} as const;

/** `in a public repository (https://…)`; says public only where the report did, or said nothing else. */
function placeInWords(found: FoundAt = {}): string {
  const { repository, commit, url, path, exposure = 'public' } = found;
  const kind = (repository ?? commit ?? (url && path)) ? 'repository' : 'place';
  const where = url ?? composed(found);
  return `in ${WHOSE[exposure]} ${kind}${where ? ` (${where})` : ''}`;
}

const WHOSE: Readonly<Record<Exposure, string>> = {
  public: 'a public',
  internal: 'an internal',
  private: 'a private',
  local: 'a',
  unknown: 'a',
};

function composed({ repository, path, line, commit }: FoundAt): string {
  const file = path && line ? `${path}:${line}` : path;
  return [repository, file, commit && `commit ${commit.slice(0, 12)}`].filter(Boolean).join(', ');
}
