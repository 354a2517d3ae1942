// Which addresses are on the public Internet: a key is shown to no other, unless the operator said so of the issuer.
// The answer errs to "no": what this file does not know is not public.

import { isIP } from 'node:net';

/** Ranges of IPv4 that are not global unicast: IANA's special-purpose registry (RFC 6890 and its updates). */
const CLOSED_V4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];

function number(v4: string): number {
  return v4.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

function publicV4(value: number): boolean {
  return !CLOSED_V4.some(([base, bits]) => {
    const size = 2 ** (32 - bits);
    return Math.floor(value / size) === Math.floor(number(base) / size);
  });
}

/** Eight 16-bit groups. The URL parser brings every spelling into one: dotted endings become hex. */
function groups(v6: string): number[] {
  const plain = new URL(`http://[${v6}]`).hostname.slice(1, -1);
  const [head = '', tail] = plain.split('::');
  const read = (text: string) =>
    text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
  const first = read(head);
  if (tail === undefined) return first;
  const last = read(tail);
  return [...first, ...Array.from({ length: 8 - first.length - last.length }, () => 0), ...last];
}

function publicV6(v6: string): boolean {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = groups(v6);
  const embedded = g * 65_536 + h;
  // ::ffff:a.b.c.d (RFC 4291) and 64:ff9b::a.b.c.d (RFC 6052, IPv6-only networks) reach the IPv4 address inside.
  if (a === 0 && b === 0 && c === 0 && d === 0 && e === 0 && f === 0xffff) return publicV4(embedded);
  if (a === 0x64 && b === 0xff9b && c === 0 && d === 0 && e === 0 && f === 0) return publicV4(embedded);
  if (a < 0x2000 || a > 0x3fff) return false; // global unicast is 2000::/3 alone
  if (a === 0x2001 && b < 0x0200) return false; // Teredo, ORCHID and other protocol assignments
  if (a === 0x2001 && b === 0x0db8) return false; // documentation
  if (a === 0x3fff && b < 0x1000) return false; // documentation
  return a !== 0x2002; // 6to4 carries an IPv4 address and is retired
}

/** @param address an IPv4 or IPv6 address, without brackets */
export function isPublic(address: string): boolean {
  const plain = address.split('%', 1)[0] ?? '';
  switch (isIP(plain)) {
    case 4:
      return publicV4(number(plain));
    case 6:
      return publicV6(plain);
    default:
      return false;
  }
}
