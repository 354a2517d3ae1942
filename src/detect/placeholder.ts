// Strings that stand where a secret would stand, and are none: stand-ins, references, and things of other kinds.

import { createHash } from 'node:crypto';
import { randomBits } from './randomness.ts';

const STAND_IN_WORDS =
  /example|sample|dummy|placeholder|change[-_ ]?(?:me|it|this)|replace[-_ ]?(?:me|with|this)|choose[-_ ]?(?:an?|your)|insert[-_ ]|redacted|removed|masked|obfuscated|censored|your[-_ ]|^your(?:own|super|pass|pwd|secret|token|api|key|user|db)|^(?:my|some)(?:secure|strong|super|secret)*(?:password|passwd|pwd|secret|token|key)$|goes[-_ ]?here|^(?:wrong|bad|invalid|incorrect)[-_ ]?pass(?:word|wd)?\d*$|^(?:generate|run|use|create)[-_ ](?:with|using|by|via|an?|the|your)[-_ ]|fixture|not[-_ ]?(?:an?[-_ ]?)?(?:real|secret|valid)|(?:^|[-_<[{ ])(?:your?|my|the|some|any|enter|put|add|set|fake|mock|todo|fixme|tbd|foo|bar|baz|foobar|lorem|ipsum)(?=$|[-_>\]} ])|[-_ ](?:here|goes[-_ ]here)$|n\/a$/i;

/** Characters of a run that mask: `xxxx`, `****`, `....`, `####`, `____`. */
const MASK = /[xX]{4}|[-_.]x{3}$|\*{3}|\.{3}|…|#{4}|_{4}|-{3}|•{2}|<[^>]*>/;

/** References to a value that is elsewhere. */
const REFERENCE =
  /\$\{|\{\{|(?:^|[:=])\$\w+$|^[.+] ?\$|\$\w+ ?\.$|\$\(|#\{|<%|%>|\{%|%\}|%[A-Z_]+%|^%(?:env\(|[a-z][\w.]*%(?:$|\/))|^%[sdv]$|^[-\\]{0,3}\$[A-Za-z_{(]|^@[{(]|^@Microsoft\.KeyVault\(|^@[A-Za-z][\w.:/-]*$|^[{[(<].*[}\])>]$|^&[a-z]|\b(?:process\.env|os\.environ|getenv|import\.meta|System\.|ENV\[)|^(?:env|ref|file|vault|ssm|arn|op|keyring|secret|keyvault|projects)[.:/]/;

/** The word itself, in other languages: what forms and translations say, `SSH-Passwort`. */
const TRANSLATED =
  /^(?:\w{1,16}[-_ ]){0,3}(?:adgangskode|clave|contrase(?:ny|[nñ])a|geslo|has[lł]o|heslo|jelsz[oó]|katasandi|l[oö]senord|lozinka|mot[-_ ]?de[-_ ]?passe|palavra[-_ ]?(?:passe|chave)|parol[aeă]?|senha|[sş]ifre|wagwoord|parool|pasahitza|contrasinal|kata[-_ ]?(?:laluan|kunci)|zaporka|[a-z]{0,16}(?:passwort|kennwort|wachtwoord|passord|salasana))$/i;

const NOTHING =
  /^(?:null|nil|none|undefined|true|false|yes|no|on|off|empty|default|unset|disabled|enabled|required|optional|string|number|boolean|bool|int|integer|object|array|void|self|this|secret|secrets|password|passwd|passphrase|pass|token|key|keys|api[-_]?key|value|values|user|username|admin|root|test|tests|testing|guest|login|hidden|private|public|basic|bearer|oauth2?|auth|credentials?|anonymous|unknown|invalid|valid|wrong|correct|incorrect|missing|hashed|encrypted|stored|bail|text|textarea|ngmodel|ngform|storepass|keypass|domain|hostname|database|dbname|pasword|replaced|original|inactive|replace|(?:secret|access|client|private)[-_]?(?:key|secret|token)|first|second|third|right|left|short|long|same|other|another|anything|something|whatever|strong|weak|simple)$/i;

/** Is it made of one character or few, or of the same piece again and again? */
function isMonotonous(text: string): boolean {
  const distinct = distinctIn(text);
  if (text.length >= 6 && distinct <= 2) return true;
  if (text.length >= 12 && distinct <= 4) return true;
  // Zero bytes make runs of A in base64, bytes of all ones runs of a slash: OpenSSH keys, macaroons, the primes of key exchanges.
  if (
    /([^A/])\1{5}/.test(text) ||
    (text.length < 40 && text.includes('//////')) ||
    (text.length < 40 && text.includes('AAAAAA'))
  )
    return true;
  // deadbeefdeadbeefdeadbeef
  return (
    text.length >= 12 &&
    /^(.{1,8}?)\1+.{0,3}$/.test(text) &&
    text.length >= 3 * (/^(.{1,8}?)\1+/.exec(text)?.[1]?.length ?? 99)
  );
}

/** How many different characters; more than four are not counted. */
function distinctIn(text: string): number {
  const seen = new Set<string>();
  for (const char of text) if (seen.add(char).size > 4) break;
  return seen.size;
}

/** `CAFEDEADBEEF…`: words that hex digits spell. */
const SPELT = /^(?:cafe|dead|beef|babe|face|feed|f00d|c0de|d00d|0{2}|1{2}|f{2})+$/i;

/** Which share of its characters follows from the one before by one step up or down: 123456789, abcdefgh. */
function walked(text: string, seams = false): number {
  let steps = 0;
  for (let i = 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const step = code - text.charCodeAt(i - 1);
    if (step === 1 || step === -1 || step === 0) steps++;
    else if (
      seams &&
      (code === 48 || code === 49 || (code | 32) === 97) &&
      SEAMS.has(text.slice(i - 1, i + 1).toLowerCase())
    )
      steps++;
  }
  return text.length < 6 ? 0 : steps / (text.length - 1);
}

/** Where a walk goes on in another kind of character, which is 0, 1 or a: 1234567890abcdef. */
const SEAMS = new Set(['90', '9a', '0a', 'f0', 'f1', 'z0', 'z1']);

/** 000102030405…, 70717273…: bytes that count. */
function isCounted(text: string): boolean {
  if (text.length < 16 || text.length % 2 !== 0 || !/^[0-9a-f]+$/i.test(text)) return false;
  const bytes = Buffer.from(text, 'hex');
  let steps = 0;
  for (let i = 1; i < bytes.length; i++) {
    const step = ((bytes[i] ?? 0) - (bytes[i - 1] ?? 0)) & 255;
    if (step === 1 || step === 255) steps++;
  }
  return steps / (bytes.length - 1) >= MOSTLY;
}

/** A walk behind a prefix, or behind words: sk_live_1234567890abcdef, test-pricing-api-key-0123456789abcdef. */
function endsInWalk(text: string): boolean {
  const piece = /[0-9A-Za-z]+$/.exec(text)?.[0] ?? '';
  if (piece.length < 10 || walked(piece, true) < MOSTLY) return false;
  return 2 * piece.length >= text.length || /^(?:[a-z]+[-_.])+$/i.test(text.slice(0, -piece.length));
}

/** For most of it a walk along the alphabet, where nothing but a name says that it is a key. */
const MOSTLY = 0.7;
const HALF = 0.5;
/** Next to nothing else, where the form says that it is a key: people do fill forms by hand, yet chance never does so. */
const NOTHING_ELSE = 0.9;

/** Is it made of one character, few characters, or a walk along the alphabet? */
export function isDegenerate(text: string): boolean {
  return (
    isMonotonous(text) ||
    SPELT.test(text) ||
    walked(text, true) >= MOSTLY ||
    isCounted(text) ||
    endsInWalk(text)
  );
}

/** Half of it and more a walk along the alphabet: no word, whatever else it is. */
export function isWalk(text: string): boolean {
  return walked(text) >= HALF;
}

/** A stand-in in the body of a token whose format is known: only what chance does not make. */
export function isStandIn(body: string): boolean {
  return (
    isMonotonous(body) ||
    walked(body) >= NOTHING_ELSE ||
    /x{6}|X{6}|\*{3}|\.{3}|example|placeholder|redacted|your[-_]|changeme|dummy/i.test(body)
  );
}

/** Digests of the first words that come to mind. */
const COMMON_DIGESTS: ReadonlySet<string> = new Set(
  [
    'test',
    'password',
    'secret',
    'admin',
    'hello',
    'foo',
    'bar',
    'token',
    'key',
    '123456',
    'hello world',
    'abc',
    '0',
    '1',
  ].flatMap((word) =>
    ['md5', 'sha1', 'sha256'].map((algorithm) => createHash(algorithm).update(word).digest('hex')),
  ),
);

/** A stand-in for a value, or a reference to one. */
export function isPlaceholder(value: string): boolean {
  return (
    (value.length >= 32 && COMMON_DIGESTS.has(value.toLowerCase())) ||
    isStandInWord(value) ||
    isDegenerate(value)
  );
}

/** `FooBarFooBar1`, `abc123foo`: words that stand for nothing, and what is put beside them to please a rule for passwords. */
const METASYNTACTIC =
  /^(?=.*(?:foo|bar|baz|qux|xxx))(?=.*\d)(?:foo(?:bared)?|ba[rz]|qux|x{3,}(?!x)|test|abcd?|pass|user|\d|[-_.!@#$])+$/i;

/** Does it say `password` in another language? */
export function isTranslated(value: string): boolean {
  return TRANSLATED.test(value);
}

/** It says itself that it is none. */
function isStandInWord(value: string): boolean {
  return (
    NOTHING.test(value.replace(/^[-_*<[({ ]+|[-_*>\])} ]+$/g, '')) ||
    TRANSLATED.test(value) ||
    MASK.test(value) ||
    REFERENCE.test(value) ||
    METASYNTACTIC.test(value) ||
    STAND_IN_WORDS.test(value)
  );
}

const KINDS: readonly RegExp[] = [
  // Addresses, files and media
  /^[a-z][a-z0-9+.-]*:\/\//i,
  /^(?:mailto|data|urn|tel|javascript|blob|git|npm|file|link|workspace|pkg):/i,
  /^[^\s@]+@(?:[^\s@]+\.[a-z]{2,}|localhost)$/i,
  /^(?:@?(?:\.{1,2}|~)|[A-Za-z]:|@[\w-]*)[/\\]/,
  /^\/?[\w@.-]+(?:\/[\w@.-]+)+\.[A-Za-z][A-Za-z0-9]{0,4}$/,
  /^@?[\w./-]+@\d+\.\d+\.\d+(?:-[\w.]+)?$/,
  /^[\w.-]+\.(?:js|ts|tsx|jsx|mjs|cjs|json|ya?ml|toml|xml|html?|css|scss|md|txt|pem|crt|cer|key|pub|png|jpe?g|gif|svg|ico|pdf|py|rb|go|rs|java|kt|cs|php|sh|sql|lock|cfg|conf|ini|env|properties|log|csv|zip|gz|tgz)$/i,
  /^(?:\*\.)?(?:[\w-]+\.)+(?:com|org|net|io|dev|app|co|ai|gov|edu|local|internal|svc|cloud)(?::\d+)?(?:\/.*)?$/i,
  /^(?:application|text|image|audio|video|multipart|font)\/[\w.+-]+$/i,
  // Dates, times, versions, numbers, colours
  /^\d{4}-\d{2}-\d{2}(?:[T ].*)?$/,
  /^(?:Y{2,4}|M{2}|D{2}|d{2}|y{4}|H{2}|h{2}|m{2}|s{2})(?:[-/:. T]?(?:Y{2,4}|M{2}|D{2}|d{2}|y{4}|H{2}|h{2}|m{2}|s{2}|S{3}|Z)){1,6}$/,
  /^[\^~<>=v]*\d+\.\d+(?:\.[\dx*]+)*(?:[-+][\w.+-]{0,40})?$/,
  /^#?__.*__$/,
  /^[+-]?[\d.,_]+(?:e[+-]?\d+)?(?:ms|s|m|h|d|px|em|rem|%|k|kb|mb|gb)?$/i,
  /^[A-Za-z][A-Za-z-]*-v?\d+(?:\.\d+)+$/,
  /^\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?(?:\/\d+)?$/,
  /^\d+(?::\d+)+$/,
  /^#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i,
  // Encrypted at rest: EJSON, sops, Jasypt, Ansible, Spring, Vault's transit engine
  /^(?:EJ\[|ENC[[(]|\{cipher\}|\$ANSIBLE_VAULT|vault:v\d+:|\{\w+\}[\w+/=]{16})/,
  // … Amazon's and Google's key management; packed
  /^(?:AQ[EI]CAH|CiQA|H4sI)[\w+/-]{20}/,
  // Certificates and public keys in base64
  /^LS0tLS1CRUdJTi(?:BDRVJU|BQVUJM|BYNTA5|BUUlVTV)/,
  // The head of a JSON Web Token, and nothing behind it
  /^eyJ(?:hbGciOi|0eXAiOi|raWQiOi)[\w-]{4,120}(?:\.[\w-]{0,12})?$/,
  // A text that an address holds: blanks, quotes, brackets
  /%(?:20|22|27|28|29|3B|3C|3E|5B|5D|7B|7D)/i,
  // Rules of validation, types
  /^(?:required|nullable|sometimes|confirmed|bail|string|present|filled|prohibited|current_password|min|max|between|same|different|exists|unique|size|digits|regex|required_\w+)(?:[:|].*|$)/,
  /^\?[a-z]+$/i,
  // Patterns for paths: src/**/*.ts, dist/*
  /\*\*\/|\/\*(?:\.[\w*]{1,5})?$/,
  // Selectors of Objective-C: fetch:ofKind:error
  /^[a-z][A-Za-z]*(?::[a-z][A-Za-z]*){2,}:?$/,
  // What Crowdin puts where a translation will be
  /^crwdns\d+:\d/,
  // Objects that Java has serialised
  /^rO0AB[\w+/]/,
  /^pass:\$/,
  // Algorithms: caching_sha2_password, scram-sha-256, aes-256-gcm, HS256
  /^(?:[a-z]+[-_])*(?:scram|sha|md|aes|des|hs|rs|es|ps|rsa|hmac|ecdsa|pbkdf|ed|curve|x)[-_]?\d{1,5}(?:[-_](?:[a-z]+|\d{1,3}))*$/i,
  // Datadog's client tokens, which every page that uses one shows
  /^pub[0-9a-f]{32}$/,
  // Hashes that say so, and public halves
  /^(?:(?:hmac-?)?(?:sha-?(?:1|224|256|384|512)|md5)|blake2b?|h1|crc32|pbkdf2(?:_\w+)?|scrypt|argon2\w*|bcrypt)[-:$=]/i,
  /^\${1,2}(?:2[abxy]?|1|5|6|argon2\w*|pbkdf2[\w-]*|scrypt|y)\$/,
  // The id of a key, and what it signed an address of S3 for
  /^[0-9A-Z]{8,128}(?:\/|%2F)\d{8}(?:\/|%2F)[\w-]{2,24}(?:\/|%2F)\w{2,24}(?:\/|%2F)aws4_request$/i,
  // Keys of a cache: frwiki:pcache:idhash:7183-0
  /^[a-z]{2,24}(?::[\w!*.-]{1,40}){3,}:?$/i,
  // Code points of pictures
  /^1f[0-9a-f]{3}(?:-[0-9a-f]{4,5})*$/,
  // Prefixes: of the keys of a cache, of names of roles
  /^[a-z][\w.-]*(?::[\w.-]+)*:$/i,
  /^(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2)|AAAA[BC]3NzaC1|^MI(?:IBI|ICI)[A-Za-z0-9]A(?:0|N)|^M(?:IG[ef]MA0|F[w0]wDQ)GCSq|^M(?:FkwEwY|HYwEAY|IGbMBAG|FYwEAY|CowBQYDK2V|EIwBQYDK2V|EMwBQYDK2V)|^MII[BC][A-Za-z0-9]gKC|^MIGJAoGB|^-----BEGIN (?!.*PRIVATE)/,
  /^(?:DQEB|MII[B-F][A-Za-z0-9+/]{4}CC[A-Za-z0-9+/]{2}[qa])/,
  /^0(?:x[0-9a-f_]{1,48}|b[01_]+|o[0-7_]+)[a-z]*$/i,
  /^(?:big)?u?(?:int|float)(?:8|16|32|64)(?:clamped)?(?:array)?$/i,
  /^(?:utf-?(?:8|16(?:le|be)?|32)|ascii|latin1|iso-?8859-?\d+|base64(?:url)?|hex|binary|ucs-?2)(?:[-_ ]?(?:en|de)coded)?$/i,
  // Code: calls, members, generics, regular expressions, markup, formats
  /^[A-Za-z_$][\w$]*(?:(?:\.|::|->)[A-Za-z_$][\w$]*)*\(.*$/,
  /\[[^\]]*[^\]]-[^\]]+\][+*{?)]/,
  /=>|::|&&|\|\||->|\[\]|\(\)|\\[swdb]|\]\{\d|[<>]{2}|^\^.*\$$|^\/.*\/[gimsuy]*$/,
  /%[sdvq](?![A-Z0-9])|%\d{1,2}\$[a-z@]|%\(\w+\)|\{\w*\}|\{[A-Za-z_]\w*:[^{}]{0,8}\}|\[\w+\]$|^\[[^\]]+\]\(/,
];

/** Names and their like, where chance does not explain them better. */
const NAMES: readonly RegExp[] = [
  /^[a-z_$][\w$]*(?:\??\.[A-Za-z_$][\w$]*)+$/i,
  /^[A-Z][A-Z0-9]*(?:[_:-][A-Z0-9]+)+$/,
  /^_{1,2}[A-Za-z][\w$]*?_{0,2}$/,
  /^[a-z]+(?:-[a-z]+)+$/,
  /^[a-z]+(?:_{1,2}[a-z]+)+$/,
  // Classes of style sheets and events, paths
  /^\//,
  /^\.[A-Za-z][\w.-]*$/,
  /^[\w.-]+(?:\/[\w.-]+)+$/,
  /^[\w-]+(?:[./][\w-]+)*\.[a-z]{2,8}$/,
];
/** A name of ordinary length that has this many bits for chance is none. */
const NO_NAME_BITS = 30;

/** Addresses that nobody drew a piece of. */
function isAddressLike(text: string): boolean {
  return KINDS.some((kind) => kind.test(text)) && strongest(text) < NO_NAME_BITS;
}

/** Neither a structure nor a name with its password. */
const ONE_WORD = /^(?![^/]+:[^/])[^\s"]{1,80}$/;

/** Base64 of a text that is no secret, or of a sentence or a word: a text that somebody wrote to have some. */
function isEncodedProse(value: string, machine: boolean): boolean {
  if (value.length < 4 || value.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(value)) return false;
  const text = Buffer.from(value, 'base64').toString('latin1').trimEnd();
  if (!/^[ -~]+$/.test(text)) return false;
  if (/^[\w .,:@-]+$/.test(text) && /example|placeholder|dummy|change-?me|redacted/i.test(text)) return true;
  if (ONE_WORD.test(text) && (isStandInWord(text) || isAddressLike(text))) return true;
  if (/^[A-Za-z]+(?:[ ,.!?'-]{1,2}[A-Za-z]+)+[.!?]*$/.test(text)) return true;
  // A word is a password that somebody chose.
  return machine && value.endsWith('=') && /^(?:[a-z]{3,}|[A-Z]{3,})\d?$/.test(text) && randomBits(text) < 0;
}

/** Bits of the whole, or of its best piece: what stands before a drawn piece takes nothing from it. */
function strongest(value: string): number {
  return Math.max(...[value, ...value.split(/[^A-Za-z0-9]+/)].map(randomBits));
}

/**
 * Something of a known kind that is no secret: an address, a file, a version, a hash that says so, code, a name.
 * @param machine it would have to be drawn by a machine; else a person may have chosen it
 */
export function isOtherKind(value: string, machine = true): boolean {
  if (KINDS.some((kind) => kind.test(value))) return true;
  if (isEncodedProse(value, machine)) return true;
  // Capitals of a constant are no sign of chance.
  const name = /^[A-Z]+(?:[_:-][A-Z]+)+$/.test(value) ? value.toLowerCase() : value;
  return NAMES.some((kind) => kind.test(value)) && strongest(name) < NO_NAME_BITS;
}
