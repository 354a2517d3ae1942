// File names are bytes. They are shown as text: what is not UTF-8 appears as \xNN, so that two names never look the same.

const fatal = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function showPath(bytes: Uint8Array): string {
  try {
    return fatal.decode(bytes);
  } catch {
    return showBytes(bytes);
  }
}

function showBytes(bytes: Uint8Array): string {
  let shown = '';
  for (let at = 0; at < bytes.length; ) {
    const size = characterAt(bytes, at);
    if (size === 0) shown += `\\x${(bytes[at] ?? 0).toString(16).padStart(2, '0')}`;
    else shown += fatal.decode(bytes.subarray(at, at + size));
    at += Math.max(1, size);
  }
  return shown;
}

/** Length of the UTF-8 sequence that starts here; 0 where none does. */
function characterAt(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  const size = lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0;
  if (size === 0 || at + size > bytes.length) return 0;
  try {
    fatal.decode(bytes.subarray(at, at + size));
    return size;
  } catch {
    return 0;
  }
}

const ESCAPES: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13 };

/** A name as git prints it, one with unusual characters as a C string. @param name its bytes, as latin1 */
export function unquoted(name: string): Buffer {
  if (!(name.startsWith('"') && name.endsWith('"') && name.length > 1)) return Buffer.from(name, 'latin1');
  const bytes = name.slice(1, -1).replace(/\\([0-7]{3}|.)/g, (_, code: string) => {
    if (/^[0-7]{3}$/.test(code)) return String.fromCharCode(Number.parseInt(code, 8) & 0xff);
    return String.fromCharCode(ESCAPES[code] ?? code.charCodeAt(0));
  });
  return Buffer.from(bytes, 'latin1');
}
