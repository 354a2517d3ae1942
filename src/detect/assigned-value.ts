// Is the value of an assignment a secret? A name made the offer; here everything that is no secret is turned down.

import type { Assigned } from './assignment.ts';
import { wordsOf } from './key-name.ts';
import { isOtherKind, isPlaceholder, isTranslated } from './placeholder.ts';
import { looksRandom, randomBits } from './randomness.ts';

const LONGEST = 400;
/** Signs beyond those that issuers use are believed of long texts in quotes that chance explains this much better. */
const WILD = 16;
const WILD_BITS = 40;
const WILD_SIGNS = 4;
const FOREIGN = /[\x80-\uffff]/;
/** What labels and translations say: `'password' => 'Wachtwoord'`. */
const LABEL = /^[A-Z][a-z]+(?:[- ](?:[a-z]+|[A-Z]{2,}))?$/;
/** `argocd-k8s-auth`, `e2e-dl-v2`: names of things, unless chance explains them much better. */
const DASHED = /^[a-z][a-z0-9]{0,11}(?:[-_.:/][a-z0-9]{1,12})+$/;
const DASHED_BITS = 30;
/** `cn-zhangjiakou-vpc`: words of any language, none of which is drawn. */
const DASHED_WORDS = /^[a-z]{1,14}(?:(?:--?|__?|[.:/])[a-z]{1,14})+$/;
/** A list of digests by the names of pages: `"sign-in-with-auth": ["9f86…"]`. */
const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+){2,}$|^[a-z0-9]+-(?:auth|credentials?)$/;

/** Where no sign says that a name is given a value, the value must leave no doubt. */
const LOOSE_BITS = 24;

/** Issuers make keys of these; quotes, brackets and question marks are the text's. */
const MACHINE_MADE = /^[\w+/=.~:%@$!&*#-]+$/;

/** Characters that are escaped by their numbers, as themselves: `Contrase\xF1a`. */
function unescaped(value: string): string {
  return value.includes('\\')
    ? value.replace(/\\(?:x([0-9a-f]{2})|u([0-9a-f]{4}))/gi, (_, two?: string, four?: string) =>
        String.fromCharCode(Number.parseInt(two ?? four ?? '0', 16)),
      )
    : value;
}

/** Words of other alphabets: prose of a person, unless there is more of another kind in it. */
function isForeign(value: string): boolean {
  const foreign = value.replace(/[^\x80-\uffff]/g, '').length;
  return foreign > 0 && (2 * foreign > value.length || !/\d/.test(value));
}

/** The same where they are escaped; of what stands in bytes a person may have made a password. */
function isForeignWord(value: string): boolean {
  if (!value.includes('\\')) return isForeign(value);
  const word = unescaped(value);
  return isTranslated(word) || (/\\u[0-9a-f]{4}/i.test(value) && isForeign(word));
}

function isMachineMade({ quoted }: Assigned, value: string): boolean {
  if (MACHINE_MADE.test(value)) return true;
  return (
    quoted &&
    value.length >= WILD &&
    [/[a-z]/, /[A-Z]/, /\d/].every((kind) => kind.test(value)) &&
    !FOREIGN.test(value) &&
    new Set(value.replace(/\w/g, '')).size >= WILD_SIGNS &&
    randomBits(value) >= WILD_BITS
  );
}

/** What makes a key more than one that things are looked up by. */
const SECRET_KEY =
  /api|secret|access|private|auth|token|master|crypt|client|app|aes|des|hmac|shared|session|licen[cs]e|write|admin|service/i;

/** Ids and fingerprints of OpenPGP keys are told to everybody: `KEY=13B6…`, `signingkey = 13B6…`, `shortKey = 9c69…`. */
function isKeyId(name: string, value: string): boolean {
  if (/^[0-9a-f]{16}$/i.test(value)) return /key/i.test(name) && !SECRET_KEY.test(name);
  return (
    /^[0-9A-F]{40}$/.test(value) && /(?:^|gpg|pgp|sign(?:ing|ature|er)?)[._-]?key(?:s|_?ids?)?$/i.test(name)
  );
}

/** `{"key": "4f1b2c3d"}`: things are looked up by short ones. */
const KEY_ALONE = /^(?:[\w$.]*\.)?_*key$/i;
const LOOKED_UP = 13;
const CALLED_BITS = 40;

/** What Android's programs name the names of their values by: `PREFERENCE_PASSCODE_D1 = "PrefPinCode1"`. */
const CONSTANT = /^(?:PREF|PREFS|PREFERENCE|KEY|EXTRA|ARG|BUNDLE|STATE|EVENT|COLUMN|TAG)_/;

/** Words of its name, so many of them that the value is the name again: `UsePassword = "pm-19976-use-password"`. */
const AGAIN = 2;
const SLUG_OF_WORDS = /^[a-z0-9]+(?:[-_.:][a-z0-9]+){2,}$/;

function repeatsName(name: string, value: string): boolean {
  // `tenantPassword = "tenant"`
  if (/^[a-z]{4,}$/.test(value) && wordsOf(name).includes(value)) return true;
  if (!SLUG_OF_WORDS.test(value)) return false;
  const words = value.split(/[-_.:]/).filter((word) => /^[a-z]{3,}$|^[a-z]+\d{1,2}$/.test(word));
  const letters = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  const again = words.filter((word) => letters.includes(word));
  return again.length >= AGAIN && 2 * again.length >= words.length;
}

/** `verifyPassword("bob", …)`, `t.pass("…")`: a question, a step. */
const ASKS =
  /^(?:\w*\.)*(?:(?:verify|check|validate|compare|assert|match|is|has|contains|find|get|expect|score|rate|estimate|measure|mask|redact)(?=[A-Z_])|pass$)/;

/** `k8s_token`, `invalid_key_2`: the name of something. */
const NAMED_THING =
  /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*_(?:token|key|secret|password|passwd|pwd|pass|name|user|id)\d?$/;

const SNAKE = /^[a-z][a-z0-9]*(?:_[a-z0-9]+)+$/;

/** What stands behind a name in a list is the list's next item, unless it is a key for certain. */
function isNextOfList(value: string, word: string, machine: boolean): boolean {
  if (!/\d/.test(value) || value.toLowerCase().includes(word) || SNAKE.test(value)) return true;
  return machine && randomBits(value) < LOOSE_BITS && !HEX_KEY.test(value);
}

/** So many hex digits, letters among them, are no word whatever chance says of each. */
const HEX_KEY = /^(?=\d*[a-f])(?=[a-f]*\d)[0-9a-f]{32,128}$/i;

/** `{elapsed:.2f}`: a field of a format. */
const FORMATTED = /^[A-Za-z_]\w*:[<>^+,]?\.?\d{1,2}[a-z%]$/;
/** Members of objects that a minifier has renamed. */
const MEMBERS = /^[A-Za-z_$][\w$]{0,3}\.[A-Za-z_$][\w$]*=[A-Za-z_$]/;
/** Operators between names, where no quotes say that it is a text. */
const BARE_CODE = /^[!~]|:!|[!=]==|&&|\d\*[a-z$_]|[a-z_$]\.[\w$.]*[+]|[\w$]\.[A-Za-z_$][\w$]*=[^=]/i;

/** A password that a person chose is not random; yet it is no bare word of prose or code either. */
function looksChosen(value: string): boolean {
  if (/\s/.test(value)) return false;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((kind) => kind.test(value)).length;
  return (kinds >= 2 && /[\d!@#$%^&*?]/.test(value)) || (value.length >= 6 && randomBits(value) > 0);
}

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** A request's own id, by which a service knows that it was sent twice. */
const REQUEST_TOKEN = /(?:client|request|change|action|idempotency)_?(?:request_?)?token$/i;

const WHOSE = /(?:user|admin|root|db|database|sql|smtp|mail|ftp|login|proxy|my)$/i;

/** `password: "…"`: a word is a password where a name that ends in it is given a text, and nowhere else. */
function isWordInQuotes(
  assigned: Assigned,
  before: string,
  word: string,
  behind: string,
  value: string,
): boolean {
  // `renderPass`, `allPass` are steps and verbs.
  if (word.toLowerCase() === 'pass' && !/(?:^|[^A-Za-z])$/.test(before) && !WHOSE.test(before)) return false;
  return (
    assigned.quoted &&
    !assigned.called &&
    !assigned.loose &&
    !assigned.compared &&
    !assigned.nested &&
    value.length >= 5 &&
    !/[a-z]/i.test(behind) &&
    !assigned.isCommented()
  );
}

/** What people choose and no programmer names a thing: `Maple2304!`, `M@ple14`, `maple-harbor-20`, `Maple85`, `mapleHarbor85`. */
const CONFIGURED = [
  /^(?=.*\d)(?=.*[A-Za-z])[\w.-]{3,40}[!@#$%^&*?]{1,4}$/,
  /^(?=.{7})(?=.*\d)(?=.*[A-Za-z])[\w-]+[@!#$^][\w@!#$^-]+$/,
  /^[A-Za-z]{3,24}(?:[-_!@#$%^&*][A-Za-z]{2,24}){0,3}[-_!@#$%^&*]\d{2,6}$/,
  /^(?:[A-Z][a-z]{3,15}|[a-z]{3,12}[A-Z][a-z]{2,12})\d{2,6}$/,
];

/** `$password: String!`, `password: String!`: types of GraphQL; `password: String?`: of Kotlin and Swift. */
const GRAPHQL = /^\[?(?:String|ID|Int|Float|Boolean|Char|CharArray|ByteArray|Data)[!?]?\]?[!?]?$/;
const GRAPHQL_NAMED = /^\[?[A-Z][A-Za-z]*!?\]?!$/;

function isType(assigned: Assigned, name: string, value: string): boolean {
  return !assigned.quoted && (name.startsWith('$') ? GRAPHQL_NAMED : GRAPHQL).test(value);
}

/** Without quotes a value may be any expression: it must look like nothing that a programmer writes. */
function looksBare(assigned: Assigned, value: string, machine: boolean): boolean {
  if (!machine && assigned.alone && CONFIGURED.some((form) => form.test(value))) return true;
  if (!/\d/.test(value) && !/[^A-Za-z0-9_.]/.test(value))
    return assigned.literal && looksRandom(value) && randomBits(value) > 25;
  return assigned.literal || looksRandom(value);
}

/**
 * @param name the identifier, which names a secret (key-name.ts), `from`..`to` of it the literal
 * @param machine the value must look drawn by a machine; else one that a person chose will do
 */
export function isSecretValue(
  assigned: Assigned,
  name: string,
  literal: { readonly from: number; readonly to: number },
  value: string,
  machine: boolean,
): boolean {
  if (value.length > LONGEST || /[\s\0]/.test(value)) return false;
  if (assigned.called && /[A-Za-z]/.test(name.slice(literal.to))) return false;
  // What a label's own quote opens begins with the code behind it: `"Password:"), render(…`, `"password: " + text.value`.
  const code = assigned.quoted
    ? /^(?:[),;\]}]|\.[a-z]\w*\(|\+\s*[A-Za-z_$][\w$]*[.([])/
    : /^(?:[#/@*!+:?(]|\.[*+])/;
  if (code.test(value) && !(machine && randomBits(value) >= WILD_BITS)) return false;
  if (!assigned.quoted && FORMATTED.test(value)) return false;
  if (!assigned.quoted && (machine ? BARE_CODE : MEMBERS).test(value)) return false;
  if (
    assigned.loose &&
    // A UUID behind a mere blank is the id of a request, a job, a user.
    (UUID.test(value) ||
      !(machine && /\d/.test(value) && value.length >= 20 && randomBits(value) >= LOOSE_BITS))
  )
    return false;
  if (assigned.called && ASKS.test(name)) return false;
  if (machine && KEY_ALONE.test(name)) {
    if (
      value.length < LOOKED_UP ||
      assigned.converted ||
      (assigned.called && randomBits(value) < CALLED_BITS)
    )
      return false;
  }
  // `"reblog_key":"9f3a…"`: so is what a short one of another kind is for.
  if (machine && !assigned.called && value.length < LOOKED_UP && /key$/i.test(name) && !SECRET_KEY.test(name))
    return false;
  if (machine && KEY_ALONE.test(name) && /^[A-Za-z]+$/.test(value) && randomBits(value) < CALLED_BITS)
    return false;
  if (!machine && CONSTANT.test(name) && /^[A-Za-z]+(?:_[A-Za-z]+)*\d?$/.test(value)) return false;
  if (repeatsName(name, value)) return false;
  if (NAMED_THING.test(value) || (assigned.called && !machine && SNAKE.test(value))) return false;
  if (!machine && assigned.spoken && !looksRandom(value)) return false;
  if (/^--?[a-z]/.test(value) && randomBits(value) < LOOSE_BITS) return false;
  if (name.startsWith('-') && /^-[A-Za-z]/.test(value)) return false;
  if (machine ? !isMachineMade(assigned, value) : isForeignWord(value) || LABEL.test(value)) return false;
  // Asked first, since it turns most values down for the least.
  if (machine && (value.length < 8 || !looksRandom(value))) return false;
  if (isKeyId(name, value) || (UUID.test(value) && REQUEST_TOKEN.test(name))) return false;
  if (machine && value.length < 20 && DASHED.test(value) && randomBits(value) < DASHED_BITS) return false;
  if (
    machine &&
    DASHED_WORDS.test(value) &&
    value.split(/[-_.:/]+/).every((one) => randomBits(one) < LOOSE_BITS)
  )
    return false;
  if (
    !assigned.quoted &&
    /(?:token|password|passwd|secret|key|credentials?)$/i.test(value) &&
    /^[a-z]+[A-Za-z0-9]*$/.test(value)
  )
    return false;
  if (assigned.bracketed && SLUG.test(name) && /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/.test(value))
    return false;
  if (isType(assigned, name, value) || isPlaceholder(value) || isOtherKind(value, machine)) return false;
  // A value that repeats its name: `password = "password1"`, `apiKey: apiKeyValue`.
  const word = name.slice(literal.from, literal.to).toLowerCase();
  if (assigned.listed && (word === 'auth' || word === 'cred' || isNextOfList(value, word, machine)))
    return false;
  if (word.length >= 4 && value.toLowerCase().includes(word) && !/\d{2}/.test(value) && !looksRandom(value))
    return false;
  if (name.length >= 6 && value.toLowerCase().endsWith(name.toLowerCase())) return false;
  if (!assigned.quoted && !looksBare(assigned, value, machine)) return false;
  return machine
    ? value.length >= 8 && looksRandom(value)
    : looksChosen(value) ||
        isWordInQuotes(assigned, name.slice(0, literal.from), word, name.slice(literal.to), value);
}
