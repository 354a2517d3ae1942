/** What a file is, by its first bytes: names lie. */
export type Form = 'zip' | 'tar' | 'gzip' | 'zstd' | 'foreign';

/** So many bytes are enough to tell. */
export const FORM_HEAD = 512;

const ZIP = [Buffer.from('PK\u0003\u0004'), Buffer.from('PK\u0005\u0006'), Buffer.from('PK\u0007\u0008')];
const GZIP = Buffer.from([0x1f, 0x8b, 0x08]);
const ZSTD = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);
/** Packed by something that is not unpacked here. */
const FOREIGN: readonly (readonly [string, Buffer])[] = [
  ['7z', Buffer.from([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c])],
  ['rar', Buffer.from('Rar!\u001a\u0007')],
  ['xz', Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00])],
  ['bzip2', Buffer.from('BZh')],
];

export function formOf(head: Uint8Array): Form | undefined {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.length);
  const begins = (magic: Buffer): boolean => bytes.subarray(0, magic.length).equals(magic);
  if (ZIP.some(begins)) return 'zip';
  if (begins(GZIP)) return 'gzip';
  if (begins(ZSTD)) return 'zstd';
  if (isTar(bytes)) return 'tar';
  return foreignOf(head) === undefined ? undefined : 'foreign';
}

/** The name of a form that is known and not read. */
export function foreignOf(head: Uint8Array): string | undefined {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.length);
  const found = FOREIGN.find(([, magic]) => bytes.subarray(0, magic.length).equals(magic))?.[0];
  // `BZh` may begin a text; the packed form has a level and the digits of pi behind it.
  if (found === 'bzip2' && bytes.toString('latin1', 4, 10) !== '1AY&SY') return undefined;
  return found;
}

/** POSIX.1-1988 and later, and GNU: `ustar` in the header, and a header's checksum that is right. */
function isTar(bytes: Buffer): boolean {
  if (bytes.length < 512 || bytes.toString('latin1', 257, 262) !== 'ustar') return false;
  let sum = 8 * 0x20;
  for (let at = 0; at < 512; at++) if (at < 148 || at >= 156) sum += bytes[at] ?? 0;
  return (
    Number.parseInt(
      bytes
        .toString('latin1', 148, 156)
        .replace(/[\0 ].*$/s, '')
        .trim(),
      8,
    ) === sum
  );
}

/** What people call it; undefined for what is no archive. */
export function nameOfForm(head: Uint8Array): string | undefined {
  const form = formOf(head);
  return form === 'foreign' ? foreignOf(head) : form;
}
