// Does a name name a secret? `db_password` does; `password_min_length`, `tokenizer`, `monkey` and `public_key` do not.

/** Words behind the secret's word that make the name one of something else: `token_type`, `passwordField`. */
const NOT_BEHIND = new Set(
  (
    'type types name names id ids url urls uri uris path paths dir file files filename folder length len size count limit max min expiry expires ' +
    'expiration expired ttl age lifetime timeout time date at regex regexp pattern rule rules policy field fields input label placeholder prompt hint ' +
    'ref refs index idx header headers param params parameter format version class classes error errors err message msg title text description desc ' +
    'hash hashed hasher digest checksum fingerprint sha md5 salt algorithm alg alias prefix suffix column table property properties provider store storage ' +
    'manager service handler helper factory builder generator validator reset forgot required enabled disabled valid invalid visible hidden show strength ' +
    'score usage uses source endpoint callback function fn method mode kind scope scopes status state options option opts config settings list map set ' +
    'count number num code codes string strings arg args argument arguments server servers ring chain event action link page form dialog button view icon template schema spec model interface enum const attr attribute ' +
    'location position env var variable char chars begin start end attempts tries verification confirmed confirmation confirm match matches mismatch ' +
    'changed change updated update created create delete deleted remove grant grants exchange request response bound kid arn accessor accessors identifier identifiers pair pairs press down up code binding bindings board stroke strokes sender word words frame frames auth authentication flow kit sdk considered contains icontains exact iexact startswith istartswith endswith iendswith isnull gte lte'
  ).split(' '),
);

/** Words before it that do: `public_key`, `next_page_token`, `primaryKey`. */
const NOT_BEFORE = new Set(
  (
    'public pub publishable page next prev previous continuation continue cursor sort primary foreign partition range hash cache idempotency translation i18n ' +
    'intl locale lookup map object dict hot shortcut unique composite row column sync last no not non has is show hide forgot reset change new old missing ' +
    'invalid bad wrong expected without bypass compare check validate is has min max num total json xml lexer parse parser css syntax design eof csrf xsrf csrfmiddleware ' +
    'project release spreadsheet sheet document recv send import export fetch gpg pgp group order dedup dedupe registry tree node trie react ssh_host host_rsa known request action result output input encrypted crypted casa sealed authenticity gtm'
  ).split(' '),
);

/** What rows, files and people are looked up by: `contact_key`. */
const LOOKED_UP =
  /^(?:contact|company|resource|entity|parent|child|part|blob|file|widget|question|start|end|definition|process|form|storage)$/;

/** Passes of a renderer, a compiler, a video encoder: `firstPass`. */
const ORDINAL = /^(?:first|second|third|two|one|single|multi|dual|final|render|shadow|blur|depth)$/;

/** `DB_PASSWORD`, `dbPassword`, `db-password` -> db, password */
export function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

const LETTER = /[A-Za-z]/;

/** Words that `key` is glued to without a capital, where the two are a secret: `secretkey`, not `monkey` or `publickey`. */
const STEMS = [
  'secret',
  'access',
  'private',
  'auth',
  'master',
  'signing',
  'encryption',
  'encrypt',
  'account',
  'aes',
  'cipher',
  'session',
  'token',
  'shared',
  'hmac',
];
const STEM = new RegExp(`(?:${STEMS.join('|')})$`, 'i');
const LAST_OF_STEM = new Set(STEMS.map((stem) => stem.charCodeAt(stem.length - 1)));

/** Bit 0 is `a`: letters that a stem may end in. */
export const GLUE: number = [...LAST_OF_STEM].reduce((bits, letter) => bits | (1 << (letter - 97)), 0);

/** A word that starts inside another, or goes on: `mon|key`, `token|izer`. Words as long as `password` may be glued on: `dbpassword`. */
function isGlued(before: string, word: string, behind: string): boolean {
  const first = word.charAt(0);
  const last = word.charAt(word.length - 1);
  const ahead = before.at(-1) ?? '';
  const after = behind.charAt(0);
  const startsCamel = /[A-Z]/.test(first) && /[a-z0-9]/.test(ahead) && word !== word.toUpperCase();
  const broken = /[a-z]/.test(ahead) && /^[a-z]+[A-Z]/.test(word);
  const stem = word.length === 3 && STEM.test(before);
  if (LETTER.test(ahead) && !startsCamel && !stem && (word.length < 5 || broken)) return true;
  if (!LETTER.test(after) || /^s(?![a-z])/.test(behind)) return false;
  // A capital behind a small letter starts a new word; everything else goes on with this one.
  return !(/[A-Z]/.test(after) && /[a-z]/.test(last));
}

interface Said {
  /** The name, and where in it the literal stands. */
  readonly name: Uint8Array;
  readonly from: number;
  readonly to: number;
  readonly answer: boolean;
}

/** Names come again and again: what was said of one is kept, until another one takes its place. */
const said: (Said | undefined)[] = Array.from({ length: 4096 }, () => undefined);

/** Does the name in [start, end) of the bytes name a secret? Its literal stands in [from, to). */
export function namesSecret(
  bytes: Uint8Array,
  start: number,
  end: number,
  from: number,
  to: number,
): boolean {
  let hash = from - start + (to - from) * 64;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
  const slot = (hash ^ (hash >>> 15)) & (said.length - 1);
  const known = said[slot];
  if (known !== undefined && isSame(known, bytes, start, end, from, to)) return known.answer;
  // A copy, which `slice` would not be of a Buffer.
  const name = Uint8Array.from(bytes.subarray(start, end));
  const text = String.fromCharCode(...name);
  const answer = judgeName(
    text.slice(0, from - start),
    text.slice(from - start, to - start),
    text.slice(to - start),
  );
  said[slot] = { name, from: from - start, to: to - start, answer };
  return answer;
}

function isSame(
  known: Said,
  bytes: Uint8Array,
  start: number,
  end: number,
  from: number,
  to: number,
): boolean {
  const { name } = known;
  if (name.length !== end - start || known.from !== from - start || known.to !== to - start) return false;
  for (let i = 0; i < name.length; i++) if (name[i] !== bytes[start + i]) return false;
  return true;
}

/**
 * @param before what stands before the literal in the identifier
 * @param word the literal as it stands
 * @param behind what stands behind it in the identifier
 */
function judgeName(before: string, word: string, behind: string): boolean {
  if (isGlued(before, word, behind) || /(?:^|[^a-z])sto$/i.test(before)) return false;
  // Where Microsoft Graph and its tools hand a secret out.
  if (word.toLowerCase() === 'secret' && /^_?text$/i.test(behind)) return true;
  // A verb of its own, in every language of programming.
  if (word.toLowerCase() === 'pass' && LETTER.test(behind)) return false;
  if (wordsOf(behind).some((one) => NOT_BEHIND.has(one) || /^(?:sha|md)\d+$/.test(one))) return false;
  if (/public[_-]?key/i.test(before + word) && !/private|secret/i.test(before)) return false;
  // `password.decode`, `token.kind`: what is assigned or called is the member.
  if (/\.(?!(?:value|secret|token|key|pass|password|data|sid|session)$)/i.test(behind)) return false;
  const words = wordsOf(before);
  const last = words.at(-1);
  if (last === undefined) return true;
  // `encryptedUserKey`: whoever reads it cannot use it. `publicResourceKey`: everybody may.
  if (
    NOT_BEFORE.has(last) ||
    words.some((one) => one === 'encrypted' || one === 'sealed' || one === 'hashed')
  )
    return false;
  switch (word.toLowerCase()) {
    case 'key':
      return !LOOKED_UP.test(last) && !(words.includes('public') && !words.includes('private'));
    case 'pass':
      return !ORDINAL.test(last);
    // What ASP.NET puts into every form.
    case 'token':
      return last !== 'verification' || words.at(-2) !== 'request';
    default:
      return true;
  }
}

/** Is the literal at `at` inside a longer word for certain? What `isGlued` finds first, on bytes: most anchors end here. */
export function isInsideWord(bytes: Uint8Array, at: number, length: number): boolean {
  if (length < 5 && isLetter(bytes[at - 1])) {
    const first = bytes[at] ?? 0;
    // A capital behind a small letter starts a word, unless all of it is capitals.
    if ((first >= 97 || isCapital(bytes[at - 1])) && !followsStem(bytes, at, length)) return true;
  }
  const after = bytes[at + length];
  if (!isLetter(after)) return false;
  if ((after ?? 0) >= 97) return after !== 115 || isSmall(bytes[at + length + 1]);
  return !isSmall(bytes[at + length - 1]);
}

function followsStem(bytes: Uint8Array, at: number, length: number): boolean {
  if (length !== 3 || !LAST_OF_STEM.has((bytes[at - 1] ?? 0) | 32)) return false;
  let before = '';
  for (let from = Math.max(0, at - 10); from < at; from++) before += String.fromCharCode(bytes[from] ?? 0);
  return STEM.test(before);
}

function isLetter(byte: number | undefined): boolean {
  return isSmall(byte) || isCapital(byte);
}

function isSmall(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 97 && byte <= 122;
}

function isCapital(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 65 && byte <= 90;
}
