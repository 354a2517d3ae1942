/** Why nobody knows. */
export type UnknownWhy =
  | 'offline'
  | 'not-asked'
  | 'no-service'
  | 'no-check'
  | 'not-configured'
  | 'ambiguous'
  | 'canary'
  | 'throttled'
  | 'timeout'
  | 'unreachable'
  | 'redirected'
  | 'too-large'
  | 'forbidden-address'
  | 'unexpected-reply'
  | 'issuer-fault'
  | 'not-discriminating';

interface Judged {
  /** When the issuer answered, RFC 3339. */
  readonly checkedAt: string;
  /** What was seen, in words that hold no secret: `GET /user: 200 with a login`. */
  readonly why: string;
}

/** An affirmative, parsed reply: the key authenticates. */
export interface Live extends Judged {
  readonly state: 'live';
  readonly environment?: 'live' | 'test';
}

/** It authenticates, but may not do what was asked. */
export interface Limited extends Judged {
  readonly state: 'limited';
  readonly environment?: 'live' | 'test';
}

export interface Dead extends Judged {
  readonly state: 'expired' | 'disabled' | 'revoked' | 'rejected';
}

/** Nobody was asked: the checksum or the shape says that it was never issued. */
export interface Malformed extends Judged {
  readonly state: 'malformed';
}

export interface Unknown {
  readonly state: 'unknown';
  readonly why: UnknownWhy;
  /** More words, without a secret. */
  readonly detail?: string;
  readonly checkedAt?: string;
}

const IN_WORDS: Readonly<Record<UnknownWhy, string>> = {
  offline: 'nobody was asked: this run was offline',
  'not-asked': 'nobody was asked',
  'no-service': 'there is nobody to ask about this kind of key',
  'no-check': 'its issuer offers no safe way to ask',
  'not-configured': 'what it takes to ask is not set',
  ambiguous: 'several issuers could own it, so none was asked',
  canary: 'it is a known canary, so nobody was asked',
  throttled: 'its issuer wants fewer questions',
  timeout: 'its issuer did not answer in time',
  unreachable: 'its issuer could not be reached',
  redirected: 'its issuer sent us elsewhere, where no key goes',
  'too-large': 'its issuer answered more than an answer holds',
  'forbidden-address': 'the name of its issuer leads to a private address',
  'unexpected-reply': 'the answer of its issuer was not understood',
  'issuer-fault': 'its issuer has a fault of its own',
  'not-discriminating': 'its issuer says yes to any key',
};

/** Why nobody knows, for a person: machine formats have the code. @param why what an older keyburn has written may be no code of today */
export function unknownInWords(why: string): string {
  return Object.hasOwn(IN_WORDS, why) ? IN_WORDS[why as UnknownWhy] : why;
}

/** The same for any verdict, with all that is known. */
export function whyInWords(verdict: Verdict): string {
  if (verdict.state !== 'unknown') return verdict.why;
  const words = unknownInWords(verdict.why);
  return verdict.detail === undefined ? words : `${words} (${verdict.detail})`;
}

/** What is known of a key's life. Unknown is not no. */
export type Verdict = Live | Limited | Dead | Malformed | Unknown;
export type VerdictState = Verdict['state'];

/** Verdicts that allow something irreversible to follow. */
export type Usable = Live | Limited;

export function isUsable(verdict: Verdict): verdict is Usable {
  return verdict.state === 'live' || verdict.state === 'limited';
}

/** Dead for good or for now: the proof that an incident needs to close. */
export function isDead(verdict: Verdict): verdict is Dead {
  switch (verdict.state) {
    case 'expired':
    case 'disabled':
    case 'revoked':
    case 'rejected':
      return true;
    case 'live':
    case 'limited':
    case 'malformed':
    case 'unknown':
      return false;
  }
}
