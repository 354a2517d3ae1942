// Is the match the digest of something that is public: a lock file's checksum, a pinned commit, a piece of a file in base64? What
// stands right around it says so. Digests look drawn by a machine, since one drew them; no form of a key tells them apart.

/** Most bytes before a match that say what it is. */
const BEFORE = 64;
/** So much base64 around a match makes it a piece of a file. */
const BLOB = 160;
/** So many bytes of base64 before a name make it a piece of them. */
const NAMELESS = 16;

/** Of SHA-512 in base64. */
const LONGEST_DIGEST = 88;

/** The value itself says so: `sha512-…`. */
const SAYS_SO = /^(?:sha-?(?:1|224|256|384|512)|md5)[-:]/i;

const HASHED = /(?:^|[^A-Za-z])(?:sha-?(?:1|224|256|384|512)|md5|blake[23][bs]?|h1|etag|W\/)[-:=" ]{1,2}$/i;

/** How a public key of SSH begins. */
const PUBLIC = /^AAAA[BCEI][23NG]/;

/** The address of a file in Firebase's storage, made to be handed out; one of Qiniu's, whose signature its expiry stands before. */
const HANDED_OUT = /[?&](?:alt=media|e=\d{9,11})(?:\\?&(?:amp;)?|%26|\\u0026)token=$/;

/** What stands before the name of a commit, or of what was measured. */
const NAMED =
  /[<>|=]{7} $|\bfrom [0-9a-f]{40} to $|\/compare\/[\w.]{1,48}\.\.\.?$|(?:^|[\s"'])(?:tree|parent|commit|object|index|revert|merge|checkout|cherry-pick)[ :]$|\/(?:commits?|tree|blob|raw|archive|compare|blobs)\/$|[\w)}]@$|\.(?:tgz|git|zip|gz|whl)#(?:sha\d+=)?$|(?:^|[^A-Za-z])(?:[\w.-]{0,24}[_.-])?(?:sha|sha1|sha256|sha512|md5|checksums?|digest|(?<!api[_.-]?)hash|integrity|revision|rev|ref|commit|commit_?(?:id|sha|hash)|fingerprint|etag|version|contentHash|fileHash|shasum)["']?\s?(?:=>|[:=]{1,2})?\s?["']?$/i;

const DIGEST = /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{56}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})$/i;

/** The same in base64: MD5, SHA-1, SHA-256, SHA-384, SHA-512. */
const DIGEST_64 = /^(?:[\w+/]{22}==|[\w+/]{27}=|[\w+/]{43}=|[\w+/]{64}|[\w+/]{86}==)$/;
const HASH_NAMED =
  /(?:^|[^A-Za-z])[A-Za-z_.-]{0,24}(?:[Ss]ha-?\d{0,3}|md5|[Cc]hecksums?|[Dd]igest|[Hh]ash|[Ii]ntegrity|[Ff]ingerprint|[Ee]tag|ETag)["']?\s?(?:=>|[:=]{1,2})?\s?["']?$/;

const BASE64 = new Uint8Array(256);
for (const char of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=')
  BASE64[char.charCodeAt(0)] = 1;

/** `Bump x/y from 1f2e… to 3d4c…`: two commits. */
const NEXT = 44;
function isBumped(before: string, behind: string): boolean {
  return /\bfrom $/.test(before) && /^ to [0-9a-f]{40}$/.test(behind);
}

/** The address of a thing, whose id it is: `/project/6d1f…`. */
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const ADDRESSED =
  /\/(?:projects?|org(?:anization)?s?|issues?|builds?|jobs?|runs?|workspaces?|groups?|users?|teams?|accounts?|apps?|sites?|dashboards?|monitors?|environments?)\/$/i;

/** Keys that every visitor is shown, or that a sentence says are public. */
const SHOWN = /(?:site[-_]?key|public key|data-key)["'`]?(?:\s{0,2}(?:=>|[:=]|is)\s{0,4}|\s{1,3})["'`]?$/i;

/** `tls.crt: …`: certificates are shown to everybody who connects. */
const CERTIFICATE = /(?:^|[\s"'{,])[\w.-]{0,40}\.(?:crt|cert|cer|ca)["']?:\s{0,4}["']?$/i;
const CERTIFIED = /^LS0tLS1CRUdJTi(?:BDRVJU|BUUlVTV)/;

/** What an address carries so that its answer is known again, or its file is renewed: `&state=…`. */
const CARRIED = /[?&;](?:state|nonce|hash|v|ver|rev|etag|checksum)=$/;

/** Names of ids: what is addressed, what a template, a message or a trace is known by. */
const NAMED_ID =
  /(?:template|project|org(?:anization)?|message|request|trace|span|document|file|page|post|order|item|image|video|channel|thread|build|job|event|run)[_-]?(?:uu|gu)?id["'`]?\s{0,2}(?:=>|[:=])\s{0,4}["'`]?$/i;
/** What a name says that a UUID is the id of: `"id": "6d1f…"`. */
const IDENTIFIED = /(?:^|[^A-Za-z0-9_.-])_?(?:uu|gu)?id["'`]?\s{0,2}(?:=>|[:=])\s{0,4}["'`]?$/i;

interface Bytes {
  readonly bytes: Uint8Array;
  slice(from: number, to: number): string;
}

/** @param from where the rule's window begins: nothing before it counts; @param to where it ends */
export function isDigest(text: Bytes, start: number, end: number, from: number, to: number): boolean {
  let first = start;
  if (joins(text.bytes[start - 1])) while (first > from && BASE64[text.bytes[first - 1] ?? 0] === 1) first--;
  if (PUBLIC.test(text.slice(first, first + 12))) return true;
  const before = text.slice(Math.max(from, first - BEFORE), first);
  const value = text.slice(start, end);
  if (HASHED.test(before) || SAYS_SO.test(value)) return true;
  const near = first === start ? before : text.slice(Math.max(from, start - BEFORE), start);
  if (UUID.test(value) && (ADDRESSED.test(near) || IDENTIFIED.test(near))) return true;
  if ((UUID.test(value) || DIGEST.test(value)) && NAMED_ID.test(near)) return true;
  if (HASH_NAMED.test(before) && DIGEST_64.test(runFrom(text, first, end, to))) return true;
  return (
    HANDED_OUT.test(near) ||
    SHOWN.test(near) ||
    CERTIFICATE.test(near) ||
    CERTIFIED.test(value) ||
    (DIGEST.test(value) &&
      (NAMED.test(near) || CARRIED.test(near) || isBumped(near, text.slice(end, Math.min(to, end + NEXT)))))
  );
}

/** All of the base64 that a match is a piece of, and its padding. */
function runFrom(text: Bytes, first: number, end: number, to: number): string {
  let last = end;
  while (last < to && last - first <= LONGEST_DIGEST && BASE64[text.bytes[last] ?? 0] === 1) last++;
  return text.slice(first, last);
}

/**
 * Is the match a piece of a file in base64, which goes on beyond it where a plus or a slash joins it? No key has that much
 * around it, and in so much of anything every short form turns up by chance.
 */
export function isInBlob(bytes: Uint8Array, start: number, end: number, from: number, to: number): boolean {
  if (!joins(bytes[start - 1]) && !joins(bytes[end])) return false;
  let first = start;
  while (first > from && BASE64[bytes[first - 1] ?? 0] === 1) first--;
  let last = end;
  while (last < to && BASE64[bytes[last] ?? 0] === 1) last++;
  if (start - first + (last - end) < BLOB) return false;
  let signs = 0;
  let capitals = 0;
  let digits = 0;
  for (let at = first; at < last; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === 43 || byte === 47) signs++;
    else if (byte >= 65 && byte <= 90) capitals++;
    else if (byte >= 48 && byte <= 57) digits++;
  }
  const length = last - first;
  // A path has slashes and few capitals, base64 one sign in 32 and two capitals in five.
  return signs * 12 < length && capitals * 5 > length && digits * 20 > length;
}

/** Does what stands before a name go on into it as base64 does? Then it is none: in so much of anything every short word turns up. */
export function isNameInBase64(bytes: Uint8Array, at: number, from: number): boolean {
  let first = at;
  let [capitals, small, digits] = [0, 0, 0];
  for (; first > from && BASE64[bytes[first - 1] ?? 0] === 1; first--) {
    const byte = bytes[first - 1] ?? 0;
    if (byte >= 65 && byte <= 90) capitals++;
    else if (byte >= 97 && byte <= 122) small++;
    else if (byte >= 48 && byte <= 57) digits++;
  }
  const length = at - first;
  return length >= NAMELESS && capitals * 5 > length && small * 5 > length && digits * 20 > length;
}

function joins(byte: number | undefined): boolean {
  return byte === 43 || byte === 47;
}
