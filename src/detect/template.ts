// Examples are templates: no file of ours ever holds a whole token. What stands in {{…}} is made at run time.

import { type ChecksumName, completeChecksum } from './checksum.ts';

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = LOWER.toUpperCase();
const DIGITS = '0123456789';
const ALPHABETS: Readonly<Record<string, string>> = {
  alnum: DIGITS + UPPER + LOWER,
  alpha: UPPER + LOWER,
  lower: LOWER,
  upper: UPPER,
  digits: DIGITS,
  'lower-alnum': DIGITS + LOWER,
  'upper-alnum': DIGITS + UPPER,
  hex: `${DIGITS}abcdef`,
  HEX: `${DIGITS}ABCDEF`,
  base64: `${DIGITS}${UPPER}${LOWER}+/`,
  base64url: `${DIGITS}${UPPER}${LOWER}-_`,
  base32: `${UPPER}234567`,
  base58: '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz',
  password: `${DIGITS}${UPPER}${LOWER}!#%*+,-.:?@^_~`,
};

export interface Filled {
  readonly text: string;
  /** Where the secret was marked with {{secret}}…{{/secret}}. */
  readonly secret?: { readonly from: number; readonly to: number };
}

export class TemplateError extends Error {}

/** A small generator with a fixed seed: examples are the same in every run. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function seedOf(text: string): number {
  let hash = 2_166_136_261;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16_777_619);
  return hash;
}

const MOST = 8_192;

/**
 * Fills a template. The same template gives the same text; `variant` gives another one.
 * Names: alnum, alpha, lower, upper, digits, lower-alnum, upper-alnum, hex, HEX, base64, base64url, base32, base58,
 * password (each `:length`), uuid, jwt, pem or pem:TYPE, checksum, and the marks secret and /secret.
 * @param about the rule's checksum, and its literals: a checksum covers what follows the last of them, it included
 * @throws TemplateError
 */
export function fillTemplate(
  template: string,
  about: { readonly checksum?: ChecksumName | undefined; readonly literals: readonly string[] },
  variant = 0,
): Filled {
  const random = generator(seedOf(template) + variant * 7_919);
  const pick = (alphabet: string): string => alphabet.charAt(Math.floor(random() * alphabet.length));
  const many = (alphabet: string, length: number): string => {
    for (;;) {
      let text = '';
      while (text.length < length) text += pick(alphabet);
      // A draw without a digit, or without a letter of some case, is rare and would make an odd example.
      const usual = [/\d/, /[a-z]/, /[A-Z]/].every((kind) => !kind.test(alphabet) || kind.test(text));
      if (usual || length < 16) return text;
    }
  };
  const base64 = (bytes: number[]): string => Buffer.from(bytes).toString('base64');
  const bytes = (count: number): number[] => Array.from({ length: count }, () => Math.floor(random() * 256));
  const json = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const pem = (type: string): string => {
    const label =
      type === '' ? 'PRIVATE KEY' : type === 'PGP' ? 'PGP PRIVATE KEY BLOCK' : `${type} PRIVATE KEY`;
    const head =
      type === 'OPENSSH' ? [...Buffer.from('openssh-key-v1\0\0\0\0')] : [0x30, 0x82, 0x04, 0xa4, 2, 1, 0];
    const lines = base64([...head, ...bytes(type === 'EC' ? 110 : 1_180)]).match(/.{1,64}/g) ?? [];
    return [
      `-----BEGIN ${label}-----`,
      ...(type === 'PGP' ? [''] : []),
      ...lines,
      `-----END ${label}-----`,
    ].join('\n');
  };

  let text = '';
  let from: number | undefined;
  let to: number | undefined;
  const value = (name: string, detail: string): string => {
    const alphabet = ALPHABETS[name];
    if (alphabet !== undefined) {
      const length = Number(detail);
      if (!Number.isInteger(length) || length < 1 || length > MOST)
        throw new TemplateError(`{{${name}}} needs a length: {{${name}:36}}`);
      return many(alphabet, length);
    }
    switch (name) {
      case 'uuid':
        return `${many(ALPHABETS.hex ?? '', 32)}`.replace(
          /^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/,
          '$1-$2-4$3-a$4-$5',
        );
      case 'jwt':
        return `${json({ alg: 'HS256', typ: 'JWT' })}.${json({ sub: many(DIGITS, 10), iat: 1_700_000_000 + Math.floor(random() * 1e7) })}.${many(ALPHABETS.base64url ?? '', 43)}`;
      case 'pem':
        return pem(detail);
      case 'secret':
        from = text.length;
        return '';
      case '/secret':
        to = text.length;
        return '';
      case 'checksum': {
        if (about.checksum === undefined)
          throw new TemplateError('{{checksum}} in a rule without `checksum`');
        const start = Math.max(...about.literals.map((literal) => text.lastIndexOf(literal)), 0);
        const tail = completeChecksum(about.checksum, text.slice(start));
        if (tail === undefined)
          throw new TemplateError(
            `checksum "${about.checksum}" is a shape, not a tail: {{checksum}} cannot be made`,
          );
        return tail;
      }
      default:
        throw new TemplateError(`{{${name}}} is unknown; see rules/README.md`);
    }
  };
  let at = 0;
  for (const hole of template.matchAll(/\{\{(\/?[A-Za-z][A-Za-z0-9-]*)(?::([^{}]*))?\}\}/g)) {
    text += template.slice(at, hole.index);
    text += value(hole[1] ?? '', hole[2] ?? '');
    at = hole.index + hole[0].length;
  }
  text += template.slice(at);
  return from === undefined || to === undefined ? { text } : { text, secret: { from, to } };
}
