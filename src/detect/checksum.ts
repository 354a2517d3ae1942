// Shapes that a token proves about itself, so that nobody needs to be asked about one that was never issued.

import { crc32 } from 'node:zlib';

/** What documentation signs in as: the words for a name and a password. */
const DOCUMENTED =
  /^(?:user(?:_?name)?:(?:password|passwd|pass|pwd)|client_?id:client_?secret|(example|sample|demo):\1)$/i;

interface Checksum {
  /**
   * What it means when a token fails. `malformed`: its issuer did not make it. `other`: it is something else altogether.
   * `nothing`: nobody has confirmed the algorithm on a key of the issuer's, so a live key is not called malformed for it.
   */
  readonly failing: 'malformed' | 'other' | 'nothing';
  /** Is it a token that its issuer could have made? */
  readonly holds: (token: string) => boolean;
  /** The characters that complete `token`, for examples. Undefined where the shape has no tail of its own. */
  readonly complete?: (token: string) => string;
}

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

function base62(value: number, width: number): string {
  let digits = '';
  for (let rest = value; rest > 0; rest = Math.floor(rest / 62)) digits = BASE62.charAt(rest % 62) + digits;
  return digits.padStart(width, '0');
}

function base36(value: number, width: number): string {
  return value.toString(36).padStart(width, '0');
}

/** Big-endian bytes of a Bitcoin base58 number, or undefined. */
export function base58Bytes(text: string): Uint8Array | undefined {
  const bytes: number[] = [];
  for (const char of text) {
    let carry = BASE58.indexOf(char);
    if (carry < 0) return undefined;
    for (let i = 0; i < bytes.length; i++) {
      carry += (bytes[i] ?? 0) * 58;
      bytes[i] = carry & 255;
      carry >>= 8;
    }
    for (; carry > 0; carry >>= 8) bytes.push(carry & 255);
  }
  for (const char of text) {
    if (char !== '1') break;
    bytes.push(0);
  }
  return Uint8Array.from(bytes.reverse());
}

function base58Text(bytes: Uint8Array): string {
  let value = 0n;
  for (const byte of bytes) value = value * 256n + BigInt(byte);
  let text = '';
  for (; value > 0n; value /= 58n) text = BASE58.charAt(Number(value % 58n)) + text;
  return text;
}

function jsonOf(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** What follows the last underscore is random text and, in its last six characters, the CRC32 of that random text in base62. */
const crcTail: Checksum = {
  failing: 'malformed',
  holds(token) {
    const body = token.slice(token.lastIndexOf('_') + 1);
    return body.length > 6 && body.slice(-6) === base62(crc32(body.slice(0, -6)), 6);
  },
  complete: (token) => base62(crc32(token.slice(token.lastIndexOf('_') + 1)), 6),
};

const SHAPES = {
  // https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/ (2021-04-05)
  'github-crc32': crcTail,
  // https://github.blog/changelog/2021-09-23-npm-has-a-new-access-token-format/ (2021-09-23): GitHub's scheme
  'npm-crc32': crcTail,
  // src/keyservice/keys.ts: the last 6 characters are the CRC32 of all before them, prefix included, base62
  'keyburn-crc32': {
    failing: 'malformed',
    holds: (token) => token.slice(-6) === base62(crc32(token.slice(0, -6)), 6),
    complete: (token) => base62(crc32(token), 6),
  },
  // Grafana, pkg/components/apikeygen: `glsa_` + 32 characters + `_` + CRC32 of `glsa_` and the characters, 8 hex digits
  'grafana-crc32': {
    failing: 'nothing',
    holds: (token) => crc32(token.slice(0, token.lastIndexOf('_'))) === Number.parseInt(token.slice(-8), 16),
    complete: (token) => crc32(token.replace(/_$/, '')).toString(16).padStart(8, '0'),
  },
  // GitLab, "routable tokens": the last 7 characters are the CRC32 of all before them, base36
  'gitlab-crc32': {
    failing: 'nothing',
    holds: (token) => token.slice(-7) === base36(crc32(token.slice(0, -7)), 7),
    complete: (token) => base36(crc32(token), 7),
  },
  // Unkey, web/internal/keys/src/v1.ts: base58 of 0x01, a length n, n random bytes, behind an optional prefix
  'unkey-base58': {
    failing: 'malformed',
    holds(token) {
      const bytes = base58Bytes(token.slice(token.lastIndexOf('_') + 1));
      return bytes !== undefined && bytes[0] === 1 && bytes[1] === bytes.length - 2;
    },
    complete: (token) => base58Text(Uint8Array.of(1, 16, ...Buffer.from(`${crc32(token)}`.padEnd(16, '#')))),
  },
  // RFC 7519, RFC 7515: the first part is a JSON object with `alg`; the second may be anything that was signed
  jwt: {
    failing: 'other',
    holds(token) {
      const [head = '', claims = ''] = token.split('.', 2);
      const header = jsonOf(head);
      if (!isRecord(header) || typeof header.alg !== 'string') return false;
      // The example that jwt.io shows, which half of all pages about tokens copy
      const payload = jsonOf(claims);
      return !(isRecord(payload) && payload.sub === '1234567890' && payload.name === 'John Doe');
    },
  },
  // RFC 7617: base64 of a user, a colon and a password
  'basic-auth': {
    failing: 'other',
    holds(token) {
      // `Basic Operations` is prose.
      if (/^[A-Z]?[a-z]+$/.test(token)) return false;
      const bytes = Buffer.from(token, 'base64');
      if (DOCUMENTED.test(bytes.toString('latin1'))) return false;
      // Names of other alphabets are UTF-8; bytes of any other kind are those of a text that is no base64.
      return (
        /^[\x20-\x39\x3b-\x7e]*:[\x20-\x7e\x80-\xff]+$/.test(bytes.toString('latin1')) ||
        /^[ -9;-~\u00a0-\uffff]*:[ -~\u00a0-\uffff]+$/.test(utf8(bytes) ?? '')
      );
    },
  },
  // Jira and Confluence Data Center, personal access tokens: base64 of the token's numeric id, a colon and random bytes
  'data-center-id': {
    failing: 'other',
    holds: (token) => /^\d{6,20}:/.test(Buffer.from(token, 'base64').toString('latin1')),
  },
  // https://discord.com/developers/docs/reference#authentication-example-bot-token-authorization-header: the bot's numeric id in base64
  'discord-id': {
    failing: 'other',
    holds: (token) =>
      /^\d{17,20}$/.test(Buffer.from(token.split('.', 1)[0] ?? '', 'base64url').toString('latin1')),
    complete: (token) =>
      Buffer.from(`${1_000_000_000 + (crc32(token) % 1_000_000_000)}12345678`).toString('base64url'),
  },
} as const satisfies Record<string, Checksum>;

export type ChecksumName = keyof typeof SHAPES;
export const CHECKSUMS = Object.keys(SHAPES) as [ChecksumName, ...ChecksumName[]];

/** What a token's checksum or shape says of it. */
export function judgeChecksum(name: ChecksumName, token: string): 'holds' | 'malformed' | 'other' {
  const shape: Checksum = SHAPES[name];
  return shape.failing === 'nothing' || shape.holds(token) ? 'holds' : shape.failing;
}

/** The tail that makes `token` whole under a checksum, for examples; undefined where there is none to make. */
export function completeChecksum(name: ChecksumName, token: string): string | undefined {
  const shape: Checksum = SHAPES[name];
  return shape.complete?.(token);
}
